"""What is wrong with the input of a rating, in sentences that name the place."""

from collections.abc import Iterator

from ratings.rules.inputs import RatingInput, Tally
from ratings.rules.sentences import one_of
from ratings.rules.shares import key_question
from ratings.rules.standard import in_order, reachable
from standards.schema import DecisionTable, Standard, Standards
from standards.words import named, shown


def problems_of(standards: Standards, given: RatingInput) -> tuple[str, ...]:
    kinds = standards.inspection_types
    if given.inspection_type not in kinds:
        return (f"inspection_type: {shown(given.inspection_type)} is not one of {', '.join(kinds)}.",)
    return (
        *_tallies(standards, given),
        *_answers(standards, given),
        *_ratings(standards, given),
        *_missing(standards, given),
        *_unrated(standards, given),
    )


def _tallies(standards: Standards, given: RatingInput) -> Iterator[str]:
    for code, tally in given.tallies.items():
        place = f"key_questions.{named(code)}"
        yield from _question_place(standards, given, code, place, counted=True)
        yield from _counts(place, tally)


def _question_place(standards: Standards, given: RatingInput, code: str, place: str, *, counted: bool) -> Iterator[str]:
    kinds = {question.code: (standard, question.case_kind) for standard, question in standards.key_questions()}
    if code not in kinds:
        yield f"{place}: {standards.key} has no key question {named(code)}."
        return
    standard, case_kind = kinds[code]
    if standard.code not in standards.inspection_types[given.inspection_type].rated:
        yield _not_rated(standards, given, standard.code, place)
    elif counted and not case_kind:
        yield f"{place}: {code} is answered yes or no by the meeting, so it has no counts."
    elif not counted and case_kind:
        yield f"{place}: {code} is counted over cases, so the meeting does not answer it."


def _not_rated(standards: Standards, given: RatingInput, standard: str, place: str) -> str:
    return f"{place}: {standard} is not rated in an {standards.inspection_types[given.inspection_type].short_name}."


def _counts(place: str, tally: Tally) -> Iterator[str]:
    wrong = False
    for name, value in (("sufficient", tally.sufficient), ("assessed", tally.assessed)):
        if type(value) is not int:
            wrong = True
            yield f"{place}: {name} is {shown(value)}, which is not a whole number."
        elif value < 0:
            wrong = True
            yield f"{place}: {name} is {shown(value)}, which is less than 0."
    if not wrong and tally.sufficient > tally.assessed:
        yield f"{place}: {shown(tally.sufficient)} sufficient is more than {shown(tally.assessed)} assessed."


def _answers(standards: Standards, given: RatingInput) -> Iterator[str]:
    for code in given.answers:
        yield from _question_place(standards, given, code, f"answers.{named(code)}", counted=False)


def _ratings(standards: Standards, given: RatingInput) -> Iterator[str]:
    for name, ratings in (("chosen", given.chosen), ("standard_ratings", given.standard_ratings)):
        for code, rating in ratings.items():
            yield from _rating(standards, given, name, code, rating)
    for code in given.chosen.keys() & given.standard_ratings.keys():
        chosen, known = given.chosen[code], given.standard_ratings[code]
        if chosen != known:
            yield f"chosen.{named(code)}: {named(chosen)} differs from {named(known)} in standard_ratings."


def _rating(standards: Standards, given: RatingInput, name: str, code: str, rating: str) -> Iterator[str]:
    place = f"{name}.{named(code)}"
    found = {standard.code: standard for standard in standards.standards}.get(code)
    codes = [rating.code for rating in standards.ratings]
    if found is None:
        yield f"{place}: {standards.key} has no standard {named(code)}."
    elif code not in standards.inspection_types[given.inspection_type].rated:
        yield _not_rated(standards, given, code, place)
    elif rating not in codes:
        yield f"{place}: {shown(rating)} is not one of {', '.join(codes)}."
    elif found.rated_from == "victims_table":
        yield from _choice(standards, given, found, name, rating)
    elif found.rated_from == "cases_lowest" and name == "chosen":
        yield f"{place}: {code} is rated from its cases, so nothing is chosen."
    elif found.rated_from == "cases_lowest":
        yield from _agreement(standards, given, found, rating)


def _choice(standards: Standards, given: RatingInput, standard: Standard, name: str, rating: str) -> Iterator[str]:
    """A choice needs both questions; a rating that is only known must be one that can follow from what is there."""
    table, place = standards.table(standard.code), f"{name}.{standard.code}"
    tally, answer = given.tallies.get(table.start), given.answers.get(table.answer)
    if tally is not None and not _sound(tally):
        return
    start = key_question(standards, table.start, tally).rating if tally else None
    if name == "chosen" and (tally is None or answer is None):
        missing = table.start if tally is None else table.answer
        yield f"{place}: nothing can be chosen before {missing} is there."
    elif name == "chosen" and start is None:
        yield f"{place}: nothing can be chosen while {table.start} has no case assessed."
    elif rating not in (permitted := reachable(standards, table, start, answer)):
        yield f"{place}: {rating} is not permitted; {_basis(table, start, answer)} allows {one_of(permitted)}."


def _basis(table: DecisionTable, start: str | None, answer: bool | None) -> str:
    said = None if answer is None else "yes" if answer else "no"
    return " and ".join(f"{code} {value}" for code, value in ((table.start, start), (table.answer, said)) if value)


def _agreement(standards: Standards, given: RatingInput, standard: Standard, rating: str) -> Iterator[str]:
    tallies = {question.code: given.tallies.get(question.code) for question in standard.counted_questions()}
    sound = {code: tally for code, tally in tallies.items() if tally is not None and _sound(tally)}
    ratings = {code: key_question(standards, code, tally).rating for code, tally in sound.items()}
    place, uncounted = f"standard_ratings.{standard.code}", [code for code, found in ratings.items() if not found]
    if uncounted and None not in tallies.values():
        reason = f"{one_of(uncounted, 'and')} {'has' if len(uncounted) == 1 else 'have'} no case assessed"
        yield f"{place}: {rating} cannot stand; {reason}, so {standard.code} is not rated."
        return
    known = in_order(standards, filter(None, ratings.values()))
    if not known:
        return
    too_high = standards.rating(rating).score > standards.rating(known[0]).score
    if (len(sound) == len(tallies) and rating != known[0]) or too_high:
        yield f"{place}: {rating} does not follow from the counts, which give {known[0]}."


def _sound(tally: Tally) -> bool:
    return not list(_counts("", tally))


def _unrated(standards: Standards, given: RatingInput) -> Iterator[str]:
    rated = {standard.code for standard in standards.rated(given.inspection_type)}
    said = {*given.standard_ratings, *given.chosen}
    for code in given.unrated:
        if code not in rated:
            yield f"unrated: {named(code)} is not a standard that is rated in this type of inspection."
        elif code in said:
            yield f"unrated: {code} has a rating, so it is not unrated."


def _missing(standards: Standards, given: RatingInput) -> Iterator[str]:
    """A rating by the panel may still be to come; counts may not: a question that nobody assessed has 0 of 0."""
    if given.total is not None:
        return
    for standard in standards.rated(given.inspection_type):
        if standard.code in {*given.standard_ratings, *given.unrated}:
            continue
        if standard.rated_from == "given":
            yield f"standard_ratings.{standard.code} is missing: {standards.key} knows no counts below it."
        for question in standard.counted_questions():
            if question.code not in given.tallies:
                yield (
                    f"key_questions.{question.code} is missing: give sufficient and assessed, "
                    f"or the rating of {standard.code} under standard_ratings."
                )
