"""What must hold between the tables of a standards file."""

import re
from collections.abc import Callable, Iterable, Iterator

from standards import schema

Finding = tuple[str, str, str]  # table, key, reason

RULES = (
    "count",
    "key_question",
    "not_rated",
    "lowest",
    "table",
    "answer",
    "choice",
    "panel",
    "given",
    "score",
    "total",
    "overall",
    "not_counted",
    "given_total",
    "unrated",
)
REVIEW_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FIELDWORK = "fieldwork"
ANSWERS = {  # as they are stored: assessed, sufficient
    "yes": ((True, True), "must be assessed and sufficient"),
    "no": ((True, False), "must be assessed and not sufficient"),
    "na": ((False, False), "must be neither assessed nor sufficient"),
}


def findings(standards: schema.Standards) -> Iterator[Finding]:
    for check in CHECKS:
        yield from check(standards)


def _rules(standards: schema.Standards) -> Iterator[Finding]:
    for code in RULES:
        if code not in standards.rules:
            yield "[rules]", code, "is missing"


def _ratings(standards: schema.Standards) -> Iterator[Finding]:
    scores = [rating.score for rating in standards.ratings]
    if scores != list(range(len(scores))):
        yield "[[ratings]]", "score", "must run 0, 1, 2, … from the lowest rating to the highest"


def _bands(standards: schema.Standards) -> Iterator[Finding]:
    floors = [band.floor for band in standards.bands]
    if [band.rating for band in standards.bands] != [rating.code for rating in standards.ratings]:
        yield "[[bands]]", "rating", "must name every rating once, from the lowest to the highest"
    if floors[:1] != [0]:
        yield "[[bands]]", "floor", "must start at 0"
    if floors != sorted(set(floors)):
        yield "[[bands]]", "floor", "must rise from band to band"


def _overall_scales(standards: schema.Standards) -> Iterator[Finding]:
    highest_score = max((rating.score for rating in standards.ratings), default=0)
    for scale in standards.overall_scales:
        place = f"[[overall]] {scale.standards}"
        if [band.rating for band in scale.bands] != [rating.code for rating in standards.ratings]:
            yield place, "bands", "must name every rating once, from the lowest to the highest"
        most = scale.standards * highest_score
        if scale.maximum != most:
            yield place, "bands", f"must end at {most}, the most that {scale.standards} standards can score"
        yield from _gaps(place, scale.bands)
    for kind in standards.inspection_types.values():
        count = len(kind.counting)
        if count and count not in {scale.standards for scale in standards.overall_scales}:
            yield f"[[inspection_types]] {kind.code}", "counting", f"no [[overall]] bands for {count} standards"


def _gaps(place: str, bands: tuple[schema.ScoreBand, ...]) -> Iterator[Finding]:
    expected = 0
    for band in bands:
        if band.lowest != expected or band.highest < band.lowest:
            reason = f"{band.rating} runs from {band.lowest} to {band.highest}; it must start at {expected}"
            yield place, "bands", reason
        expected = band.highest + 1


def _codes(standards: schema.Standards) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, codes in _coded(standards):
        for code in codes:
            if code in seen:
                yield place, "code", f"{code!r} is used twice"
            seen.add(code)


def _coded(standards: schema.Standards) -> Iterator[tuple[str, Iterable[str]]]:
    for standard in standards.standards:
        yield f"[[standards]] {standard.code}", _all_codes(standard)
    for section in standards.case_sections:
        yield f"[[case_sections]] {section.code}", [section.code, *(prompt.code for prompt in section.prompts)]


def _review_sections(standards: schema.Standards) -> Iterator[Finding]:
    seen: set[str] = set()
    for section in standards.review_sections:
        for code in (section.code, *(question.code for question in section.questions)):
            if code in seen:
                yield f"[[review_sections]] {section.code}", "code", f"{code!r} is used twice"
            if not REVIEW_CODE.fullmatch(code):
                yield (
                    f"[[review_sections]] {section.code}",
                    "code",
                    f"{code!r} is not small letters, digits and hyphens",
                )
            seen.add(code)


def _agencies(standards: schema.Standards) -> Iterator[Finding]:
    for agency in standards.agencies:
        if not REVIEW_CODE.fullmatch(agency.code):
            yield f"[[agencies]] {agency.code}", "code", f"{agency.code!r} is not small letters, digits and hyphens"


def _evidence_items(standards: schema.Standards) -> Iterator[Finding]:
    steps, seen = {step.code for step in standards.timeline}, set[str]()
    for item in standards.evidence_items:
        if item.code in seen:
            yield f"[[evidence_items]] {item.code}", "code", f"{item.code!r} is used twice"
        if item.step not in steps:
            yield f"[[evidence_items]] {item.code}", "step", f"{item.step!r} is no step of the timeline"
        seen.add(item.code)


