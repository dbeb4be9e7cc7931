"""The columns of a caseload list, and which of a service's own columns they are likely to be."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache


@dataclass(frozen=True)
class Column:
    """`field` is where the cell goes, `heading` what the template calls it. `asked`: the template has it."""

    field: str
    heading: str
    hint: str
    required: bool = True
    longest: int = 60
    asked: bool = True

    @property
    def words(self) -> str:
        return self.heading.replace("_", " ")


REFERENCE = Column("local_reference", "local_reference", "The service's own reference for the case, once in the list")
BIRTH = Column("date_of_birth", "date_of_birth", "Such as 23/04/2010 or 2010-04-23")
SEX = Column("sex", "sex", "As the service records it", longest=20)
ETHNICITY = Column("ethnicity", "ethnicity", "As the service records it")
TEAM = Column("team", "team", "The team that holds the case", required=False)
START = Column("started_on", "start_date", "When the work began, such as 23/04/2025")
FAMILY_NAME = Column(
    "family_name",
    "family_name",
    "Only where the list has the family name in a column of its own",
    required=False,
    longest=60,
    asked=False,
)
END = Column("ended_on", "end_date", "When the work ended; blank while it goes on", required=False)

COLUMNS = {
    "child": (
        REFERENCE,
        Column(
            "name", "name", "The child's name: used to find the same child twice and conflicts of interest", longest=120
        ),
        FAMILY_NAME,
        BIRTH,
        SEX,
        ETHNICITY,
        Column("work_type", "work_type", "Court, Out of court, Bail and remand or Resettlement"),
        TEAM,
        Column("worker", "case_manager", "The case manager", longest=120),
        START,
        END,
        Column("care_experienced", "care_experienced", "Yes, No or blank", required=False),
        Column("welsh_speaking", "welsh_speaking", "Yes, No or blank", required=False),
    ),
    "victim": (
        REFERENCE,
        Column("name", "name", "The victim's name: used to find the same victim twice", required=False, longest=120),
        FAMILY_NAME,
        Column("child_reference", "child_reference", "The service's own reference for the child"),
        Column("worker", "victim_worker", "The victim worker", longest=120),
        START,
        END,
        TEAM,
        replace(SEX, required=False),
        replace(ETHNICITY, required=False),
        replace(BIRTH, required=False),
        Column("welsh_speaking", "welsh_speaking", "Yes, No or blank", required=False),
    ),
}

# What services call these columns, beside what the template calls them. Letters and digits alone count.
SYNONYMS = {
    "local_reference": """
        reference; ref; local ref; case reference; case ref; case id; case number; id; unique id; child id;
        person id; young person id; yp id; victim id; victim reference; victim ref; yjs reference; system id;
        record number; cyfeirnod
    """,
    "name": """
        full name; child name; child's name; name of child; young person; young person name; young person's
        name; yp name; victim name; victim's name; name of victim; first name; forename; forenames; given name;
        first names; enw
    """,
    "family_name": "surname; last name; second name; cyfenw",
    "date_of_birth": "dob; d.o.b.; birth date; birthdate; birthday; born; date born; dyddiad geni",
    "sex": "gender; sex at birth; gender identity; rhyw; rhywedd",
    "ethnicity": "ethnic group; ethnic origin; self-defined ethnicity; ethnic code; ethnicity description; ethnigrwydd",
    "work_type": """
        type of work; work; case type; type of case; order type; type of order; intervention type; type of
        intervention; programme type; disposal type; outcome type; legal status; math o waith
    """,
    "team": "team name; area; locality; office; hub; tîm; tim",
    "worker": """
        worker; caseworker; case worker; case manager name; officer; yjs officer; yot officer; allocated worker;
        key worker; allocated to; practitioner; lead practitioner; victim liaison officer; vlo; victim officer;
        rj worker; restorative justice worker; victim worker name; rheolwr achos
    """,
    "child_reference": """
        child ref; child id; child's reference; linked child; linked case; linked case reference; young person
        reference; young person id; yp id; case reference; case id
    """,
    "started_on": """
        start; started; date started; started on; start of work; order start; order start date; date of order;
        began; intervention start; intervention start date; programme start date; opened; date opened; referral
        date; case start date; dyddiad dechrau
    """,
    "ended_on": """
        end; ended; date ended; ended on; end of work; order end; order end date; intervention end; intervention
        end date; programme end date; closed; date closed; closure date; case end date; finish date; dyddiad
        gorffen
    """,
    "care_experienced": """
        care experience; care experienced child; looked after; looked after child; child looked after; lac; cla;
        in care; care status
    """,
    "welsh_speaking": "welsh speaker; speaks welsh; welsh language; welsh; siarad cymraeg; cymraeg",
}
# A victim's list speaks of the child too; there these words are about the child.
ABOUT_THE_CHILD = re.compile(r"(case|child|young person|yp)\b.*|name of child")


def words(cell: str) -> str:
    """A heading as it is compared: Date_of_birth, “date of birth” and DATE OF BIRTH: are one."""
    return re.sub(r"[\W_]+", " ", cell).strip().casefold()


@cache
def names_of(column: Column, kind: str) -> tuple[str, ...]:
    """What the column may be called, the likeliest first."""
    found = tuple(words(synonym) for synonym in SYNONYMS.get(column.field, "").split(";"))
    if kind == "victim" and column.field in {"local_reference", "name"}:
        found = tuple(name for name in found if not ABOUT_THE_CHILD.fullmatch(name))
    return words(column.heading), *found


def guess(headings: Sequence[str], kind: str) -> dict[str, int]:
    """By field, the place of the column that it is likely to be. No place is taken twice."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        places.setdefault(words(heading), place)
    found: dict[str, int] = {}
    for nth in range(max(len(names_of(column, kind)) for column in COLUMNS[kind])):
        for column in COLUMNS[kind]:
            names = names_of(column, kind)
            chosen = places.get(names[nth]) if nth < len(names) else None
            if chosen is not None and column.field not in found and chosen not in found.values():
                found[column.field] = chosen
    return found


def missing(matching: Mapping[str, int], kind: str) -> list[Column]:
    """Columns that a list must have and that nothing was chosen for."""
    return [column for column in COLUMNS[kind] if column.required and column.field not in matching]


def not_found(column: Column) -> str:
    return f"We could not find a column for {column.words}. Choose one or leave the list and add it"


def labels(headings: Iterable[str]) -> list[str]:
    """What each column is called where one is chosen: by its letter too where the heading alone does not tell."""
    listed = list(headings)
    alone = {heading for heading in listed if heading and listed.count(heading) == 1}
    return [
        heading[:60] if heading in alone else f"{heading[:60] or 'No heading'} (column {letter(place)})"
        for place, heading in enumerate(listed)
    ]


def letter(place: int) -> str:
    """As a spreadsheet names its columns: A, B, … Z, AA."""
    return (letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def template(kind: str) -> str:
    """The first line of a list that has every column that is asked for."""
    return ",".join(column.heading for column in COLUMNS[kind] if column.asked) + "\r\n"
