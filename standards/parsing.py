"""Turns the tables of a standards file into dataclasses, one function per table."""

from dataclasses import replace

from standards import schema
from standards.known import Known, each
from standards.parsing_inspections import (
    agency,
    channel,
    evidence_item,
    inspection_type,
    interview,
    interview_topic,
    nation,
    review_section,
    sample_limit,
    step,
)
from standards.reading import Reader

RATED_FROM = ("cases_lowest", "victims_table", "panel", "given")
YES_OR_NO = ("care_experienced", "welsh_speaking", "is_macd")


def standards(reader: Reader, content_hash: str) -> schema.Standards:
    known = _known(reader)
    types = each(reader, "inspection_types", lambda entry: inspection_type(entry, known))
    nations = each(reader, "nations", nation)
    names = (tuple(kind.code for kind in types), tuple(nation.code for nation in nations))
    whole = schema.Standards(
        key=reader.text("key"),
        title=reader.text("title"),
        version=reader.text("version"),
        published=reader.text("published"),
        notes=reader.texts("notes", default=()),
        content_hash=content_hash,
        sources=known.sources,
        rules=rules(reader, known),
        ratings=each(reader, "ratings", rating),
        bands=each(reader, "bands", lambda entry: band(entry, known), "rating"),
        overall_scales=each(reader, "overall", lambda entry: overall_scale(entry, known), "standards"),
        answer_options=tuple(known.answers.values()),
        not_applicable_reasons=each(reader, "not_applicable_reasons", not_applicable_reason),
        domains=each(reader, "domains", lambda entry: schema.Domain(entry.text("code"), entry.text("title"))),
        case_kinds=each(reader, "case_kinds", case_kind),
        standards=each(reader, "standards", lambda entry: standard(entry, known)),
        case_sections=each(reader, "case_sections", lambda entry: case_section(entry, known), least=0),
        tables=each(reader, "tables", lambda entry: decision_table(entry, known), "standard", least=0),
        sample_limits=each(reader, "sample_limits", lambda entry: sample_limit(entry, known), "case_kind"),
        interviews=each(reader, "interviews", lambda entry: interview(entry, known)),
        interview_topics=each(reader, "interview_topics", lambda entry: interview_topic(entry, known), least=0),
        channels=each(reader, "channels", lambda entry: channel(entry, known), least=0),
        review_sections=each(reader, "review_sections", lambda entry: review_section(entry, known), least=0),
        agencies=each(reader, "agencies", lambda entry: agency(entry, known), least=0),
        roles=tuple(known.roles.values()),
        nations={nation.code: nation for nation in nations},
        inspection_types={kind.code: kind for kind in types},
        timeline=each(reader, "timeline", lambda entry: step(entry, known, *names)),
        hurdles=each(reader, "hurdles", lambda entry: hurdle(entry, known), "standard", least=0),
        closed=reader.flag("closed", False),
        evidence_items=each(reader, "evidence_items", lambda entry: evidence_item(entry, known), least=0),
        decision_rules=each(reader, "decision_rules", lambda entry: decision_rule(entry, known), least=0),
    )
    reader.finish()
    return whole


def _known(reader: Reader) -> Known:
    sources = reader.table("sources")
    return Known(
        sources={key: sources.text(key) for key in sources.values},
        ratings=tuple(entry.values.get("code", "") for entry in reader.tables("ratings")),
        answers={option.code: option for option in each(reader, "answers", answer_option)},
        case_kinds=tuple(entry.values.get("code", "") for entry in reader.tables("case_kinds")),
        roles={found.code: found for found in each(reader, "roles", role)},
    )


def role(reader: Reader) -> schema.Role:
    return schema.Role(reader.text("code"), reader.text("name"))


def rules(reader: Reader, known: Known) -> dict[str, schema.Rule]:
    table = reader.table("rules")
    found = {}
    for code in table.values:
        entry = table.table(code)
        found[code] = schema.Rule(code, entry.text("words"), known.source(entry), entry.flag("default", False))
        entry.finish()
    return found


def rating(reader: Reader) -> schema.Rating:
    return schema.Rating(reader.text("code"), reader.text("label"), reader.whole("score"))


def band(reader: Reader, known: Known) -> schema.Band:
    return schema.Band(
        rating=reader.choice("rating", known.ratings),
        floor=reader.whole("floor", most=100),
        words=reader.text("words"),
        printed=reader.text("printed"),
    )


def overall_scale(reader: Reader, known: Known) -> schema.OverallScale:
    bands = each(reader, "bands", lambda entry: score_band(entry, known), "rating")
    return schema.OverallScale(
        standards=reader.whole("standards", least=1),
        maximum=max((band.highest for band in bands), default=0),
        bands=bands,
        source=known.source(reader),
        default=reader.flag("default", False),
    )


def hurdle(reader: Reader, known: Known) -> schema.Hurdle:
    return schema.Hurdle(
        standard=reader.text("standard"),
        rating=reader.choice("rating", known.ratings),
        keeps_from=reader.choice("keeps_from", known.ratings),
        source=known.source(reader),
    )


