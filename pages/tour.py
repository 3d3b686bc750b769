"""The ten-minute tour: six steps, each with something real to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.correcting import REGIONS
from index.topics import topics
from pages import library_access, names, picture, show, state
from pages.picture import element
from pages.show import Markup, escape, isolated
from pages.texts import _, language, n_

_QUESTIONS = 3
_TOPICS = 4


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the tour; together they take ten minutes."""

    name: str
    minutes: int
    told: str
    links: Sequence[Markup]


def draw() -> None:
    """Draw the steps."""
    items = [
        element(
            "li",
            element(
                "h3",
                escape(step.name),
                element(
                    "span",
                    escape(n_("{count} minute", "{count} minutes", step.minutes)),
                    class_="cited",
                ),
            ),
            element("p", escape(step.told)),
            element("ul", *(element("li", link) for link in step.links)),
        )
        for step in _steps()
    ]
    show.hidden_subheading(_("Ten-minute tour"))
    picture.draw("tour", element("ol", *items, class_="tour"))


def _steps() -> list[Step]:
    return [
        Step(
            _("Ask in your own words"),
            3,
            _(
                "Ask as you would ask a colleague, in your language. The answer is quoted from "
                "cases in any language, each sentence with its source."
            ),
            [_asking(question) for question in _questions()],
        ),
        Step(
            _("Read a case"),
            2,
            _(
                "A case tells on two or three pages what a registry tried and what came of it. "
                "Its sources stand at its end: go there before you decide."
            ),
            _cases(),
        ),
        Step(
            _("See the whole library"),
            2,
            _("Choose your region on the map, then a topic in the table below it."),
            [_to(names.region_name(region), "explore", regions=region) for region in REGIONS],
        ),
        Step(
            _("Say what your registry is like"),
            1,
            _(
                "Cases of similar registries then come first, and each says what they have in "
                "common with yours."
            ),
            [_to(_("A registry like mine"), "start", part="alike")],
        ),
        Step(
            _("Read a briefing"),
            1,
            _("A page on a topic: the problem, what was tried, what came of it. You can print it."),
            [
                _to(names.topic_name(topic), "start", part="briefing", topic=topic)
                for topic in list(topics())[:_TOPICS]
            ],
        ),
        Step(
            _("Find whom to ask"),
            1,
            _("The registries that have dealt with a topic, with the cases that show it."),
            [_to(_("Whom to ask"), "start", part="whom")],
        ),
    ]


def _questions() -> list[str]:
    return [
        _("How did registries win new users by lowering prices?"),
        _("How does a registry keep running through a war or a disaster?"),
        _("How can abuse of domain names be reduced without going to court?"),
    ][:_QUESTIONS]


def _asking(question: str) -> Markup:
    return picture.link("ask", state.link(q=question), escape(question))


def _to(name: str, page: str, /, **params: str) -> Markup:
    return picture.link(page, state.link(False, **params), escape(name))


def _cases() -> list[Markup]:
    """A case in the reader's language, or two others."""
    records = [record for record in library_access.records() if record.passages]
    ordered = sorted(records, key=lambda one: (one.language != language(), one.title))
    return [
        picture.link("document", state.link(document=one.document), isolated(names.title(one)))
        for one in ordered[:2]
    ]
