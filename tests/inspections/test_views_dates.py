"""Changing a date of the timeline over HTTP: what is seen before, what is done, who agrees, who is told."""

from datetime import date

import pytest

from accounts.models import AuditEvent
from inspections.actions import reach_stage
from inspections.models import DateChange, Notification
from tests.pages import text_of

PAGE = "/inspections/YI-27-001/timeline/"
DRAFT = f"{PAGE}draft_report/change/"
PUBLICATION = f"{PAGE}publication/change/"
SAID = {"day": "15 July 2027", "why": "people", "reason": "Two people are away"}
# Fieldwork ends on 11 June 2027: the draft is sent on 12 July, comments are due on 19 July, publication is 20 August.
MOVES = ["factual_accuracy_due:2027-07-22", "sos_copy:2027-08-18", "publication:2027-08-25"]


@pytest.fixture
def announced(client, people, inspection, settings):
    """On Friday 14 May 2027; the lead is signed in."""
    settings.CLOCK = "2027-05-14T09:00"
    inspection.service.contacts.create(person=people.contact)
    reach_stage(inspection=inspection, stage="announced", by=people.head)
    client.force_login(people.lead)
    return inspection


def dates(inspection) -> dict[str, date]:
    return dict(inspection.timeline.values_list("step", "anticipated"))


def confirm(client, address=DRAFT, kept=(), **said):
    moves = [pair.partition(":")[0] for pair in MOVES]
    ticked = [code for code in moves if code not in kept]
    return client.post(address, SAID | {"shown": ",".join(MOVES), "moves": ticked, "confirm": "1"} | said, follow=True)


def test_the_knock_on_is_shown_before_anything_changes(client, announced):
    before = dates(announced)
    page = text_of(client.post(DRAFT, SAID).content.decode())
    assert "Comments on factual accuracy due: from Monday 19 July 2027 to Thursday 22 July 2027, by its rule" in page
    assert "Report published: from Friday 20 August 2027 to Wednesday 25 August 2027" in page
    assert (dates(announced), DateChange.objects.count()) == (before, 0)


def test_w13_the_draft_moves_and_publication_stays(client, people, announced):
    """Walk-through W13: the lead keeps publication where it is; the planned column stays; service and head are told."""
    said = {"shown": ",".join(MOVES), "moves": ["factual_accuracy_due", "sos_copy"], "confirm": "1"}
    again = client.post(DRAFT, SAID | said)
    assert "The dates below have been worked out again. Check them, then confirm." in text_of(again.content.decode())
    assert DateChange.objects.count() == 0
    said |= {"shown": again.context["shown"], "moves": ["factual_accuracy_due"]}
    assert "Draft report sent to the service: now Thursday 15 July 2027." in text_of(
        client.post(DRAFT, SAID | said, follow=True).content.decode()
    )
    now = dates(announced)
    assert [now[code] for code in ("draft_report", "factual_accuracy_due", "publication")] == [
        date(2027, 7, 15),
        date(2027, 7, 22),
        date(2027, 8, 20),
    ]
    assert announced.timeline.get(step="draft_report").planned == date(2027, 7, 12)
    told = dict(Notification.objects.filter(key__contains="date change").values_list("person__name", "text"))
    assert told["Head"] == "Draft report sent to the service: now Thursday 15 July 2027. Reading, YI-27-001"
    assert told["Contact"] == "Dates of your inspection have changed. YI-27-001"
    page = text_of(client.get(PAGE).content.decode())
    assert "Changed: somebody is away. Two people are away" in page
    event = AuditEvent.objects.latest("id")
    assert (event.verb, event.detail["dates"]) == (
        "changed a date",
        {
            "Draft report sent to the service": "Monday 12 July 2027 to Thursday 15 July 2027",
            "Comments on factual accuracy due": "Monday 19 July 2027 to Thursday 22 July 2027",
        },
    )


def test_the_service_sees_only_the_new_date(client, people, announced):
    confirm(
        client,
        kept=["publication", "sos_copy"],
        shown=",".join([MOVES[0], "sos_copy:2027-08-13", "publication:2027-08-20"]),
    )
    client.force_login(people.contact)
    page = text_of(client.get("/service/YI-27-001/").content.decode())
    assert "Thursday 15 July 2027" in page
    assert [word in page for word in ("12 July", "away", "Changed")] == [False, False, False]


