"""Who may do what, at which stage: the one table that the guards enforce and `manage.py routes` prints.

A *party* is a person's relation to one inspection. Parties come from the team, from the person's role at the
Inspectorate, or from being a contact of the inspected service; nobody is two parties across that last line.
"""

from dataclasses import dataclass

from accounts.models import Role

LEAD = "lead"
DEPUTY = "deputy"
ASSISTANT = "assistant"
LOCAL_ASSESSOR = "local_assessor"
PANEL_CHAIR = "panel_chair"
PANEL_MEMBER = "panel_member"
QUALITY_ASSURER = "quality_assurer"
HEAD = "head_of_programme"
SERVICE_CONTACT = "service_contact"

STAFF_PARTIES = frozenset({LEAD, DEPUTY, ASSISTANT, LOCAL_ASSESSOR, PANEL_CHAIR, PANEL_MEMBER, QUALITY_ASSURER, HEAD})
PARTIES = STAFF_PARTIES | {SERVICE_CONTACT}

STAGES = ("scheduled", "announced", "fieldwork", "rating", "signed", "told")


def since(stage: str) -> frozenset[str]:
    return frozenset(STAGES[STAGES.index(stage) :])


def until(stage: str) -> frozenset[str]:
    return frozenset(STAGES[: STAGES.index(stage) + 1])


@dataclass(frozen=True)
class Permission:
    """Granted to `parties` while the inspection is at one of `stages`.

    `own_case`: to these only on what is their own: a case allocated to them, a concern that they raised, a meeting that
    they attend.

    `also` grants the same to others at other stages.
    """

    name: str
    parties: frozenset[str]
    stages: frozenset[str]
    own_case: frozenset[str] = frozenset()
    also: "Permission | None" = None

    def given_to(self, parties: frozenset[str], stage: str, *, own: bool = True) -> bool:
        """`own`: the case or the concern is theirs, or it is about neither."""
        able = self.parties if own else self.parties - self.own_case
        given = stage in self.stages and bool(able & parties)
        return given or (self.also is not None and self.also.given_to(parties, stage, own=own))


@dataclass(frozen=True)
class OfficePermission:
    """Granted to people of these `roles` at the Inspectorate (accounts.models.Role), on whatever inspections."""

    name: str
    roles: frozenset[str]


STAFF = frozenset(Role) - {Role.SERVICE_CONTACT}

SEE_LIST = OfficePermission("see the list of one's inspections", STAFF)
CREATE_INSPECTION = OfficePermission("create an inspection", frozenset({Role.HEAD}))
OWN_INTERESTS = OfficePermission("declare one's interests", STAFF)
FIND_READS_TO_CHECK = OfficePermission("find case reads to check", frozenset({Role.QUALITY_ASSURER, Role.INSPECTOR}))
SEE_CONSISTENCY = OfficePermission(
    "see how far two reads agree", frozenset({Role.QUALITY_ASSURER, Role.INSPECTOR, Role.HEAD})
)
SEE_REACTIVE = OfficePermission("see what reactive inspections may follow", frozenset({Role.HEAD}))
OWN_UNSENT = OfficePermission("open one's own unsent answers", STAFF)
OWN_CALENDAR = OfficePermission("have one's own timetable in a calendar", STAFF)
OWN_NOTIFICATIONS = OfficePermission("read one's notifications", frozenset(Role))
SEE_PROGRAMME = OfficePermission("see the programme, and who is where", frozenset({Role.HEAD}))
KEEP_CALENDAR = OfficePermission("keep the bank holidays", frozenset({Role.ADMINISTRATOR}))

MAY_BE: dict[str, frozenset[str]] = {
    Role.INSPECTOR: frozenset({LEAD, DEPUTY, ASSISTANT, PANEL_CHAIR, PANEL_MEMBER, QUALITY_ASSURER}),
    Role.HEAD: frozenset({PANEL_CHAIR, PANEL_MEMBER}),
    Role.QUALITY_ASSURER: frozenset({PANEL_CHAIR, PANEL_MEMBER, QUALITY_ASSURER}),
    Role.LOCAL_ASSESSOR: frozenset({LOCAL_ASSESSOR}),
}
"""What people of a role at the Inspectorate may be on a team; the other roles are on none."""

