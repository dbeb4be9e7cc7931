"""Victims' interviews and the readers of cases, over HTTP."""

import re

import pytest

from accounts import clock
from cases.models import Case, Kind
from inspections.models import Membership
from tests.cases.test_views_caseload import errors, text
from tests.cases.test_views_sample import address, draw
from tests.factories import inspection_with_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people):
    return inspection_with_team(people)


@pytest.fixture
def lead(client, people):
    client.force_login(people.lead)
    return client


def boxes(response) -> dict[str, str]:
    return dict(re.findall(r'name="group-(V-\d+)"[^>]*value="([^"]*)"', response.content.decode()))


def test_victims_cases_move_by_form(lead, people, inspection):
    draw(people, inspection, kind=Kind.VICTIM, size=9)
    page = address("victims", inspection)
    before = boxes(lead.get(page))
    ref = next(iter(before))
    assert lead.post(page, {f"group-{ref}": "9"}).url == page
    assert boxes(lead.get(page)) == before | {ref: "9"}


def test_groups_are_suggested_and_change_nothing_until_saved(lead, people, inspection):
    draw(people, inspection, kind=Kind.VICTIM, size=9)
    page = address("victims", inspection)
    suggested = boxes(lead.get(page))
    Case.objects.update(interview_group=None)
    assert set(boxes(lead.get(page)).values()) == {""}
    assert boxes(lead.get(page, {"suggest": "1"})) == suggested
    assert set(Case.objects.values_list("interview_group", flat=True)) == {None}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("one", "Enter the number of an interview, or leave it blank"),
        ("-1", "Enter the number of an interview, or leave it blank"),
        ("1.5", "Enter the number of an interview, or leave it blank"),
        ("²", "Enter the number of an interview, or leave it blank"),
        ("40000", "Enter the number of an interview, or leave it blank"),
        ("0", "Enter the number of an interview, or leave it blank"),
    ],
)
def test_what_is_no_number_of_an_interview_is_refused_and_kept(lead, people, inspection, typed, sentence):
    draw(people, inspection, kind=Kind.VICTIM, size=9)
    response = lead.post(address("victims", inspection), {"group-V-02": typed})
    assert (errors(response), boxes(response)["V-02"]) == ([sentence], typed)


def test_too_many_cases_for_an_interview_are_refused_and_kept(lead, people, inspection):
    draw(people, inspection, kind=Kind.VICTIM, size=9)
    response = lead.post(address("victims", inspection), {f"group-V-0{n}": "7" for n in range(1, 5)})
    assert errors(response) == ["A victim worker interview covers up to three cases. Move one to another interview"]
    assert [boxes(response)[f"V-0{n}"] for n in range(1, 5)] == ["7"] * 4


def test_a_case_of_another_inspection_refuses_the_whole_form(lead, people, inspection):
    draw(people, inspection, kind=Kind.VICTIM, size=9)
    before = boxes(lead.get(address("victims", inspection)))
    response = lead.post(address("victims", inspection), {"group-V-01": "", "group-V-77": "1"})
    assert errors(response) == ["The sample has no V-77 any more. Open this page again"]
    assert boxes(lead.get(address("victims", inspection))) == before


def selected(response) -> dict[str, str]:
    """The reader that stands in each list, by case."""
    found = {}
    for ref, options in re.findall(
        r'<select[^>]*name="reader-([CV]-\d+)">(.*?)</select>', response.content.decode(), re.S
    ):
        chosen = re.search(r'value="(\d+)" selected', options)
        found[ref] = chosen[1] if chosen else ""
    return found


def test_a_suggested_allocation_is_confirmed_as_it_stands(lead, people, inspection):
    draw(people, inspection)
    page = address("allocation", inspection)
    assert "Cases that need a reader: 14" in text(lead.get(page))
    suggestion = lead.get(page, {"suggest": "1"})
    assert "This is a suggested allocation. Nothing changes until you confirm it." in text(suggestion)
    assert Case.objects.filter(reader__isnull=False).count() == 0
    readers = selected(suggestion)
    lead.post(page, {f"reader-{ref}": person for ref, person in readers.items()})
    assert selected(lead.get(page)) == readers
    words = text(lead.get(page))
    assert "Assessor Cases: 4 18.0 hours" in words
    assert "Assistant has 18.0 hours" not in words
    assert "more than 1.5 hours apart." in words


def test_a_case_moves_by_form(lead, people, inspection):
    draw(people, inspection)
    page = address("allocation", inspection)
    assert lead.post(page, {"reader-C-02": people.deputy.pk}).url == page
    assert selected(lead.get(page))["C-02"] == str(people.deputy.pk)


def test_a_case_that_is_begun_asks_why_and_keeps_what_was_chosen(lead, people, inspection):
    draw(people, inspection)
    Case.objects.filter(ref="C-02").update(reader=people.assistant, started_at=clock.now())
    page = address("allocation", inspection)
    response = lead.post(page, {"reader-C-02": people.deputy.pk, "reader-C-03": people.assessor.pk})
    assert errors(response) == ["Say why C-02 should go to another reader: reading has begun"]
    assert selected(response)["C-02"] == str(people.deputy.pk)
    assert selected(response)["C-03"] == str(people.assessor.pk)
    lead.post(page, {"reader-C-02": people.deputy.pk, "reason": "Ill"})
    assert Case.objects.get(ref="C-02").reader == people.deputy


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("x", "Choose readers from the lists"),
        ("-1", "Choose readers from the lists"),
        ("9" * 5000, "Choose readers from the lists"),
        ("999999", "A reader has left the team. Open this page again"),
    ],
)
def test_a_reader_who_is_not_on_the_list_is_refused(lead, people, inspection, typed, sentence):
    draw(people, inspection)
    response = lead.post(address("allocation", inspection), {"reader-C-02": typed})
    assert (errors(response), Case.objects.filter(reader__isnull=False).count()) == ([sentence], 0)


def test_who_gets_no_cases_is_said_with_the_reason(lead, people, inspection):
    draw(people, inspection)
    people.assistant.interests.create(service=inspection.service, kind="other", declared_at=clock.now())
    page = lead.get(address("allocation", inspection))
    assert "Assistant gets no cases: Assistant has declared an interest in the service." in text(page)
    assert f'value="{people.assistant.pk}"' not in page.content.decode()


def test_a_case_whose_reader_left_says_with_whom_it_is(lead, people, inspection):
    draw(people, inspection)
    Case.objects.filter(ref="C-02").update(reader=people.assistant)
    Membership.objects.filter(person=people.assistant).update(until=clock.now())
    page = lead.get(address("allocation", inspection))
    assert selected(page)["C-02"] == ""
    assert "Now with Assistant, who cannot read it any more" in text(page)