def test_a_new_publication_date_waits_for_the_other_of_lead_and_head(client, people, announced):
    before = dates(announced)
    said = {
        "day": "25 August 2027",
        "discussed_on": "13 May 2027",
        "shown": "sos_copy:2027-08-18",
        "moves": ["sos_copy"],
    }
    page = text_of(confirm(client, PUBLICATION, **said).content.decode())
    assert "The other of you two is asked to agree." in page
    assert dates(announced) == before
    change = DateChange.objects.get()
    agree = f"{PAGE}changes/{change.pk}/agree/"
    assert "You asked for this change." in text_of(client.post(agree, follow=True).content.decode())
    client.force_login(people.head)
    assert "Agree to this change" in text_of(client.get(PAGE).content.decode())
    assert "The date is changed." in text_of(client.post(agree, follow=True).content.decode())
    assert dates(announced) == before | {"publication": date(2027, 8, 25), "sos_copy": date(2027, 8, 18)}
    change.refresh_from_db()
    assert (change.asked_by, change.agreed_by) == (people.lead, people.head)
    assert client.post(agree).status_code == 404


@pytest.mark.parametrize("name", ["lead", "head"])
def test_a_waiting_change_is_taken_back_or_refused_and_nothing_moves(client, people, announced, name):
    before = dates(announced)
    said = {
        "day": "25 August 2027",
        "discussed_on": "13 May 2027",
        "shown": "sos_copy:2027-08-18",
        "moves": ["sos_copy"],
    }
    confirm(client, PUBLICATION, **said)
    client.force_login(getattr(people, name))
    client.post(f"{PAGE}changes/{DateChange.objects.get().pk}/drop/")
    assert dates(announced) == before
    assert DateChange.objects.get().dropped_by == getattr(people, name)


def test_while_one_waits_no_other_date_is_changed(client, announced):
    said = {
        "day": "25 August 2027",
        "discussed_on": "13 May 2027",
        "shown": "sos_copy:2027-08-18",
        "moves": ["sos_copy"],
    }
    confirm(client, PUBLICATION, **said)
    page = text_of(confirm(client, discussed_on="13 May 2027").content.decode())
    assert "A change of report published waits for agreement. Settle that first" in page
    assert DateChange.objects.count() == 1


def test_what_was_agreed_to_is_refused_where_the_dates_have_moved_since(client, people, announced):
    said = {
        "day": "25 August 2027",
        "discussed_on": "13 May 2027",
        "shown": "sos_copy:2027-08-18",
        "moves": ["sos_copy"],
    }
    confirm(client, PUBLICATION, **said)
    announced.timeline.filter(step="sos_copy").update(anticipated=date(2027, 8, 12))
    client.force_login(people.head)
    agree = f"{PAGE}changes/{DateChange.objects.get().pk}/agree/"
    page = text_of(client.post(agree, follow=True).content.decode())
    assert "The dates have changed since this was asked for. Drop it, and ask again." in page
    assert dates(announced)["publication"] == date(2027, 8, 20)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"day": ""}, "Enter a date, like 3 March 2027"),
        ({"day": "17 July 2027"}, "Saturday 17 July 2027 is at a weekend. Choose a working day"),
        ({"day": "30 August 2027"}, "Monday 30 August is a bank holiday. Choose a working day"),
        ({"day": "13 May 2027"}, "Thursday 13 May 2027 is in the past. Enter a day from today on"),
        ({"why": ""}, "Say why the date has changed"),
        ({"reason": ""}, "Say in a few words what has happened"),
        ({"reason": "x" * 501}, "The reason must be 500 characters or fewer"),
        ({}, "Enter the day on which the new publication date was discussed with the service"),
        ({"discussed_on": "1 June 2027"}, "Enter a day that has come: it is the day on which it was discussed"),
        ({"shown": "\0"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, announced, said, sentence):
    before = dates(announced)
    page = confirm(client, **said).content.decode()
    assert sentence in text_of(page)
    assert (SAID | said)["reason"][:19] in page
    assert dates(announced) == before


@pytest.mark.parametrize("step", ["fieldwork_start", "announcement", "nothing"])
def test_what_hangs_on_the_week_of_fieldwork_or_has_happened_has_no_such_page(client, announced, step):
    assert client.get(f"{PAGE}{step}/change/").status_code == 404