ALL = frozenset(STAGES)
INSPECTORS = frozenset({LEAD, DEPUTY, ASSISTANT, HEAD})
QUALITY = frozenset({QUALITY_ASSURER})
TEAM = INSPECTORS | QUALITY
SERVICE_PARTY = frozenset({SERVICE_CONTACT})
BEFORE_RATING = frozenset({"announced", "fieldwork"})
READING = frozenset({LEAD, DEPUTY, ASSISTANT, LOCAL_ASSESSOR})
PANEL = frozenset({PANEL_CHAIR, PANEL_MEMBER})


def planning(name: str, parties: frozenset[str], stages: frozenset[str]) -> Permission:
    """Quality assurers work on every inspection, but when one is planned is not for them to know."""
    return Permission(name, parties, stages, also=Permission(name, QUALITY, since("fieldwork")))


SEE_INSPECTION = planning("see the inspection", INSPECTORS | PANEL, ALL)
SEE_TEAM = planning("see the team", INSPECTORS | PANEL, ALL)
MANAGE_TEAM = Permission("manage the team", frozenset({LEAD, HEAD}), until("rating"))
MOVE_ON = Permission("announce the inspection and start fieldwork", frozenset({LEAD, HEAD}), until("announced"))
CLOSE_FIELDWORK = Permission("close fieldwork", frozenset({LEAD, HEAD}), frozenset({"fieldwork"}))
SEE_TIMELINE = planning("see the timeline", INSPECTORS | PANEL, ALL)
RECORD_STEP = Permission("record a step of the timeline", frozenset({LEAD, HEAD}), since("announced"))
CHANGE_DATE = Permission("change a date of the timeline", frozenset({LEAD, HEAD}), since("announced"))
SEE_ALERT = Permission("see the organisational alert", frozenset({LEAD, HEAD}), since("fieldwork"))
RAISE_ALERT = Permission("raise an organisational alert", frozenset({LEAD}), since("fieldwork"))
SETTLE_ALERT = Permission("confirm an organisational alert", frozenset({HEAD}), since("fieldwork"))
DECIDE_REACTIVE = Permission("decide whether a reactive inspection follows", frozenset({HEAD}), since("fieldwork"))
SEE_LOG = Permission("see the log", frozenset({LEAD, HEAD}), ALL)

SEE_REQUESTS = planning("see what the service is asked for", INSPECTORS, since("announced"))
ASK_FOR_EVIDENCE = Permission(
    "ask the service for evidence", frozenset({LEAD, DEPUTY}), frozenset({"announced", "fieldwork"})
)
SEE_SENT_EVIDENCE = Permission(
    "see a file of evidence",
    INSPECTORS | {SERVICE_CONTACT},
    since("announced"),
    also=Permission("see a file of evidence", QUALITY, since("fieldwork")),
)

SEE_SAMPLE = planning("see the sample", INSPECTORS, since("announced"))
DRAW_SAMPLE = Permission("draw and allocate the sample", frozenset({LEAD}), frozenset({"announced", "fieldwork"}))
SEE_TIMETABLE = planning("see the timetable", INSPECTORS | {LOCAL_ASSESSOR}, since("announced"))
PLAN_TIMETABLE = Permission(
    "plan the timetable and send it", frozenset({LEAD, DEPUTY}), frozenset({"announced", "fieldwork"})
)
RECORD_SLOT = Permission(
    "record what became of a slot of the timetable",
    frozenset({LEAD, DEPUTY, ASSISTANT, LOCAL_ASSESSOR}),
    frozenset({"fieldwork"}),
)
DECLARE_WORKER = Permission("say which workers one knows", READING, frozenset({"announced", "fieldwork"}))
SEE_PROGRESS = Permission("see progress", TEAM, since("fieldwork"))
NUDGE_READER = Permission("ask how a case read is coming on", frozenset({LEAD, DEPUTY, HEAD}), frozenset({"fieldwork"}))
SEE_CASE = Permission(
    "see a case read",
    TEAM,
    since("fieldwork"),
    also=Permission(
        "see a case read",
        frozenset({LOCAL_ASSESSOR}),
        frozenset({"fieldwork"}),
        own_case=frozenset({LOCAL_ASSESSOR}),
    ),
)
READ_CASE = Permission(
    "answer a case read", READING | QUALITY, frozenset({"fieldwork"}), own_case=READING | QUALITY
)  # a quality assurer's own cases are second reads only: cases.queries.cases.may
TAKE_OVER_CASE = Permission("take over a case read", frozenset({LEAD}), frozenset({"fieldwork"}))
REOPEN_CASE = Permission("open a sent case read again", frozenset({LEAD}), frozenset({"fieldwork"}))
ASK_TO_REOPEN = Permission("ask to reopen a sent case read", READING, frozenset({"fieldwork"}), own_case=READING)

