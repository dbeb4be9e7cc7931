"""What findings are about, what they rest on, and what is worth a second look (docs/rules/findings.md)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standards.schema import InspectionType, Prompt, Standard, Standards

TWO = 2
"""So many people agree with a finding before it is agreed. Not published, so ours."""

FEWEST_WORDS = 8
OPPOSITE = {"strength": "improve", "improve": "strength"}
STRONG = "strong"


@dataclass(frozen=True)
class Topic:
    """What a panel decides from evidence instead of counting cases, or describes: V1.2, 1.1, 1.2, 1.3."""

    code: str
    title: str
    standard: str
    prompts: tuple[Prompt, ...]

    @property
    def label(self) -> str:
        return f"{self.code} {self.title}"


def topics(standards: Standards, kind: InspectionType) -> tuple[Topic, ...]:
    """Of the standards that an inspection of this type rates or describes, in their order."""
    wanted = {*kind.rated, *kind.described}
    return tuple(topic for standard in standards.standards if standard.code in wanted for topic in _topics_of(standard))


def _topics_of(standard: Standard) -> Iterator[Topic]:
    asked = [question for question in standard.key_questions if question.case_kind is None]
    if standard.rated_from == "panel":
        prompts = (*standard.themes, *(prompt for question in asked for prompt in question.prompts))
        yield Topic(standard.code, standard.title, standard.code, prompts)
    else:
        for question in asked:
            yield Topic(question.code, question.label, standard.code, question.prompts)


@dataclass(frozen=True)
class Support:
    """A card or theme as a finding sees it. `strength` is empty for a theme: nobody said."""

    name: str
    source: str
    direction: str
    strength: str
    withdrawn: bool


def is_agreed(supports: Sequence[Support], people: int) -> bool:
    """Nothing without evidence that stands is agreed, however many say so."""
    return people >= TWO and bool(standing(supports))


def standing(supports: Sequence[Support]) -> list[Support]:
    return [support for support in supports if not support.withdrawn]


def card_checks(text: str) -> tuple[str, ...]:
    words = len(text.split())
    if words >= FEWEST_WORDS:
        return ()
    return ("Very short. Would somebody who was not there know what was seen, and where?",)


def finding_checks(direction: str, strength: str, supports: Sequence[Support]) -> tuple[str, ...]:
    """Sentences to look at. None of them keeps anything from being saved."""
    return (*_strength_checks(strength, standing(supports)), *_support_checks(direction, supports))


def _strength_checks(strength: str, stand: Sequence[Support]) -> Iterator[str]:
    if not stand:
        yield "It rests on no evidence, so it cannot be agreed yet."
    elif strength == STRONG:
        if len(stand) == 1:
            yield f"It is called strong, and rests on {stand[0].name} alone."
        elif len({support.source for support in stand}) == 1:
            yield f"It is called strong, and all its evidence has one source: {stand[0].source.lower()}."
        if all(support.strength not in {"", STRONG} for support in stand):
            yield "It is called strong, and none of its evidence is."


def _support_checks(direction: str, supports: Sequence[Support]) -> Iterator[str]:
    for support in supports:
        if support.withdrawn:
            yield f"{support.name} was withdrawn after this was written."
        elif OPPOSITE.get(direction) == support.direction:
            yield f"{support.name} points the other way."
