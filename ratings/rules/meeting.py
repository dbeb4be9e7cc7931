"""What a meeting decides: the items, what may be decided on each now, and what stands of what was decided."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ratings.rules.inputs import RatingInput, Tally
from ratings.rules.shares import key_question
from ratings.rules.standard import permitted_ratings
from standards.schema import DecisionTable, Standard, Standards

ANSWER, CHOICE, PANEL = "answer", "choice", "panel"
YES_OR_NO = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True)
class Item:
    """`options` are the values and labels open now: none while something before it is missing.

    `basis` says what the options follow from, or what is missing. `standing` is the value that was decided, if it is
    still among the options.
    """

    code: str
    kind: str
    label: str
    standard: str
    options: tuple[tuple[str, str], ...]
    standing: str | None
    basis: str = ""

    @property
    def standing_label(self) -> str:
        return dict(self.options)[self.standing] if self.standing else ""


def items(
    standards: Standards, inspection_type: str, tallies: Mapping[str, Tally], decided: Mapping[str, str]
) -> tuple[Item, ...]:
    """`decided` is the latest value of each item; a choice that the table no longer permits is not decided."""
    return tuple(
        item for standard in standards.rated(inspection_type) for item in _items(standards, standard, tallies, decided)
    )


def _items(
    standards: Standards, standard: Standard, tallies: Mapping[str, Tally], decided: Mapping[str, str]
) -> Iterator[Item]:
    if standard.rated_from == "panel":
        every = tuple(rating.code for rating in standards.ratings)
        yield _rating_item(standards, standard, PANEL, every, decided.get(standard.code))
    elif standard.rated_from == "victims_table":
        table = standards.table(standard.code)
        question, answer = standards.key_question(table.answer), decided.get(table.answer)
        yield Item(question.code, ANSWER, f"{question.code} {question.label}", standard.code, YES_OR_NO, answer)
        start = key_question(standards, table.start, tallies[table.start]).rating
        permitted = permitted_ratings(table, start, None if answer is None else answer == "yes") or ()
        basis = _basis(standards, table, start, answer)
        yield _rating_item(standards, standard, CHOICE, permitted, decided.get(standard.code), basis)


def _basis(standards: Standards, table: DecisionTable, start: str | None, answer: str | None) -> str:
    if start is None:
        return f"{table.start} is not rated, because no case was assessed"
    if answer is None:
        return f"{table.start} is {standards.rating(start).label}. {table.answer} is not answered yet"
    return f"{table.start} is {standards.rating(start).label} and {table.answer} is {dict(YES_OR_NO)[answer]}"


def _rating_item(
    standards: Standards, standard: Standard, kind: str, ratings: tuple[str, ...], value: str | None, basis: str = ""
) -> Item:
    return Item(
        code=standard.code,
        kind=kind,
        label=f"{standard.code} {standard.title}",
        standard=standard.code,
        options=tuple((rating, standards.rating(rating).label) for rating in ratings),
        standing=value if value in ratings else None,
        basis=basis,
    )


def pair_words(item: Item) -> str:
    """What may be chosen, and from what that follows."""
    labels = " or ".join(label for _, label in item.options)
    return f"{item.basis}, so the panel chooses {labels}" if labels else f"{item.basis}. Nothing can be chosen yet"


def rating_input(
    standards: Standards, inspection_type: str, tallies: Mapping[str, Tally], decided: Mapping[str, str]
) -> RatingInput:
    standing = {item: item.standing for item in items(standards, inspection_type, tallies, decided) if item.standing}
    return RatingInput(
        inspection_type=inspection_type,
        tallies=tallies,
        answers={item.code: value == "yes" for item, value in standing.items() if item.kind == ANSWER},
        chosen={item.code: value for item, value in standing.items() if item.kind != ANSWER},
    )