CHECK_READ = Permission("check a case read", QUALITY | {LEAD}, since("fieldwork"))
ASK_QUERY = Permission("ask a question about an answer", QUALITY | {LEAD}, frozenset({"fieldwork", "rating"}))
SEE_QUERIES = Permission(
    "see queries",
    TEAM,
    since("fieldwork"),
    also=Permission("see queries", frozenset({LOCAL_ASSESSOR}), frozenset({"fieldwork"})),
)
REPLY_TO_QUERY = Permission(
    "reply to a query",
    READING - {LOCAL_ASSESSOR},
    frozenset({"fieldwork", "rating"}),
    own_case=READING - {LOCAL_ASSESSOR},
    also=Permission(
        "reply to a query", frozenset({LOCAL_ASSESSOR}), frozenset({"fieldwork"}), own_case=frozenset({LOCAL_ASSESSOR})
    ),
)
CHANGE_SENT_ANSWER = Permission(
    "change an answer that is asked about", READING, frozenset({"fieldwork"}), own_case=READING
)
START_SECOND_READ = Permission("start a second read", QUALITY | {LEAD}, frozenset({"fieldwork"}))
COMPARE_READS = Permission(
    "compare two reads",
    QUALITY | {LEAD, DEPUTY, ASSISTANT},
    since("fieldwork"),
    own_case=frozenset({DEPUTY, ASSISTANT}),
    also=Permission(
        "compare two reads", frozenset({LOCAL_ASSESSOR}), frozenset({"fieldwork"}), own_case=frozenset({LOCAL_ASSESSOR})
    ),
)

SEE_DISCUSSION = Permission(
    "see a multi-agency discussion",
    TEAM,
    since("fieldwork"),
    also=Permission("see a multi-agency discussion", PANEL, since("rating")),
)
SETTLE_REVIEW = Permission(
    "accept a review of the service or return it", frozenset({LEAD, DEPUTY, ASSISTANT}), frozenset({"fieldwork"})
)
WRITE_DISCUSSION = Permission(
    "write up a multi-agency discussion", frozenset({LEAD, DEPUTY, ASSISTANT}), frozenset({"fieldwork"})
)
RAISE_CONCERN = Permission(
    "raise a concern about a child or victim",
    TEAM,
    since("fieldwork"),
    also=Permission(
        "raise a concern about a child or victim",
        frozenset({LOCAL_ASSESSOR}),
        frozenset({"fieldwork", "rating"}),
        own_case=frozenset({LOCAL_ASSESSOR}),
    ),
)
SEE_CONCERN = Permission(
    "see a concern and add that the service was told",
    TEAM,
    since("fieldwork"),
    own_case=frozenset({ASSISTANT, QUALITY_ASSURER}),
    also=Permission(
        "see a concern and add that the service was told",
        frozenset({LOCAL_ASSESSOR}),
        frozenset({"fieldwork", "rating"}),
        own_case=frozenset({LOCAL_ASSESSOR}),
    ),
)
ACKNOWLEDGE_CONCERN = Permission("list and acknowledge concerns", frozenset({LEAD, DEPUTY, HEAD}), since("fieldwork"))

