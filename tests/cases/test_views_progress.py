"""How far the reads have come, live, at a constant cost; and the page that closes fieldwork."""

import re
from datetime import datetime

import pytest
from django.urls import reverse

from accounts import clock
from cases.models import Answer, Case, ReviewMark
from inspections.models import Inspection, Notification, Stage
from tests.answering import save
from tests.factories import inspection_with_team, sampled_cases, slot
from tests.pages import fetch, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people) -> Inspection:
    return inspection_with_team(people)


def address(inspection, name="progress") -> str:
    return reverse(f"cases:{name}", kwargs={"ref": inspection.ref})


def rows(html) -> list[str]:
    return [text_of(row) for row in re.findall(r'<tr class="govuk-table__row"[^>]*>(.*?)</tr>', html, re.S)]


def test_every_case_reader_day_and_the_whole_are_counted(client, people, inspection, settings):
    settings.CLOCK = "2027-06-09T09:00"
    cases = sampled_cases(inspection, reader=people.assistant, count=4)
    sampled_cases(inspection, kind="victim", count=1)
    for code in ("2.1.1a", "2.1.1b"):
        save(cases[0], people.assistant, code)
    save(cases[0], people.assistant, "2.1.1c", "", "Only words")
    Case.objects.filter(pk=cases[1].pk).update(sent_at=clock.now(), sent_by=people.assistant)
    Case.objects.filter(pk=cases[2].pk).update(left_at=clock.now(), left_reason="Replaced")
    interview(inspection, cases[0], monday_at(13))
    interview(inspection, cases[3], monday_at(15), outcome="overran")
    html = fetch(client, people.lead, address(inspection))
    assert "1 of 4 cases sent" in text_of(html)
    assert "2 of 133 questions answered" in text_of(html)
    assert "1 sent, 0 of them checked, 1 interviewed, 1 in progress, 1 not yet started." in text_of(html)
    assert "2 cases are behind plan: C-01 , C-04 ." in text_of(html)
    assert rows(html) == [
        "Day Interviews planned Interviews held Reads planned Reads sent All reads up to then",
        "Monday 7 June 2 1 0 0 0 of 0 planned",
        "Tuesday 8 June 0 0 2 0 0 of 2 planned, 2 missing",
        "Wednesday 9 June, today 0 0 0 1 1 of 2 planned",
        "Thursday 10 June 0 0 0 0 2 planned",
        "Friday 11 June 0 0 2 0 4 planned",
        "Reader Cases Not yet started In progress Interviewed Sent Planned by now Answered",
        "No reader yet 1 1 0 0 0 0 0%",
        "Assistant 3 0 1 1 1 2, 2 missing 1%",
        "Case Reader State Answered Interview To be sent by",
        "C-01 Assistant In progress 2 of 42 Mon 7 Jun Tue 8 Jun, behind plan , ask how C-01 is coming on",
        "C-02 Assistant Sent 0 of 42 None booked Fri 11 Jun",
        "C-04 Assistant Interviewed 0 of 42 Mon 7 Jun, held Tue 8 Jun, behind plan , ask how C-04 is coming on",
        "V-01 No reader yet, find one for V-01 Not yet started 0 of 7 None booked Fri 11 Jun",
    ]


def monday_at(hour) -> datetime:
    return datetime(2027, 6, 7, hour, tzinfo=clock.LONDON)


def interview(inspection, case, begins, **fields):
    return slot(inspection, begins, 90, cases=[case], kind="case_manager", **fields)


def test_a_discussion_of_a_case_and_a_cancelled_interview_are_no_interview_of_it(client, people, inspection):
    (case,) = sampled_cases(inspection, count=1)
    slot(inspection, monday_at(13), cases=[case], kind="multi_agency_discussion", outcome="held")
    cancelled = {"standing": False, "cancelled_at": clock.now(), "cancelled_by": people.lead, "cancelled_reason": "Ill"}
    interview(inspection, case, monday_at(15), **cancelled)
    assert "Not yet started 0 of 42 None booked" in text_of(fetch(client, people.lead, address(inspection)))


def test_what_was_checked_is_said(client, people, inspection):
    (case,) = sampled_cases(inspection, reader=people.assistant, count=1)
    save(case, people.assistant, "2.1.1", "yes", "Seen")
    Case.objects.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=people.assistant)
    kept = Answer.objects.get(case=case)
    ReviewMark.objects.create(answer=kept, version=kept.version, by=people.quality, at=clock.now())
    assert "1 sent, 1 of them checked" in text_of(fetch(client, people.lead, address(inspection)))


