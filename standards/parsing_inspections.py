"""Turns what a standards file says of inspections into dataclasses: samples, interviews, types, meetings, timeline."""

from standards import schema
from standards.known import Known, each
from standards.reading import Reader

PARTS = ("morning", "afternoon", "any")
MOVES = ("next", "previous")
COUNTED_FROM = ("days", "weeks", "working_days", "monday_after_days")


def sample_limit(reader: Reader, known: Known) -> schema.SampleLimit:
    minimum = reader.whole("minimum", least=1)
    return schema.SampleLimit(
        case_kind=reader.choice("case_kind", known.case_kinds),
        minimum=minimum,
        maximum=reader.whole("maximum", least=minimum),
        valid_from=reader.day("valid_from"),
        note=reader.text("note"),
        source=known.source(reader),
    )


def interview(reader: Reader, known: Known) -> schema.Interview:
    return schema.Interview(
        code=reader.text("code"),
        title=reader.text("title"),
        case_kind=reader.choice("case_kind", known.case_kinds),
        minutes=reader.whole("minutes", least=1),
        cases=reader.whole("cases", least=1),
        every_case=reader.flag("every_case"),
        remote=reader.flag("remote"),
        source=known.source(reader),
    )


def interview_topic(reader: Reader, known: Known) -> schema.InterviewTopic:
    return schema.InterviewTopic(
        code=reader.text("code"),
        interview=reader.text("interview"),
        title=reader.text("title"),
        question=reader.text("question"),
        asks=reader.texts("asks"),
        illustrative=reader.flag("illustrative"),
        source=known.source(reader),
    )


def channel(reader: Reader, known: Known) -> schema.Channel:
    return schema.Channel(reader.text("code"), reader.text("name"), known.source(reader))


def agency(reader: Reader, known: Known) -> schema.Agency:
    return schema.Agency(reader.text("code"), reader.text("name"), known.source(reader))


def review_section(reader: Reader, known: Known) -> schema.ReviewSection:
    return schema.ReviewSection(
        code=reader.text("code"),
        title=reader.text("title"),
        illustrative=reader.flag("illustrative"),
        source=known.source(reader),
        questions=each(
            reader, "questions", lambda entry: schema.ReviewQuestion(entry.text("code"), entry.text("text"))
        ),
    )


def evidence_item(reader: Reader, known: Known) -> schema.EvidenceItem:
    return schema.EvidenceItem(
        code=reader.text("code"),
        title=reader.text("title"),
        text=reader.text("text"),
        step=reader.text("step"),
        days_before=reader.whole("days_before", least=0),
        illustrative=reader.flag("illustrative"),
        source=known.source(reader),
    )


def nation(reader: Reader) -> schema.Nation:
    return schema.Nation(reader.text("code"), reader.text("name"), reader.texts("languages"))


def inspection_type(reader: Reader, known: Known) -> schema.InspectionType:
    return schema.InspectionType(
        code=reader.text("code"),
        name=reader.text("name"),
        short_name=reader.text("short_name"),
        weeks=reader.whole("weeks", least=1),
        rated=reader.texts("rated"),
        counting=reader.texts("counting"),
        described=reader.texts("described", default=()),
        case_data_complete_day=reader.whole("case_data_complete_day"),
        multi_agency_discussions=reader.whole("multi_agency_discussions"),
        meeting=rating_meeting(reader.table("meeting"), known),
        on_site=on_site(reader.table("on_site")),
        roles_expected=each(reader, "roles_expected", lambda entry: expected_role(entry, known), "role"),
        meetings=each(reader, "meetings", lambda entry: fixed_meeting(entry, known)),
        follows=reader.text("follows", ""),
        follows_after_weeks=reader.wholes("follows_after_weeks", default=()),
    )


def rating_meeting(reader: Reader, known: Known) -> schema.Meeting:
    meeting = schema.Meeting(
        code=reader.text("code"),
        name=reader.text("name"),
        source=known.source(reader),
        quorum=reader.whole("quorum", least=1),
        quorum_default=reader.flag("quorum_default", False),
    )
    reader.finish()
    return meeting


def on_site(reader: Reader) -> schema.OnSite:
    hours = schema.OnSite(
        first_day=reader.whole("first_day"),
        starts=reader.clock("starts"),
        last_day=reader.whole("last_day"),
        ends=reader.clock("ends"),
        default=reader.flag("default", False),
    )
    reader.finish()
    return hours


def expected_role(reader: Reader, known: Known) -> schema.ExpectedRole:
    code = reader.choice("role", tuple(known.roles))
    return schema.ExpectedRole(
        known.roles.get(code, schema.Role(code, code)), reader.wholes("weeks"), reader.flag("required")
    )


def fixed_meeting(reader: Reader, known: Known) -> schema.FixedMeeting:
    first_day = reader.whole("first_day")
    return schema.FixedMeeting(
        code=reader.text("code"),
        title=reader.text("title"),
        first_day=first_day,
        last_day=reader.whole("last_day", least=first_day),
        part=reader.choice("part", PARTS),
        count=reader.whole("count", least=1),
        source=known.source(reader),
        default=reader.flag("default", False),
    )


def step(reader: Reader, known: Known, types: tuple[str, ...], nations: tuple[str, ...]) -> schema.Step:
    return schema.Step(
        code=reader.text("code"),
        title=reader.text("title"),
        who=reader.text("who"),
        moves=reader.choice("moves", MOVES),
        after=reader.text("after", ""),
        when=each(reader, "when", lambda entry: when(entry, known, types, nations), ""),
    )


def when(reader: Reader, known: Known, types: tuple[str, ...], nations: tuple[str, ...]) -> schema.When:
    counted = {key: reader.offset(key) for key in COUNTED_FROM}
    if sum(value is not None for value in counted.values()) != 1:
        reader.problem("", f"must have exactly one of {', '.join(COUNTED_FROM)}")
    return schema.When(
        types=reader.texts("types", types, default=types),
        nations=reader.texts("nations", nations, default=nations),
        anchor=reader.text("from"),
        rule=reader.text("rule"),
        source=known.source(reader),
        default=reader.flag("default", False),
        **counted,
    )
