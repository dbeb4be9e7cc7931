"""Two who write up one discussion, or use one document, at the same moment: one does, the other is told."""

import pytest

from cases.actions import write_ups
from cases.actions.discussions import Typed, number_discussions
from cases.actions.review_documents import keep_document, use_document
from cases.actions.write_ups import Typed as Written
from cases.actions.write_ups import save_entries
from cases.models import Case, Discussion, Entry, EntryVersion, ReviewDocument
from cases.queries.discussions import written
from cases.rules.write_ups import Said
from inspections.actions.refused import Refused
from inspections.models import Inspection
from tests.factories import inspection_with_team, sampled_cases
from tests.races import at_once, behind_the_inspection

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 10


@pytest.fixture
def discussion(people) -> Discussion:
    inspection = inspection_with_team(people)
    cases = sampled_cases(inspection, count=1, reader=people.assistant)
    Case.objects.filter(pk=cases[0].pk).update(is_macd=True)
    number_discussions(inspection, cases)
    return inspection.discussions.get()


def saving(people, discussion, base):
    def by(person):
        typed = {"notes": Written(Said(text=f"{person.name} {base}"), base)}
        return lambda: sorted(save_entries(by=person, discussion=discussion, typed=typed))

    return [by(people.lead), by(people.deputy)]


def test_of_two_who_write_one_box_at_once_one_saves_and_the_other_is_shown_it(people, discussion):
    for base in range(TIMES):
        assert sorted(at_once(saving(people, discussion, base))) == [[], ["notes"]]
    assert (Entry.objects.get().version, EntryVersion.objects.count()) == (TIMES, TIMES)


def test_without_the_lock_one_of_them_is_not_told(people, discussion, monkeypatch):
    class Unlocked:
        class objects:
            @staticmethod
            def select_for_update(**_):
                return Inspection.objects

    monkeypatch.setattr(write_ups, "Inspection", Unlocked)
    lost = 0
    for base in range(TIMES):
        came_to = at_once(saving(people, discussion, base))
        lost += sorted(map(str, came_to)) != ["['notes']", "[]"]
        if lost:
            break
    assert lost > 0


@pytest.mark.parametrize("_time", range(3))
def test_a_document_that_is_used_twice_at_once_is_used_once(people, discussion, _time):
    paper = keep_document(by=people.contact, discussion=discussion, label="x.docx", content=b"PK")

    def use():
        found = ReviewDocument.objects.select_related("discussion__inspection").get(pk=paper.pk)
        return use_document(by=people.contact, paper=found, typed={"agencies-1": Typed("Health", 0)})

    first, second = sorted(behind_the_inspection([use, use]), key=lambda came: isinstance(came, Refused))
    assert (first, type(second)) == ({}, Refused)
    assert written(discussion) == {"agencies-1": "Health"}
