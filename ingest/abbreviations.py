"""Abbreviations in the seven languages, by whether a sentence can end with one."""

from typing import Final

# A sentence goes on after these, whatever follows. Lower case, without the last dot.
_GOES_ON = """
    dr drs mr mrs ms prof st fig figs eq eqs sec sect ch chap vol vols no nos nr pp p par art arts
    ed eds cf vs viz approx ca e.g i.e resp ref refs app tab rev gen col lt capt sgt hon gov sen
    sens rep reps det adm messrs
    sr sra sres srta srs d dña ud uds ej p.ej pág págs pag pags cap núm núms n.º nº art aprox tel
    ee dra dras profa exmo exma ex p.ex fls
    m mm mlle mme mgr éd fasc n° réf env p.-ex
    т.е т.к т.н т.о напр см ср рис табл гл стр с п пп ст св им ул д кв г-н г-жа проф акад доц ред
    изд вып англ фр лат тел обл рук т
    د أ م.د أ.د ص ج ط
"""
# A sentence may end with these: it does where a word follows that begins sentences.
_MAY_END = """
    inc ltd co corp plc etc al jr bros dept est a.m p.m u.s u.k u.n e.u ph.d b.sc m.sc llc gmbh
    s.a s.l s.r.l uu ee.uu cía ltda s.a.r.l av jan feb mar apr jun jul aug sep sept oct nov dec
    т.д т.п др г гг в вв руб коп млн млрд тыс чел н.э
    ه م
"""
# Words that begin a sentence rather than go on with a name, as 'Government' does in
# 'the U.S. Government'.
_STARTERS = """
    the this that these those it its in on at for from by with as if when while after before
    however but and also we they he she our their there a an to such both each all most many
    el la los las en un una este esta estos por para con sin como cuando además pero según
    le les l une des ce cette ces dans pour par avec sans comme quand mais selon il elle nous
    o os as um uma em no na com sem quando mas segundo além eles ela
    в на по с из к за при для о от до после перед это этот эта эти он она они мы но однако также
    кроме как так если когда все всего затем сейчас теперь его её их
"""

GOES_ON: Final = frozenset(_GOES_ON.split())
MAY_END: Final = frozenset(_MAY_END.split())
STARTERS: Final = frozenset(_STARTERS.split())
