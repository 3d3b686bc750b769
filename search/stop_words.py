"""Words that say nothing by themselves, in six languages; Chinese needs none."""

from __future__ import annotations

STOP_WORDS = frozenset(
    """
    a an and are as at be but by can do does did for from had has have how i if in into
    is it its my
    of on or our that the their them they this to was we were what when where which who
    why will
    with you your not yet than
    al como con cómo cual cuál cuando cuándo de del desde donde dónde el ella ellos en
    era es esta
    este ha han hay la las lo los más o para pero por porque que qué quien quién se ser
    si sin sobre
    su sus un una uno y
    au aux avec ce ces comment dans des du elle en est et il ils je la le les leur mais
    ne nous on
    ont ou où par pas pour pourquoi quand que quel quelle quelles quels qui sa se ses
    son sont sur un
    une vous
    ao aos as com como da das de do dos e em é foi mais na nas no nos o os ou para pela
    pelo por quais
    qual quando que quem se sem ser seu seus sua são um uma
    а в во где для до его за и из или их как какая какие какой когда кто ли на не о об
    от по при с
    со так то у что это
    في من على الى إلى عن مع هل ما ماذا متى كيف كم لماذا اين أين هذا هذه التي الذي ان أن
    او أو و ثم لا
    """.split()
)
"""Articles, prepositions, auxiliaries and question words, folded."""
