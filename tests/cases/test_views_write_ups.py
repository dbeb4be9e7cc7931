"""The team writes up a discussion: who came, what it added to each judgement, notes and findings."""

import pytest
from django.db import IntegrityError, transaction

from accounts import clock
from cases.actions.discussions import number_discussions
from cases.models import Answer, Case, Entry, EntryVersion, Theme
from cases.queries.write_ups import entries_of, said_in
from cases.rules.write_ups import ADDED, ATTENDED, NOTES, Said, faults
from inspections.models import Inspection, Stage
from standards import loader
from tests.cases.test_views_discussions import queries_of
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import text_of
from tests.ratings.given import answered

pytestmark = pytest.mark.django_db
KEY = "2.1.1"


@pytest.fixture
def inspection(people):
    return inspection_with_team(people)


@pytest.fixture
def discussion(inspection, people):
    cases = sampled_cases(inspection, count=2, reader=people.assistant)
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(is_macd=True)
    number_discussions(inspection, cases)
    return inspection.discussions.get(number=1)


@pytest.fixture
def team(client, people):
    client.force_login(people.deputy)
    return client


def at(discussion, more=""):
    return f"/inspections/{discussion.inspection.ref}/macd/{discussion.number}/{more}"


def posted(client, discussion, part, /, **boxes):
    """`boxes` over a form as the page shows it."""
    form = client.get(at(discussion, f"write/{part}/")).context["form"]
    return client.post(at(discussion, f"write/{part}/"), form.initial | boxes)


def kept(discussion):
    return {field: said_in(entry) for field, entry in entries_of(discussion).items()}


def test_who_came_is_counted_by_agency_of_the_standards(team, discussion):
    boxes = {
        "attended-health-count": "2",
        "attended-health-text": "Nurse, speech therapist",
        "attended-police-count": "1",
    }
    assert posted(team, discussion, ATTENDED, **boxes).status_code == 302
    assert kept(discussion) == {
        "attended-health": Said(count=2, text="Nurse, speech therapist"),
        "attended-police": Said(count=1),
    }
    shown = text_of(team.get(at(discussion)).content.decode())
    assert "Health 2: Nurse, speech therapist" in shown
    names = [box.title for box, _, _ in team.get(at(discussion, "write/attended/")).context["form"].rows]
    assert names == [agency.name for agency in loader.load("yj-2024").agencies]


def test_what_it_added_to_a_judgement_changes_no_answer_and_says_how_one_is_changed(team, discussion, people):
    answered([discussion.case], {KEY: "n"}, people.assistant)
    Case.objects.filter(pk=discussion.case_id).update(sent_at=clock.now(), sent_by=people.assistant)
    posted(team, discussion, ADDED, **{f"added-{KEY}-choice": "changed", f"added-{KEY}-text": "Health knew more"})
    assert kept(discussion) == {f"added-{KEY}": Said(choice="changed", text="Health knew more")}
    assert list(Answer.objects.values_list("question", "value")) == [(KEY, "no")]
    shown = text_of(team.get(at(discussion)).content.decode())
    assert "It changed our view Health knew more" in shown
    assert "This changes no answer of the case. Its reader changes an answer in case C-01 , once the lead" in shown
    assert "Our answer: No" in text_of(team.get(at(discussion, "write/added/")).content.decode())


def test_our_answer_is_not_told_before_the_read_is_sent(team, discussion, people):
    answered([discussion.case], {KEY: "n"}, people.assistant)
    assert "Our answer" not in team.get(at(discussion, "write/added/")).content.decode()


def test_two_who_write_the_same_box_see_both_texts_and_every_version_stays(team, discussion):
    first = team.get(at(discussion, "write/notes/")).context["form"].initial
    for text in ("One", "Two"):
        answer = team.post(at(discussion, "write/notes/"), first | {"notes-text": text})
    shown = answer.content.decode()
    assert (answer.status_code, ">Two</textarea>" in shown.replace("\n", ""), "One" in shown) == (409, True, True)
    assert kept(discussion) == {"notes": Said(text="One")}
    team.post(at(discussion, "write/notes/"), answer.context["form"].initial)
    assert kept(discussion) == {"notes": Said(text="Two")}
    assert list(EntryVersion.objects.order_by("version").values_list("version", "text")) == [(1, "One"), (2, "Two")]


