"""The meeting over HTTP: starting, deciding, freezing, and what each refusal says."""

import html
import re

import pytest

from inspections.models import Inspection
from ratings.actions.meetings import freeze
from ratings.models import Meeting
from ratings.queries.meetings import Agenda, meeting_of
from tests.ratings.given import REASON, at_rating, changed, decided, frozen_meeting, meeting_started, signed_in

pytestmark = pytest.mark.django_db


def address(inspection: Inspection, path: str = "") -> str:
    return f"/inspections/{inspection.ref}/panel/{path}"


def read(response) -> str:
    return html.unescape(response.content.decode())


def post_decision(people, meeting: Meeting, path: str, name: str = "chair", **data: object):
    found = meeting_of(meeting.inspection)
    seen = Agenda(found).item(data["item"]).seen
    return signed_in(getattr(people, name)).post(
        address(meeting.inspection, path), {"seen": seen, "reason": REASON, **data}
    )


def errors_of(response) -> list[str]:
    return [error for errors in response.context["form"].errors.values() for error in errors]


@pytest.mark.parametrize(
    ("inspection_type", "name"),
    [("iyjwcv", "Ratification meeting"), ("iyjs", "Ratings panel"), ("reactive", "Ratings panel")],
)
def test_the_meeting_is_called_what_the_standards_call_it(people, inspection_type, name):
    inspection = at_rating(people, inspection_type)
    assert f'<h1 class="govuk-heading-l">{name}</h1>' in read(signed_in(people.member).get(address(inspection)))


def test_the_chair_starts_it_and_lands_on_its_agenda(people):
    inspection = at_rating(people)
    response = signed_in(people.chair).post(address(inspection), follow=True)
    assert response.redirect_chain == [(address(inspection), 302)]
    assert "93 answers about 23 cases" in read(response)
    assert [found.item.code for found in response.context["agenda"].open_items] == ["V1.2", "V1"]


def test_starting_it_again_says_that_it_has_started(people):
    meeting = meeting_started(people)
    assert "The meeting has already started" in read(
        signed_in(people.lead).post(address(meeting.inspection), follow=True)
    )
    assert Meeting.objects.count() == 1


def test_a_decision_is_recorded_with_its_reason(people):
    meeting = meeting_started(people)
    response = post_decision(people, meeting, "victims/", item="V1.2", value="no")
    assert (response.status_code, response["Location"]) == (302, address(meeting.inspection, "victims/"))
    assert [(found.item, found.value, found.reason) for found in meeting.decisions.all()] == [("V1.2", "no", REASON)]


def test_neither_option_is_chosen_beforehand(people):
    meeting = meeting_started(people)
    decided(meeting, people.chair, V1_2="no")
    page = read(signed_in(people.chair).get(address(meeting.inspection, "victims/")))
    assert re.findall(r'<input[^>]*type="radio"[^>]* checked', page) == []
    assert len(re.findall(r'<input[^>]*type="radio"', page)) == 2


REFUSALS = [
    ({"item": "V1.2", "value": ""}, ["Select Yes or No for V1.2"]),
    ({"item": "V1.2", "value": "yes", "reason": ""}, ["Say why the panel answered Yes to V1.2"]),
    (
        {"item": "V1.2", "value": "yes", "reason": "It is"},
        ["Say why the panel answered Yes to V1.2 in at least 20 words. You have 2 words"],
    ),
    (
        {"item": "V1.2", "value": "", "reason": " "},
        ["Select Yes or No for V1.2", "Say why the panel decided this about V1.2"],
    ),
    (
        {"item": "V1.2", "value": "yes", "reason": "word " * 800 + "x"},
        ["The reason must be 4,000 characters or fewer. You have 4001"],
    ),
    (
        {"item": "V1", "value": "good"},
        ["V1.1 is Good. V1.2 is not answered yet. Nothing can be chosen yet"],
    ),
]


@pytest.mark.parametrize(("data", "sentences"), REFUSALS)
def test_what_is_missing_is_said_in_a_sentence(people, data, sentences):
    meeting = meeting_started(people)
    response = post_decision(people, meeting, "victims/", **data)
    assert (response.status_code, errors_of(response), meeting.decisions.count()) == (200, sentences, 0)


CHOICES = [
    ({"value": "good", "reason": ""}, ["Say why the panel chose Good rather than Requires improvement"]),
    (
        {"value": "requires_improvement", "reason": "Because"},
        ["Say why the panel chose Requires improvement rather than Good in at least 20 words. You have 1 word"],
    ),
    (
        {"value": "outstanding"},
        ["V1.1 is Good and V1.2 is No, so the panel chooses Requires improvement or Good"],
    ),
    ({"value": ""}, ["Select Requires improvement or Good for V1"]),
]


@pytest.mark.parametrize(("data", "sentences"), CHOICES)
def test_a_choice_needs_to_be_one_of_the_pair_with_a_reason(people, data, sentences):
    meeting = meeting_started(people)
    decided(meeting, people.chair, V1_2="no")
    response = post_decision(people, meeting, "victims/", item="V1", **data)
    assert (response.status_code, errors_of(response), meeting.decisions.count()) == (200, sentences, 1)


def test_what_was_typed_is_still_there_after_a_refusal(people):
    meeting = meeting_started(people)
    assert "It is early contact" in read(
        post_decision(people, meeting, "victims/", item="V1.2", value="yes", reason="It is early contact")
    )


def test_twenty_words_are_enough(people, settings):
    meeting = meeting_started(people)
    words = " ".join(["word"] * settings.PANEL_REASON_WORDS)
    post_decision(people, meeting, "victims/", item="V1.2", value="yes", reason=words)
    assert meeting.decisions.count() == 1


