"""What somebody gave up for another answer is kept once, whole, beside an answer that stays as it is."""

from uuid import uuid4

import pytest

from accounts import clock
from accounts.models import AuditEvent
from cases.actions.answers import AnswerRefused, CaseClosed, Receipt, SaveIdReused
from cases.actions.set_aside import set_aside
from cases.models import Answer, AnswerVersion, Case, SetAside
from cases.rules.answers import Content
from inspections.models import Inspection, Stage
from tests.answering import save
from tests.factories import inspection_with_team, sampled_cases
from tests.races import at_once

MINE = Content("na", "other", "Mine", "Against them", "Since sent")


@pytest.fixture
def case(people) -> Case:
    case = sampled_cases(inspection_with_team(people), reader=people.assistant)[0]
    save(case, people.assistant)
    save(case, people.assistant, value="no", evidence="Theirs", base=1)
    return case


def give_up(case, by, **changed) -> Receipt:
    given = {"question": "2.1.1a", "content": MINE, "base_version": 1, "gave_way_to": 2, "save_id": uuid4()}
    return set_aside(by=by, case=case, **given | changed)


def kept() -> list[tuple]:
    return list(SetAside.objects.values_list("question", "evidence", "based_on", "gave_way_to", "by__name"))


pytestmark = pytest.mark.django_db


def test_it_is_kept_whole_and_the_answer_stays(case, people, settings):
    settings.CLOCK = "2027-06-08T10:42"
    assert give_up(case, people.assistant) == Receipt("2.1.1a", 2, clock.now())
    row = SetAside.objects.get()
    assert Content(row.value, row.na_reason, row.evidence, row.despite_reason, row.change_reason) == MINE
    assert (row.case, row.based_on, row.gave_way_to, row.by, row.at) == (case, 1, 2, people.assistant, clock.now())
    assert (Answer.objects.get().evidence, AnswerVersion.objects.count()) == ("Theirs", 2)


def test_the_event_holds_no_word_of_it(case, people):
    give_up(case, people.assistant)
    event = AuditEvent.objects.first()
    assert (event.verb, event.subject, event.person) == ("set an answer aside", "C-01 2.1.1a", people.assistant)
    assert event.detail == {"gave_way_to": 2, "value": "na", "sha256": MINE.digest()}


def test_the_same_once_more_gets_the_first_receipt(case, people, settings):
    same = uuid4()
    settings.CLOCK = "2027-06-08T10:42"
    first = give_up(case, people.assistant, save_id=same)
    settings.CLOCK = "2027-06-08T11:42"
    Case.objects.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=people.assistant)
    assert give_up(case, people.assistant, save_id=same) == first
    assert len(kept()) == 1


@pytest.mark.parametrize("changed", [{"content": Content("no")}, {"question": "2.1.1b"}])
def test_the_same_id_with_something_else_is_refused(case, people, changed):
    same = uuid4()
    give_up(case, people.assistant, save_id=same)
    with pytest.raises(SaveIdReused):
        give_up(case, people.assistant, save_id=same, **changed)
    assert len(kept()) == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_at_once_under_one_id_one_is_kept_and_all_get_its_receipt(case, people):
    same = uuid4()
    receipts = at_once([lambda: give_up(case, people.assistant, save_id=same)] * 4)
    assert (len(set(receipts)), len(kept())) == (1, 1)


@pytest.mark.parametrize(
    ("question", "given", "expected"), [("2.1.1a", 1, 1), ("2.1.1a", 2, 2), ("2.1.1a", 99, 2), ("2.1.1b", 4, 0)]
)
def test_it_gives_way_to_a_version_that_there_is(case, people, question, given, expected):
    assert give_up(case, people.assistant, question=question, gave_way_to=given).version == expected


@pytest.mark.parametrize(
    ("question", "content"), [("9.9.9", MINE), ("2.1.1a", Content("maybe")), ("2.1.1a", Content("yes", "other"))]
)
def test_what_no_answer_could_be_is_refused(case, people, question, content):
    with pytest.raises(AnswerRefused):
        give_up(case, people.assistant, question=question, content=content)
    assert kept() == []


def test_a_closed_case_takes_none(case, people):
    with pytest.raises(CaseClosed):
        give_up(case, people.lead)
    Case.objects.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=people.assistant)
    with pytest.raises(CaseClosed):
        give_up(case, people.assistant)
    Case.objects.filter(pk=case.pk).update(sent_at=None, sent_by=None)
    Inspection.objects.update(stage=Stage.RATING)
    with pytest.raises(CaseClosed):
        give_up(case, people.assistant)
    assert kept() == []