def test_of_several_boxes_only_the_one_that_a_colleague_changed_waits(team, discussion):
    start = team.get(at(discussion, "write/attended/")).context["form"].initial
    team.post(at(discussion, "write/attended/"), start | {"attended-health-count": "1"})
    answer = team.post(
        at(discussion, "write/attended/"), start | {"attended-health-count": "2", "attended-police-count": "3"}
    )
    assert answer.status_code == 409
    assert kept(discussion) == {"attended-health": Said(count=1), "attended-police": Said(count=3)}


@pytest.mark.parametrize(
    ("part", "said", "wrong"),
    [
        (ATTENDED, Said(), {}),
        (ATTENDED, Said(count=1), {}),
        (ATTENDED, Said(text="Nurse"), {"count": "Enter how many came, or remove their roles"}),
        (ADDED, Said(choice="confirmed"), {}),
        (ADDED, Said(choice="added"), {"text": "Write what the discussion changed or added"}),
        (ADDED, Said(text="More"), {"choice": "Select what the discussion did to this judgement"}),
        (NOTES, Said(text="More"), {}),
    ],
)
def test_what_is_half_given_is_asked_for(part, said, wrong):
    assert faults(part, said) == wrong


@pytest.mark.parametrize("typed", ["9" * 30, "-1", "two", "1\0"])
def test_a_count_that_is_none_keeps_what_was_typed(team, discussion, typed):
    answer = posted(team, discussion, ATTENDED, **{"attended-health-count": typed, "attended-health-text": "Nurse"})
    shown = text_of(answer.content.decode())
    assert (answer.status_code, "Nurse" in answer.content.decode(), kept(discussion)) == (200, True, {})
    assert "Enter a whole number from 0 to 200" in shown or "Null characters are not allowed" in shown


@pytest.mark.parametrize("address", ["write/unknown/", "write/%00/"])
def test_what_there_is_not_is_not_found(team, discussion, address):
    assert team.get(at(discussion, address)).status_code == 404


def test_a_finding_has_a_standard_and_a_basis_and_stands_among_the_themes(team, discussion, inspection):
    start = {"standard": "2.1", "direction": "strength", "theme": "Agencies meet weekly"}
    refused = team.post(at(discussion, "findings/"), start)
    assert "Select what the finding is based on" in refused.content.decode()
    assert "Agencies meet weekly" in refused.content.decode()
    for _ in range(2):
        team.post(at(discussion, "findings/"), start | {"based_on": "said"})
    made = Theme.objects.get()
    assert (made.standard, made.text, made.based_on, made.discussion) == (
        "2.1",
        "Agencies meet weekly",
        "said",
        discussion,
    )
    assert "Based on: What was said in the discussion" in text_of(team.get(at(discussion)).content.decode())
    assert "Discussion 1, " in text_of(team.get(f"/inspections/{inspection.ref}/themes/").content.decode())


@pytest.mark.parametrize(
    "wrong",
    [
        {"field": "notes", "count": 1},
        {"field": "notes", "choice": "added"},
        {"field": "added-2.1.1", "choice": "maybe"},
    ],
    ids=["a count of notes", "a choice of notes", "an unknown choice"],
)
def test_the_database_refuses_an_entry_that_makes_no_sense(discussion, people, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(discussion=discussion, version=1, changed_at=clock.now(), changed_by=people.lead, **wrong)


def test_after_fieldwork_the_page_is_read_and_no_longer_written(team, discussion):
    posted(team, discussion, NOTES, **{"notes-text": "Kept"})
    Inspection.objects.update(stage=Stage.RATING)
    shown = team.get(at(discussion)).content.decode()
    assert ("Kept" in shown, "Write notes" in shown) == (True, False)
    assert team.get(at(discussion, "write/notes/")).status_code == 404


def test_the_page_asks_as_often_for_one_finding_as_for_three(team, discussion):
    asked = []
    for number in (1, 3):
        for each in range(number):
            said = {"standard": "2.1", "direction": "note", "theme": f"Finding {number} {each}", "based_on": "read"}
            team.post(at(discussion, "findings/"), said)
            posted(
                team, discussion, ATTENDED, **{"attended-health-count": str(number), "attended-police-count": str(each)}
            )
        asked.append(queries_of(team, at(discussion)))
    assert asked[0] == asked[1]