def decision_rule(reader: Reader, known: Known) -> schema.DecisionRule:
    return schema.DecisionRule(
        code=reader.text("code"),
        standard=reader.text("standard"),
        words=reader.text("words"),
        looks_at=reader.text("looks_at"),
        at_most=reader.choice("at_most", known.ratings),
        expects_at_most=reader.choice("expects_at_most", known.ratings),
        source=known.source(reader),
    )


def score_band(reader: Reader, known: Known) -> schema.ScoreBand:
    return schema.ScoreBand(reader.choice("rating", known.ratings), reader.whole("lowest"), reader.whole("highest"))


def answer_option(reader: Reader) -> schema.AnswerOption:
    return schema.AnswerOption(
        code=reader.text("code"),
        label=reader.text("label"),
        sufficient=reader.flag("sufficient", False),
        assessed=reader.flag("assessed", False),
        needs_reason=reader.flag("needs_reason", False),
    )


def not_applicable_reason(reader: Reader) -> schema.NotApplicableReason:
    return schema.NotApplicableReason(reader.text("code"), reader.text("label"), reader.flag("needs_text", False))


def case_kind(reader: Reader) -> schema.CaseKind:
    return schema.CaseKind(
        code=reader.text("code"),
        name=reader.text("name"),
        plural=reader.text("plural"),
        strata=reader.texts("strata", schema.STRATA, default=()),
    )


def standard(reader: Reader, known: Known) -> schema.Standard:
    return schema.Standard(
        code=reader.text("code"),
        title=reader.text("title"),
        domain=reader.text("domain"),
        rated_from=reader.choice("rated_from", RATED_FROM),
        text=reader.text("text", ""),
        source=known.source(reader),
        key_questions=each(reader, "key_questions", lambda entry: key_question(entry, known), least=0),
        themes=each(reader, "themes", theme, least=0),
        modular=reader.flag("modular", False),
        scope=reader.text("scope", ""),
        only_if=asked_if(reader),
    )


def key_question(reader: Reader, known: Known) -> schema.KeyQuestion:
    if "only_if" in reader.values:
        reader.used.add("only_if")
        reader.problem("only_if", "a key question is asked about every case; that it does not apply needs a reason")
    return schema.KeyQuestion(
        code=reader.text("code"),
        label=reader.text("label"),
        text=reader.text("text"),
        illustrative=reader.flag("illustrative"),
        case_kind=reader.choice("case_kind", known.case_kinds, "") or None,
        answer_options=answer_options(reader, known),
        prompts=each(reader, "prompts", prompt, least=0),
        guidance=reader.text("guidance", ""),
    )


def answer_options(
    reader: Reader, known: Known, default: tuple[str, ...] | None = None
) -> tuple[schema.AnswerOption, ...]:
    answers = reader.texts("answers", tuple(known.answers), default)
    return tuple(known.answers[answer] for answer in answers if answer in known.answers)


def case_section(reader: Reader, known: Known) -> schema.CaseSection:
    return schema.CaseSection(
        code=reader.text("code"),
        title=reader.text("title"),
        case_kind=reader.choice("case_kind", known.case_kinds),
        source=known.source(reader),
        answer_options=answer_options(reader, known, default=()),
        prompts=each(reader, "prompts", prompt),
    )


def prompt(reader: Reader) -> schema.Prompt:
    return replace(theme(reader), only_if=asked_if(reader))


def asked_if(reader: Reader) -> schema.Condition | None:
    return condition(reader.table("only_if")) if "only_if" in reader.values else None


def condition(reader: Reader) -> schema.Condition:
    facts = {key: reader.flag(key) for key in YES_OR_NO if key in reader.values}
    found = schema.Condition(
        work_type=reader.texts("work_type", schema.WORK_TYPES, default=()),
        age_from=reader.offset("age_from"),
        age_to=reader.offset("age_to"),
        **facts,
    )
    reader.finish()
    if found == schema.Condition():
        reader.problem("", "names no fact")
    if found.age_from is not None and found.age_to is not None and found.age_to < found.age_from:
        reader.problem("age_to", f"{found.age_to} is less than {found.age_from}")
    return found


def theme(reader: Reader) -> schema.Prompt:
    return schema.Prompt(
        code=reader.text("code"),
        text=reader.text("text"),
        guidance=reader.text("guidance", ""),
        illustrative=reader.flag("illustrative"),
    )


def decision_table(reader: Reader, known: Known) -> schema.DecisionTable:
    return schema.DecisionTable(
        standard=reader.text("standard"),
        start=reader.text("start"),
        answer=reader.text("answer"),
        rows=each(reader, "rows", lambda entry: table_row(entry, known), ""),
        source=known.source(reader),
    )


def table_row(reader: Reader, known: Known) -> schema.TableRow:
    return schema.TableRow(
        start=reader.choice("start", known.ratings),
        answer=reader.choice("answer", tuple(known.answers)),
        permitted=reader.texts("permitted", known.ratings),
    )
