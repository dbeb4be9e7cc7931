"""A case read from the work list to the end of fieldwork, by two readers and a lead, without a script."""

import re

import pytest

from cases.models import AnswerVersion, Case
from inspections.models import Inspection, Stage
from tests.factories import inspection_with_team, sampled_cases
from tests.journeys.browser import Browser
from tests.pages import text_of

pytestmark = pytest.mark.django_db
CONFIRMED = {"confirmed": ["record", "evidence", "names"]}


def answer_section(browser: Browser, value="yes") -> Browser:
    codes = re.findall(r'data-question="([^"]*)"', browser.html)
    typed = {f"value-{code}": value for code in codes}
    typed |= {f"evidence-{code}": f"Seen for {code}" for code in codes if not code[-1].isalpha()}
    return browser.send(**typed, then="continue")


def test_three_cases_are_read_sent_and_the_fieldwork_closed(people, settings):
    settings.CLOCK = "2027-06-08T10:42"
    inspection = inspection_with_team(people)
    first, second, third = sampled_cases(inspection, reader=people.assistant)
    victim = sampled_cases(inspection, kind="victim", count=1, reader=people.assessor)[0]

    reader = Browser(people.assistant).open("/").follow("Start reading C-01")
    assert reader.path == f"/inspections/{inspection.ref}/cases/C-01/read/2.1/"
    reader.send(**{"value-2.1.1a": "yes", "evidence-2.1.1a": "The child's own words", "then": "home"})
    assert "1 of 14 answered" in text_of(reader.html)
    reader.open("/").follow("Carry on with C-01: Assessing, question 2")
    for _ in range(3):
        answer_section(reader)
    for optional in ("I1", "A1"):
        assert reader.path.endswith(f"/read/{optional}/")
        reader.send(then="continue")
    assert reader.path == f"/inspections/{inspection.ref}/cases/C-01/check/"
    reader.send(**CONFIRMED)
    assert "C-01 has been sent" in text_of(reader.html)
    assert "Start reading C-01" not in reader.open("/").html

    assessor = Browser(people.assessor).open("/").follow("Start reading V-01")
    answer_section(assessor, "no").send(then="continue").send(then="continue").send(**CONFIRMED)
    assert "V-01 has been sent" in text_of(assessor.html)

    lead = Browser(people.lead).open(f"/inspections/{inspection.ref}/").follow("Progress")
    assert "2 of 4 cases sent" in text_of(lead.html)
    lead.follow("Close fieldwork").send(reason="")
    sentence = "2 cases have not been sent. Finish them or record why they are left out"
    assert sentence in text_of(lead.html)
    lead.send(reason="The records could not be opened in time")

    assert Inspection.objects.get().stage == Stage.RATING
    left = Case.objects.exclude(left_at=None).values_list("ref", flat=True)
    assert set(left) == {second.ref, third.ref}
    assert AnswerVersion.objects.filter(answer__case=first).count() == 42
    assert AnswerVersion.objects.filter(answer__case=victim).count() == 7
    reader.open(f"/inspections/{inspection.ref}/cases/C-01/read/2.1/")
    assert "The child's own words" in text_of(reader.html)
    assert "Seen for 2.1.1" in text_of(reader.html)
    assert "<textarea" not in reader.html