SEE_MEETINGS = Permission(
    "see notes of meetings",
    TEAM,
    since("fieldwork"),
    also=Permission(
        "see notes of meetings",
        frozenset({LOCAL_ASSESSOR}),
        frozenset({"fieldwork"}),
        own_case=frozenset({LOCAL_ASSESSOR}),
    ),
)
LIST_MEETINGS = Permission(
    "list meetings",
    TEAM,
    since("fieldwork"),
    also=Permission("list meetings", frozenset({LOCAL_ASSESSOR}), frozenset({"fieldwork"})),
)  # a local assessor finds those that they attend
WRITE_MEETINGS = Permission(
    "write notes of meetings", READING, frozenset({"fieldwork"}), own_case=frozenset({LOCAL_ASSESSOR})
)  # a local assessor: of the slots that they attend
SEE_VOICES = Permission("see the daily catch-up and participation", TEAM, since("fieldwork"))
WRITE_VOICES = Permission(
    "write up the daily catch-up and participation", frozenset({LEAD, DEPUTY, ASSISTANT}), frozenset({"fieldwork"})
)
SEE_THEMES = Permission("see themes", TEAM, since("fieldwork"), also=Permission("see themes", PANEL, since("rating")))
SEE_EVIDENCE = Permission(
    "see evidence and findings",
    TEAM,
    since("fieldwork"),
    also=Permission("see evidence and findings", PANEL, since("rating")),
)
WRITE_EVIDENCE = Permission(
    "add evidence, and draft, agree and merge findings",
    frozenset({LEAD, DEPUTY, ASSISTANT}),
    frozenset({"fieldwork", "rating"}),
)

SEE_RATINGS = Permission(
    "see provisional ratings",
    frozenset({LEAD, DEPUTY, HEAD}),
    since("fieldwork"),
    also=Permission("see provisional ratings", PANEL, since("rating")),
)
SEE_MEETING = Permission("see the rating meeting", frozenset({LEAD, DEPUTY, HEAD}) | PANEL, since("rating"))
DECIDE = Permission("record the meeting's decisions", frozenset({LEAD, PANEL_CHAIR}), frozenset({"rating"}))
BUILD_PACK = Permission("build the panel pack", frozenset({LEAD, DEPUTY, PANEL_CHAIR}), since("rating"))
SIGN = Permission("sign off the ratings", frozenset({LEAD, PANEL_CHAIR}), frozenset({"rating"}))
REOPEN_RATINGS = Permission("open signed ratings again", frozenset({HEAD}), since("signed"))
SEE_OUTCOME = Permission("see the signed outcome", TEAM | PANEL, since("signed"))
TELL_SERVICE = Permission("tell the service", frozenset({LEAD, HEAD}), frozenset({"signed"}))

SEE_SERVICE_HOME = Permission("see the service's own page", frozenset({SERVICE_CONTACT}), since("announced"))
SEE_OWN_REQUESTS = Permission("see what one is asked for", frozenset({SERVICE_CONTACT}), since("announced"))
SEND_EVIDENCE = Permission("send evidence", frozenset({SERVICE_CONTACT}), frozenset({"announced", "fieldwork"}))
SEE_SENT_TIMETABLE = Permission("see the timetable that was sent", frozenset({SERVICE_CONTACT}), since("announced"))
SEND_CASELOAD = Permission("send the caseload", frozenset({SERVICE_CONTACT}), frozenset({"announced", "fieldwork"}))
SEE_REVIEW = Permission("see the service's own review", frozenset({SERVICE_CONTACT}), since("announced"))
WRITE_REVIEW = Permission(
    "write the review before a discussion", frozenset({SERVICE_CONTACT}), frozenset({"announced", "fieldwork"})
)
MANAGE_CONTACTS = Permission("say which colleagues can use the service's pages", SERVICE_PARTY, since("announced"))
CHOOSE_LANGUAGE = Permission("choose one's language and say what one needs", SERVICE_PARTY, since("announced"))
LIST_PEOPLE = Permission("list the people whom the team will meet", SERVICE_PARTY, BEFORE_RATING)
ASK_FOR_CHANGE = Permission("ask for a change of the timetable", SERVICE_PARTY, BEFORE_RATING)
SEE_CONTACTS = Permission("see the contacts at the service", INSPECTORS, ALL)
SEE_PEOPLE = Permission("see the people whom the team will meet", INSPECTORS, since("announced"))
SEE_RELEASED_OUTCOME = Permission("see the released outcome", frozenset({SERVICE_CONTACT}), since("told"))
SEE_ANNOUNCEMENT = Permission("see the announcement", INSPECTORS, ALL)
SEE_PLANNING_MEETING = Permission("see the notes of the planning meeting", INSPECTORS, since("announced"))
WRITE_PLANNING_MEETING = Permission(
    "write the notes of the planning meeting", frozenset({LEAD, DEPUTY, ASSISTANT}), BEFORE_RATING
)