def _all_codes(standard: schema.Standard) -> Iterator[str]:
    yield standard.code
    yield from (theme.code for theme in standard.themes)
    for question in standard.key_questions:
        yield question.code
        yield from (prompt.code for prompt in question.prompts)


def _standards(standards: schema.Standards) -> Iterator[Finding]:
    domains = {domain.code for domain in standards.domains}
    tables = {table.standard for table in standards.tables}
    for standard in standards.standards:
        place = f"[[standards]] {standard.code}"
        if standard.domain not in domains:
            yield place, "domain", f"{standard.domain!r} is not one of [[domains]]"
        if standard.rated_from == "cases_lowest" and len(standard.counted_questions()) != len(standard.key_questions):
            yield place, "key_questions", "a standard rated from cases needs a case_kind for every key question"
        if standard.rated_from == "cases_lowest" and not standard.key_questions:
            yield place, "key_questions", "a standard rated from cases needs at least one"
        if standard.rated_from == "victims_table" and standard.code not in tables:
            yield place, "rated_from", f"no [[tables]] entry for {standard.code}"
        if standard.modular and not standard.scope:
            yield place, "scope", "a modular standard says where it applies"
        for question in standard.key_questions:
            if not {"yes", "no"} <= {option.code for option in question.answer_options}:
                yield f"{place} [[key_questions]] {question.code}", "answers", "must offer yes and no"


def _answers(standards: schema.Standards) -> Iterator[Finding]:
    options = {option.code: (option.assessed, option.sufficient) for option in standards.answer_options}
    for code, (expected, reason) in ANSWERS.items():
        if options.get(code) != expected:
            yield f"[[answers]] {code}", "", reason
    for code in options.keys() - ANSWERS.keys():
        yield f"[[answers]] {code}", "code", f"is not one of {', '.join(ANSWERS)}"


def _hurdles(standards: schema.Standards) -> Iterator[Finding]:
    for hurdle in standards.hurdles:
        place = f"[[hurdles]] {hurdle.standard}"
        yield from _unknown(place, "standard", (hurdle.standard,), [standard.code for standard in standards.standards])
        if hurdle.keeps_from == standards.ratings[0].code:
            yield place, "keeps_from", "there is no rating below it"
        if "hurdle" not in standards.rules:
            yield "[rules]", "hurdle", "is missing"


def _decision_rules(standards: schema.Standards) -> Iterator[Finding]:
    """They advise a panel, so they are about what a panel rates, and look at what is rated."""
    panel = [standard.code for standard in standards.standards if standard.rated_from == "panel"]
    counted = [question.code for _, question in standards.key_questions() if question.case_kind]
    rated = [*(standard.code for standard in standards.standards), *counted]
    for rule in standards.decision_rules:
        place = f"[[decision_rules]] {rule.code}"
        yield from _unknown(place, "standard", (rule.standard,), panel)
        yield from _unknown(place, "looks_at", (rule.looks_at,), rated)


def _conditions(standards: schema.Standards) -> Iterator[Finding]:
    """What is never known keeps nothing from being asked, so a condition on it would do nothing."""
    for place, kind, prompt in _conditional(standards):
        for fact in schema.NEVER_KNOWN.get(kind, ()):
            if getattr(prompt.only_if, fact) not in (None, ()):
                yield f"{place} [[prompts]] {prompt.code} [only_if]", fact, f"is never known of a {kind} case"


def _conditional(standards: schema.Standards) -> Iterator[tuple[str, str, schema.Prompt]]:
    asked = [
        (f"[[standards]] {standard.code} [[key_questions]] {question.code}", question.case_kind, question.prompts)
        for standard in standards.standards
        for question in standard.key_questions
    ]
    asked += [(f"[[case_sections]] {each.code}", each.case_kind, each.prompts) for each in standards.case_sections]
    for place, kind, prompts in asked:
        for prompt in prompts:
            if kind and prompt.only_if:
                yield place, kind, prompt


def _tables(standards: schema.Standards) -> Iterator[Finding]:
    order = [rating.code for rating in standards.ratings]
    for table in standards.tables:
        place = f"[[tables]] {table.standard}"
        yield from _table_questions(standards, table, place)
        given = [(row.start, row.answer) for row in table.rows]
        for pair in ((start, answer) for start in order for answer in ("yes", "no")):
            if given.count(pair) != 1:
                yield place, "rows", f"must have one row for {pair[0]} and {pair[1]}, and has {given.count(pair)}"
        for row in table.rows:
            if not row.permitted or list(row.permitted) != [code for code in order if code in row.permitted]:
                reason = "permitted ratings must be named from the lowest to the highest"
                yield place, "rows", f"{row.start} and {row.answer}: {reason}"


