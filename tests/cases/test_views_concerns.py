"""Concerns over HTTP: raising one, reading it, acknowledging it, and the list of them."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from cases.actions.concerns import acknowledge
from cases.models import Case, Concern, Told
from inspections.models import Inspection, OutgoingMail
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import fetch, form_on, text_of

CASE = "/inspections/YI-27-001/cases/C-01/"
RAISE = f"{CASE}concern/"
NOT_YET = {"what_you_saw": "Bruises on both arms", "has_the_service_been_told": "not_yet", "day_told": "8 June 2027"}
TOLD = NOT_YET | {"has_the_service_been_told": "yes", "who_was_told": "Team manager, Jo", "time_told": "9.30am"}


@pytest.fixture
def case(people, settings) -> Case:
    settings.CLOCK = "2027-06-08T10:42"
    return sampled_cases(inspection_with_team(people, ref="YI-27-001"), count=1, reader=people.assistant)[0]


@pytest.fixture
def concern(people, case) -> Concern:
    return make(people.assistant, case)


def make(by, case, **fields) -> Concern:
    said = {"once": uuid4(), "seen": "Bruises on both arms", "told": Told.NOT_YET, "raised_at": clock.now()}
    return Concern.objects.create(case=case, raised_by=by, **(said | fields))


def place(concern, rest="") -> str:
    return f"{CASE}concerns/{concern.pk}/{rest}"


def post(client, person, url, fields):
    client.force_login(person)
    return client.post(url, fields)


def problems(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def test_a_reader_raises_one_and_the_lead_sees_it_first_on_their_day(client, people, case):
    page = fetch(client, people.assistant, RAISE)
    response = client.post(RAISE, form_on(page) | NOT_YET)
    concern = Concern.objects.get()
    assert response.url == place(concern)
    client.force_login(people.lead)
    first = client.get("/").context["tasks"][0]
    assert (first["text"], first["status"], first["colour"], first["href"]) == (
        "Acknowledge a concern about C-01: the service has not been told",
        "There is a problem",
        "red",
        place(concern),
    )
    assert OutgoingMail.objects.count() == 2


def test_who_was_told_and_when_is_kept(client, people, case):
    post(client, people.assistant, RAISE, TOLD)
    concern = Concern.objects.get()
    assert (concern.told_whom, concern.told_at) == (
        "Team manager, Jo",
        datetime(2027, 6, 8, 9, 30, tzinfo=clock.LONDON),
    )
    assert "Team manager, Jo was told on Tuesday 8 June 2027 at 9:30am." in text_of(
        fetch(client, people.lead, place(concern))
    )


def test_what_to_do_is_said_while_the_service_does_not_know(client, people, case, concern):
    page = text_of(fetch(client, people.lead, place(concern)))
    assert "The service has not been told yet." in page
    post(client, people.lead, place(concern, "told/"), {"who_was_told": "Jo", "day_told": "today", "time_told": "9am"})
    post(
        client, people.lead, place(concern, "told/"), {"who_was_told": "Jo", "day_told": "8/6/2027", "time_told": "9am"}
    )
    page = text_of(fetch(client, people.lead, place(concern)))
    assert ("The service has not been told yet." in page, concern.notes.count()) == (False, 1)
    assert "Jo was told on Tuesday 8 June 2027 at 9:00am. Recorded by Lead." in page


WRONG = [
    ({"what_you_saw": " "}, {"what_you_saw": ["Say what you have seen or heard"]}),
    ({"what_you_saw": "x" * 20_001}, {"what_you_saw": ["This must be 20,000 characters or fewer"]}),
    (
        {"has_the_service_been_told": ""},
        {"has_the_service_been_told": ["Say who at the service was told, or select Not yet"]},
    ),
    (
        {"has_the_service_been_told": "maybe"},
        {"has_the_service_been_told": ["Say who at the service was told, or select Not yet"]},
    ),
    (
        {"has_the_service_been_told": "not_yet"},
        {"has_the_service_been_told": ["You wrote who was told. Select Yes, or remove their name"]},
    ),
    ({"who_was_told": ""}, {"who_was_told": ["Say who was told: their role and their name"]}),
    ({"who_was_told": "x" * 201}, {"who_was_told": ["This must be 200 characters or fewer"]}),
    ({"day_told": ""}, {"day_told": ["Enter a date, like 3 March 2027"]}),
    ({"time_told": ""}, {"time_told": ["Enter a time, like 10:40am or 14:20"]}),
    ({"time_told": "10:43am"}, {"time_told": ["This is in the future. Check the day and the time"]}),
]


@pytest.mark.parametrize(("change", "expected"), WRONG)
def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays(client, people, case, change, expected):
    typed = TOLD | change | {"once": str(uuid4())}
    response = post(client, people.assistant, RAISE, typed)
    assert (problems(response), Concern.objects.count()) == (expected, 0)
    shown = form_on(response.content.decode())
    assert shown["once"] == typed["once"]
    assert shown.get("what_you_saw", "").strip() == typed["what_you_saw"].strip()
    assert "<title>Error: Raise a concern, case C-01" in response.content.decode()


def test_a_form_without_anything_says_everything(client, people, case):
    response = post(client, people.assistant, RAISE, {})
    assert sorted(problems(response)) == ["has_the_service_been_told", "what_you_saw"]


@pytest.mark.parametrize("text", ["Bruises\0 on arms", "Anwen Ŵ 🙂 \u202e", "<script>alert(1)</script>", "x" * 20_000])
def test_whatever_is_typed_is_kept_and_shown_as_text(client, people, case, text):
    assert post(client, people.assistant, RAISE, NOT_YET | {"what_you_saw": text}).status_code == 302
    concern = Concern.objects.get()
    assert concern.seen == text.replace("\0", "")
    assert "<script>alert" not in fetch(client, people.lead, place(concern))


def test_pressing_twice_makes_one(client, people, case):
    typed = NOT_YET | {"once": str(uuid4())}
    addresses = {post(client, people.assistant, RAISE, typed).url for _ in range(2)}
    assert addresses == {place(Concern.objects.get())}


def test_going_back_and_changing_it_offers_to_raise_another(client, people, case):
    typed = NOT_YET | {"once": str(uuid4())}
    post(client, people.assistant, RAISE, typed)
    changed = typed | {"what_you_saw": "And she is afraid to go home"}
    page = post(client, people.assistant, RAISE, changed).content.decode()
    assert "This form was already sent with other words" in page
    again = form_on(page)
    assert (again["what_you_saw"], again["once"] != typed["once"]) == ("And she is afraid to go home", True)
    post(client, people.assistant, RAISE, again)
    assert Concern.objects.count() == 2


def test_a_form_with_an_id_that_cannot_be_read_is_taken_all_the_same(client, people, case):
    post(client, people.assistant, RAISE, NOT_YET | {"once": "x"})
    assert isinstance(Concern.objects.get().once, UUID)


def test_a_form_sent_after_the_session_gives_the_text_back(client, case):
    response = client.post(RAISE, NOT_YET | {"once": str(uuid4())})
    assert (response.status_code, Concern.objects.count()) == (401, 0)
    page = response.content.decode()
    assert ("Bruises on both arms" in page, "Once" in page) == (True, False)


def test_a_local_assessor_can_raise_one_after_fieldwork_about_their_own_case(client, people, case):
    Case.objects.update(reader=people.assessor)
    Inspection.objects.update(stage="rating")
    assert "Back to the case" not in fetch(client, people.assessor, RAISE)
    assert client.get(client.post(RAISE, NOT_YET).url).status_code == 200


def test_whoever_lost_the_case_while_typing_gets_the_text_back(client, people, case):
    response = post(client, people.assessor, RAISE, NOT_YET)
    assert (response.status_code, Concern.objects.count()) == (404, 0)
    assert "Bruises on both arms</textarea>" in response.content.decode()


@pytest.mark.parametrize("state", ["sent", "rating", "told"])
def test_it_can_be_raised_after_the_read_is_sent_and_later(client, people, case, state):
    if state == "sent":
        Case.objects.update(sent_at=clock.now(), sent_by=people.assistant)
    else:
        Inspection.objects.update(stage=state)
    assert post(client, people.assistant, RAISE, NOT_YET).status_code == 302


def test_a_second_read_has_its_own(client, people, case):
    Case.reads.create(
        inspection=case.inspection,
        kind=case.kind,
        ref="C-01-2",
        row=case.row,
        draw=case.draw,
        reader=people.quality,
        second_of=case,
    )
    response = post(client, people.quality, "/inspections/YI-27-001/cases/C-01-2/concern/", NOT_YET)
    assert Concern.objects.get().case.ref == "C-01-2"
    assert client.get(response.url).status_code == 200


def test_the_pages_of_the_case_lead_to_it(client, people, case):
    for page in (CASE, f"{CASE}read/2.1/"):
        assert f'href="{RAISE}">Raise a concern</a>' in fetch(client, people.assistant, page)


@pytest.mark.parametrize("name", ["lead", "deputy", "head", "assistant"])
def test_those_who_may_read_it_find_it_on_the_case(client, people, case, concern, name):
    assert place(concern) in fetch(client, getattr(people, name), CASE)


@pytest.mark.parametrize("name", ["second_assistant", "quality"])
def test_others_of_the_team_do_not_know_of_it(client, people, case, concern, name):
    assert "/concerns/" not in fetch(client, getattr(people, name), CASE)
    assert client.get(place(concern)).status_code == 404


def test_under_another_case_or_number_it_does_not_exist(client, people, case, concern):
    client.force_login(people.lead)
    other = place(concern).replace("C-01", "C-02")
    assert [
        client.get(url).status_code for url in (other, f"{CASE}concerns/999999/", f"{CASE}concerns/{'9' * 30}/")
    ] == [404] * 3


def test_the_deputy_acknowledges_it_with_what_was_done(client, people, case, concern):
    page = fetch(client, people.deputy, place(concern))
    assert "If nobody has within an hour, the head of programme is told." in page
    response = post(client, people.deputy, place(concern, "acknowledge/"), {"what_was_done": "Rang the manager"})
    assert response.url == place(concern)
    page = text_of(fetch(client, people.assistant, place(concern)))
    assert "Acknowledged by Deputy on Tuesday 8 June 2027 at 10:42am. Rang the manager" in page
    client.force_login(people.lead)
    assert client.get("/").context["tasks"] == []


def test_nothing_done_is_no_acknowledgement(client, people, case, concern):
    response = post(client, people.deputy, place(concern, "acknowledge/"), {"what_was_done": " "})
    assert problems(response) == {"what_was_done": ["Say what you have done about it"]}


def test_the_second_to_acknowledge_is_told_and_keeps_the_text(client, people, case, concern):
    acknowledge(by=people.deputy, concern=concern, done="Rang the manager")
    response = post(client, people.lead, place(concern, "acknowledge/"), {"what_was_done": "Went there"})
    assert problems(response) == {"what_was_done": ["Deputy has acknowledged this concern already"]}
    assert form_on(response.content.decode())["what_was_done"] == "Went there"


def test_the_head_has_it_on_their_day_once_it_is_escalated(client, people, case, concern):
    client.force_login(people.head)
    assert client.get("/").context["tasks"] == []
    Concern.objects.update(escalated_at=clock.now())
    assert [task["href"] for task in client.get("/").context["tasks"]] == [place(concern)]


def test_a_concern_comes_before_everything_with_a_date(client, people, case, concern):
    case.inspection.timeline.create(
        step="planning_meeting", position=1, title="Planning meeting", planned="2027-06-01", anticipated="2027-06-01"
    )
    client.force_login(people.lead)
    assert [task["href"] for task in client.get("/").context["tasks"]] == [
        place(concern),
        "/inspections/YI-27-001/timeline/",
    ]


def test_the_list_says_how_each_stands_those_that_wait_first(client, people, case, concern):
    later = make(people.lead, case, told="yes", told_whom="Jo", told_at=clock.now())
    acknowledge(by=people.deputy, concern=later, done="Rang the manager")
    page = fetch(client, people.head, "/inspections/YI-27-001/concerns/")
    assert page.index(place(concern)) < page.index(place(later))
    assert "Bruises" not in page


def test_an_empty_list_says_so(client, people, case):
    assert "Nobody has raised a concern." in fetch(client, people.lead, "/inspections/YI-27-001/concerns/")


@pytest.mark.parametrize("url", ["/", CASE, RAISE, "/inspections/YI-27-001/concerns/"])
def test_one_and_three_concerns_cost_the_same(client, people, case, url):
    client.force_login(people.lead)
    costs = []
    for _ in range(3):
        make(people.assistant, case)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        costs.append(len(queries))
    assert costs[0] == costs[2]


@pytest.mark.parametrize("count", [1, 3])
def test_one_and_three_notes_cost_the_same(client, people, case, concern, count):
    for _ in range(count):
        concern.notes.create(told_whom="Jo", told_at=clock.now(), at=clock.now(), by=people.lead)
    client.force_login(people.lead)
    with CaptureQueriesContext(connection) as queries:
        client.get(place(concern))
    assert len(queries) == 3
