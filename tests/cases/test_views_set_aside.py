"""What is set aside for another answer: how it arrives, what is replied, and where it is found again."""

from uuid import uuid4

import pytest
from django.urls import reverse

from cases.models import Answer, Case, SetAside
from tests.answering import save
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import fetch, form_on, text_of

pytestmark = pytest.mark.django_db
MINE = {"value": "yes", "na_reason": "", "evidence": "Mine <b>", "despite_reason": "", "change_reason": ""}


@pytest.fixture(autouse=True)
def _morning(settings):
    settings.CLOCK = "2027-06-08T10:42"


@pytest.fixture
def case(people) -> Case:
    case = sampled_cases(inspection_with_team(people), reader=people.assistant)[0]
    save(case, people.assistant)
    save(case, people.assistant, value="no", evidence="Theirs", base=1)
    return case


def address(case, name="set-aside", **more) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, **more})


def message(**changed) -> dict:
    return {"question": "2.1.1a", **MINE, "base_version": 1, "gave_way_to": 2, "save_id": str(uuid4())} | changed


def post(client, case, person, body):
    client.force_login(person)
    return client.post(address(case), body, content_type="application/json", headers={"Accept": "application/json"})


def test_it_is_acknowledged_as_a_save_is(client, case, people):
    reply = post(client, case, people.assistant, message())
    assert (reply.status_code, reply.json()) == (
        200,
        {"status": "saved", "question": "2.1.1a", "version": 2, "saved_at": "10:42am"},
    )
    assert SetAside.objects.get().evidence == "Mine <b>"


@pytest.mark.parametrize(
    "body",
    [
        "no json",
        "[]",
        message(gave_way_to=None),
        message(gave_way_to=-1),
        message(gave_way_to=True),
        message(save_id="x"),
        message(evidence=7),
        message(question="9.9.9"),
        message(evidence="x" * 100_001),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(client, case, people, body):
    reply = post(client, case, people.assistant, body)
    assert (reply.status_code, reply.json()["status"], SetAside.objects.count()) == (422, "refused", 0)


def test_numbers_beyond_all_versions_lose_nothing(client, case, people):
    reply = post(client, case, people.assistant, message(gave_way_to=10**30, base_version=10**30))
    assert (reply.status_code, SetAside.objects.get().gave_way_to) == (200, 2)


def test_after_the_session_ended_it_says_so(client, case):
    reply = client.post(
        address(case), message(), content_type="application/json", headers={"Accept": "application/json"}
    )
    assert (reply.status_code, reply.json()["status"]) == (401, "signed_out")


def test_when_the_case_went_to_somebody_else_it_says_to_whom(client, case, people):
    Case.objects.filter(pk=case.pk).update(reader=people.second_assistant)
    reply = post(client, case, people.assistant, message())
    assert (reply.status_code, reply.json()["message"]) == (
        403,
        "This case was given to Second Assistant. Your unsent text is below so you can copy it",
    )


def test_the_history_shows_it_beside_the_version_that_it_gave_way_to(client, case, people):
    post(client, case, people.assistant, message())
    said = text_of(fetch(client, people.lead, address(case, "history")))
    assert "Set aside by Assistant on 8 June 2027 at 10:42am: gave way to version 2. It said: Yes Mine <b>" in said
    assert said.index("Set aside by") < said.index("version 1")


def test_the_history_shows_it_also_where_there_is_no_answer(client, case, people):
    post(client, case, people.assistant, message(question="2.1.1b", base_version=0, gave_way_to=0))
    told = "Set aside by Assistant on 8 June 2027 at 10:42am: there was no answer. It said: Yes Mine <b>"
    for query, shown in (("", True), ("?question=2.1.1b", True), ("?question=2.1.1a", False)):
        said = text_of(fetch(client, people.lead, address(case, "history") + query))
        assert (told in said, said.count("Set aside by")) == (shown, int(shown))
    assert "Nothing has been answered yet." not in text_of(
        fetch(client, people.lead, address(case, "history") + "?question=2.1.1b")
    )


def plain_conflict(client, case, people, **typed) -> dict[str, str]:
    form = form_on(fetch(client, people.assistant, address(case, "read-section", section="2.1")))
    save(case, people.assistant, value="no", evidence="Newer", base=2)
    typed = {"evidence-2.1.1a": "Typed here"} | typed
    response = client.post(address(case, "read-section", section="2.1"), form | typed)
    assert response.status_code == 409
    return form_on(response.content.decode())


def test_a_form_that_gives_way_keeps_its_text_too(client, case, people):
    form = plain_conflict(client, case, people)
    section = address(case, "read-section", section="2.1")
    for _ in range(2):
        assert client.post(section, form | {"keep-2.1.1a": "theirs"}).status_code == 302
    row = SetAside.objects.get()
    assert (row.evidence, row.based_on, row.gave_way_to) == ("Typed here", 2, 3)
    assert Answer.objects.get().evidence == "Newer"


def test_a_form_that_gives_way_too_late_gives_back_its_text(client, case, people):
    form = plain_conflict(client, case, people)
    Case.objects.filter(pk=case.pk).update(reader=people.second_assistant)
    response = client.post(address(case, "read-section", section="2.1"), form | {"keep-2.1.1a": "theirs"})
    assert (response.status_code, SetAside.objects.count()) == (403, 0)
    assert "Your text for 2.1.1a Typed here" in text_of(response.content.decode())


def test_a_form_that_gives_way_with_too_long_a_text_shows_it_again(client, case, people):
    form = plain_conflict(client, case, people)
    typed = {"keep-2.1.1a": "theirs", "evidence-2.1.1a": "x" * 100_001}
    response = client.post(address(case, "read-section", section="2.1"), form | typed)
    assert (response.status_code, SetAside.objects.count()) == (409, 0)
    assert "You have 100,001" in text_of(response.content.decode())


def test_long_texts_show_what_each_side_added(client, case, people):
    long = "It was seen on Monday. " * 9
    save(case, people.assistant, evidence=long, base=2)
    form = form_on(fetch(client, people.assistant, address(case, "read-section", section="2.1")))
    save(case, people.assistant, evidence=f"{long}Theirs.", base=3)
    typed = form | {"evidence-2.1.1a": f"Mine. {long}"}
    html = client.post(address(case, "read-section", section="2.1"), typed).content.decode()
    assert html.count("<ins") == 2
    assert "Added: Mine. It" not in text_of(html)
    assert "Added: Theirs. End of what was added." in text_of(html)