def _table_questions(standards: schema.Standards, table: schema.DecisionTable, place: str) -> Iterator[Finding]:
    owner = next((standard for standard in standards.standards if standard.code == table.standard), None)
    kinds = {question.code: question.case_kind for question in owner.key_questions} if owner else {}
    if owner is None or owner.rated_from != "victims_table":
        yield place, "standard", f"{table.standard!r} is not a standard rated from a table"
    elif not kinds.get(table.start):
        yield place, "start", f"{table.start!r} is not a key question of {table.standard} that is counted over cases"
    elif kinds.get(table.answer, "missing") is not None:
        yield place, "answer", f"{table.answer!r} is not a key question of {table.standard} that a meeting answers"


def _inspection_types(standards: schema.Standards) -> Iterator[Finding]:
    known = [standard.code for standard in standards.standards]
    for kind in standards.inspection_types.values():
        place = f"[[inspection_types]] {kind.code}"
        for key, codes in {"rated": kind.rated, "counting": kind.counting, "described": kind.described}.items():
            yield from _unknown(place, key, codes, known)
        yield from _unknown(place, "counting", kind.counting, kind.rated)
        for code in set(kind.rated) & set(kind.described):
            yield place, "described", f"{code!r} is also rated"
        if kind.follows and kind.follows not in standards.inspection_types:
            yield place, "follows", f"{kind.follows!r} is not an inspection type"


def _unknown(place: str, key: str, codes: Iterable[str], known: Iterable[str]) -> Iterator[Finding]:
    for code in codes:
        if code not in known:
            yield place, key, f"{code!r} is not one of {', '.join(known)}"


def _samples(standards: schema.Standards) -> Iterator[Finding]:
    for kind in standards.case_kinds:
        dates = [limit.valid_from for limit in standards.sample_limits if limit.case_kind == kind.code]
        if not dates:
            yield "[[sample_limits]]", "case_kind", f"has no limits for {kind.code!r}"
        if len(set(dates)) < len(dates):
            yield f"[[sample_limits]] {kind.code}", "valid_from", "two limits start on the same day"
        if kind.code not in {interview.case_kind for interview in standards.interviews}:
            yield "[[interviews]]", "case_kind", f"has no interview for {kind.code!r}"


def _interview_topics(standards: schema.Standards) -> Iterator[Finding]:
    kinds = {interview.code: interview.case_kind for interview in standards.interviews}
    for topic in standards.interview_topics:
        place = f"[[interview_topics]] {topic.code}"
        yield from _unknown(place, "interview", (topic.interview,), kinds)
        sections = standards.uncounted(kinds.get(topic.interview, ""))
        asked = [prompt.code for section in sections for prompt in section.prompts]
        yield from _unknown(place, "question", (topic.question,), asked)


def _timeline(standards: schema.Standards) -> Iterator[Finding]:
    steps = [step.code for step in standards.timeline]
    for step in standards.timeline:
        place = f"[[timeline]] {step.code}"
        for when in step.when:
            yield from _unknown(place, "from", (when.anchor,), (FIELDWORK, *steps))
        yield from _unknown(place, "after", (step.after,) if step.after else (), steps)
        for kind in standards.inspection_types:
            for nation in standards.nations:
                found = sum(when.applies(kind, nation) for when in step.when)
                if found != 1:
                    yield place, "when", f"must have one entry for {kind} in {nation}, and has {found}"


def _circles(standards: schema.Standards) -> Iterator[Finding]:
    """Steps that, followed back to what they count from, never reach the start of fieldwork."""
    waiting = {step.code: _counts_from(step) for step in standards.timeline}
    while placed := {code for code, needs in waiting.items() if not needs & waiting.keys()}:
        waiting = {code: needs for code, needs in waiting.items() if code not in placed}
    for code in waiting:
        yield f"[[timeline]] {code}", "from", "counts from itself"


def _counts_from(step: schema.Step) -> set[str]:
    return {step.after, *(when.anchor for when in step.when)} - {"", FIELDWORK}


CHECKS: tuple[Callable[[schema.Standards], Iterator[Finding]], ...] = (
    _rules,
    _ratings,
    _bands,
    _overall_scales,
    _codes,
    _standards,
    _answers,
    _hurdles,
    _decision_rules,
    _conditions,
    _tables,
    _inspection_types,
    _samples,
    _interview_topics,
    _review_sections,
    _agencies,
    _evidence_items,
    _timeline,
    _circles,
)