def test_the_figures_of_yesterday_are_sent_again_today(client, people, inspection, settings):
    sampled_cases(inspection, reader=people.assistant)
    client.force_login(people.lead)
    settings.CLOCK = "2027-06-09T23:59"
    etag = client.get(address(inspection, "progress-figures"))["ETag"]
    settings.CLOCK = "2027-06-10T00:01"
    assert client.get(address(inspection, "progress-figures"), headers={"If-None-Match": etag}).status_code == 200


def ask(case) -> str:
    return reverse("cases:nudge", kwargs={"ref": case.inspection.ref, "case_ref": case.ref})


def test_the_reader_is_asked_once_a_day_and_case(client, people, inspection):
    (case,) = sampled_cases(inspection, reader=people.assistant, count=1)
    client.force_login(people.lead)
    assert "Ask Assistant" in text_of(client.get(ask(case)).content.decode())
    first = text_of(client.post(ask(case), follow=True).content.decode())
    client.force_login(people.deputy)
    second = text_of(client.post(ask(case), follow=True).content.decode())
    assert ("The reader of C-01 is asked." in first, "The reader of C-01 has been asked today" in second) == (
        True,
        True,
    )
    told = list(Notification.objects.values_list("person", "text"))
    assert told == [(people.assistant.pk, f"Lead asks how C-01 is coming on. Reading, {inspection.ref}")]


@pytest.mark.parametrize("reader", [None, "lead"])
def test_nobody_is_asked_about_a_case_without_another_reader(client, people, inspection, reader):
    (case,) = sampled_cases(inspection, reader=getattr(people, reader) if reader else None, count=1)
    client.force_login(people.lead)
    assert client.get(ask(case)).status_code == 200
    assert "There is nobody to ask about C-01" in text_of(client.post(ask(case), follow=True).content.decode())
    assert Notification.objects.count() == 0


def test_without_a_sample_it_says_so(client, people, inspection):
    assert "No cases have been sampled yet." in text_of(fetch(client, people.lead, address(inspection)))


def test_the_part_that_keeps_up_is_the_part_of_the_page(client, people, inspection):
    sampled_cases(inspection, reader=people.assistant)
    page = fetch(client, people.lead, address(inspection))
    figures = fetch(client, people.lead, address(inspection, "progress-figures"))
    assert figures.strip() in page
    assert f'data-live-url="{address(inspection, "progress-figures")}"' in page


def test_unchanged_figures_are_not_sent_again(client, people, inspection):
    case = sampled_cases(inspection, reader=people.assistant)[0]
    client.force_login(people.lead)
    url = address(inspection, "progress-figures")
    etag = client.get(url)["ETag"]
    again = client.get(url, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    save(case, people.assistant)
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("name", ["progress", "progress-figures"])
@pytest.mark.parametrize("count", [1, 40, 400])
def test_it_costs_the_same_queries_for_any_number_of_cases(
    client, people, inspection, name, count, django_assert_num_queries
):
    sampled_cases(inspection, reader=people.assistant, count=count)
    client.force_login(people.lead)
    with django_assert_num_queries(5):
        client.get(address(inspection, name))


@pytest.mark.parametrize(("name", "status"), [("deputy", 200), ("quality", 200), ("assessor", 404), ("contact", 404)])
def test_the_team_sees_it(client, people, inspection, name, status):
    client.force_login(getattr(people, name))
    assert client.get(address(inspection)).status_code == status


def test_lead_and_head_are_offered_to_close(client, people, inspection):
    offered = [
        name
        for name in ("lead", "head", "deputy", "quality")
        if address(inspection, "close-fieldwork") in fetch(client, getattr(people, name), address(inspection))
    ]
    assert offered == ["lead", "head"]


def test_closing_with_unsent_cases_asks_for_the_reason(client, people, inspection):
    sampled_cases(inspection, reader=people.assistant)
    client.force_login(people.lead)
    html = client.post(address(inspection, "close-fieldwork")).content.decode()
    sentence = "3 cases have not been sent. Finish them or record why they are left out"
    assert f"There is a problem {sentence}" in text_of(html)
    assert Inspection.objects.get().stage == Stage.FIELDWORK


def test_closing_with_a_reason_moves_the_inspection_on(client, people, inspection):
    sampled_cases(inspection, reader=people.assistant)
    client.force_login(people.lead)
    response = client.post(address(inspection, "close-fieldwork"), {"reason": "Out of time"}, follow=True)
    assert "Fieldwork is closed." in text_of(response.content.decode())
    assert Inspection.objects.get().stage == Stage.RATING


@pytest.mark.parametrize("name", ["deputy", "assistant", "quality", "contact"])
def test_others_do_not_close(client, people, inspection, name):
    client.force_login(getattr(people, name))
    url = address(inspection, "close-fieldwork")
    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]