def test_a_decision_that_was_not_seen_comes_before_another(people):
    meeting = meeting_started(people)
    decided(meeting, people.lead, V1_2="yes")
    response = post_decision(people, meeting, "victims/", item="V1.2", value="no", seen=0)
    assert errors_of(response) == ["Somebody recorded a decision after you opened this page. Read it, then decide"]
    assert [found.value for found in meeting.decisions.all()] == ["yes"]
    again = {name: response.context["form"].data[name] for name in ("item", "value", "reason", "seen")}
    signed_in(people.chair).post(address(meeting.inspection, "victims/"), again)
    assert [found.value for found in meeting.decisions.all()] == ["yes", "no"]


def test_the_effect_is_shown_after_the_choice(people):
    meeting = meeting_started(people)
    decided(meeting, people.chair, V1_2="no")
    client, page = signed_in(people.chair), address(meeting.inspection, "victims/")
    assert "Overall rating" not in read(client.get(page))
    decided(meeting, people.chair, V1="good")
    assert "What the choice means" in read(client.get(page))


def test_the_row_in_play_is_named(people):
    meeting = meeting_started(people)
    decided(meeting, people.chair, V1_2="no")
    page = read(signed_in(people.member).get(address(meeting.inspection, "victims/")))
    assert "The row in play: V1.1 Good, V1.2 No" in page
    assert page.count("Row in play") == 1


def test_a_decision_can_be_changed_on_purpose(people):
    meeting = meeting_started(people)
    decided(meeting, people.chair, V1_2="no")
    client, page = signed_in(people.chair), address(meeting.inspection, "victims/")
    assert [bool(form) for _, form, _ in client.get(page).context["rows"]] == [False, True]
    assert [bool(form) for _, form, _ in client.get(f"{page}?change=V1.2").context["rows"]] == [True, True]


def test_whoever_only_sees_the_meeting_gets_no_forms(people):
    meeting = meeting_started(people, "iyjs")
    for path in ("victims/", "domain-one/"):
        page = signed_in(people.member).get(address(meeting.inspection, path))
        assert [form for _, form, _ in page.context["rows"] if form] == []


def test_domain_one_is_decided_where_it_is_rated(people):
    meeting = meeting_started(people, "iyjs")
    for item, value in (("1.1", "good"), ("1.2", "requires_improvement"), ("1.3", "inadequate")):
        assert post_decision(people, meeting, "domain-one/", item=item, value=value).status_code == 302
    assert Agenda(meeting_of(meeting.inspection)).decided == {
        "1.1": "good",
        "1.2": "requires_improvement",
        "1.3": "inadequate",
    }


def test_domain_one_does_not_exist_where_it_is_not_rated(people):
    meeting = meeting_started(people)
    assert signed_in(people.chair).get(address(meeting.inspection, "domain-one/")).status_code == 404


@pytest.mark.parametrize("item", ["2.1", "1.1", "V1.1", "nonsense", ""])
def test_an_item_of_another_page_is_not_decided(people, item):
    meeting = meeting_started(people, "iyjs")
    data = {"item": item, "value": "good", "reason": REASON, "seen": 0}
    response = signed_in(people.chair).post(address(meeting.inspection, "victims/"), data)
    assert (response.status_code, meeting.decisions.count()) == (200, 0)


def test_changes_since_the_stamp_are_listed(people):
    meeting = meeting_started(people)
    changed(meeting.inspection, "C-11", "2.1.2", "yes")
    assert "C-11, 2.1.2: No, now Yes" in read(signed_in(people.member).get(address(meeting.inspection)))


def test_freezing_goes_on_to_signing_off(people):
    meeting = meeting_started(people)
    decided(meeting, people.chair, V1_2="yes", V1="good")
    response = signed_in(people.lead).post(address(meeting.inspection, "freeze/"))
    assert (response.status_code, response["Location"]) == (302, address(meeting.inspection, "sign-off/"))


def test_freezing_too_early_names_what_is_open(people):
    meeting = meeting_started(people)
    response = signed_in(people.lead).post(address(meeting.inspection, "freeze/"), follow=True)
    assert "The meeting has still to decide V1.2, V1" in read(response)


def test_a_frozen_record_refuses_decisions_with_a_sentence(people):
    meeting = meeting_started(people)
    decided(meeting, people.chair, V1_2="yes", V1="good")
    freeze(meeting=meeting, by=people.chair)
    response = post_decision(people, meeting, "victims/", item="V1", value="outstanding")
    assert errors_of(response) == ["The record is frozen. Take the decisions up again before you change one"]


def test_taking_up_the_decisions_again_needs_a_reason(people):
    meeting = frozen_meeting(people)
    client, page = signed_in(people.lead), address(meeting.inspection, "unfreeze/")
    assert errors_of(client.post(page, {"reason": " "})) == ["Say why the decisions are taken up again"]
    assert client.post(page, {"reason": "To hear it again"})["Location"] == address(meeting.inspection)
    assert meeting_of(meeting.inspection).frozen_at is None


@pytest.mark.parametrize("path", ["victims/", "domain-one/", "sign-off/", "unfreeze/"])
def test_before_the_meeting_its_pages_do_not_exist(people, path):
    assert signed_in(people.chair).get(address(at_rating(people, "iyjs"), path)).status_code == 404


def test_nothing_is_frozen_before_the_meeting(people):
    assert signed_in(people.chair).post(address(at_rating(people), "freeze/")).status_code == 404
