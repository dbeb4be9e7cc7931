"""A query that is built once finds what the plain query finds."""

import pytest

from accounts import clock
from accounts.models import AuditEvent, User
from cases.models import Case
from cases.queries.cases import BY_REFS, by_refs
from inspections.models import Inspection
from inspections.queries.compiled import Compiled
from tests.factories import inspection_with_team, sampled_cases

pytestmark = pytest.mark.django_db
RELATED = ("inspection", "inspection__service", "row", "reader", "sent_by")


@pytest.fixture
def cases(people) -> list[Case]:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)


def facts(case: Case) -> dict:
    """Every column and annotation, of the row and of what it refers to."""
    found = {"": case, **{path: at(case, path) for path in RELATED}}
    return {path: known(row) for path, row in found.items()}


def at(row, path):
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def known(row) -> dict:
    return {name: value for name, value in vars(row).items() if not name.startswith("_")} if row else {}


@pytest.mark.parametrize("name", ["assistant", "lead", "contact", "stranger"])
def test_the_row_and_its_relations_are_those_of_the_plain_query(people, cases, name):
    Case.objects.filter(pk=cases[1].pk).update(reader=None, sent_at=clock.now(), sent_by=people.lead)
    for case in cases:
        asked = (getattr(people, name), case.inspection.ref, case.ref)
        assert facts(BY_REFS.find(*asked)) == facts(by_refs(*asked).select_related(*RELATED).get())


def test_what_it_refers_to_comes_with_it(people, cases, django_assert_num_queries):
    case = BY_REFS.find(people.assistant, cases[0].inspection.ref, "C-01")
    with django_assert_num_queries(0):
        assert (case.inspection.service.name, case.reader, case.sent_by, case.row.number) == (
            "Reading",
            people.assistant,
            None,
            2,
        )


def test_it_can_be_changed_and_saved_like_any_row(people, cases):
    case = BY_REFS.find(people.assistant, cases[0].inspection.ref, "C-01")
    case.started_at = clock.now()
    case.save(update_fields=["started_at"])
    assert Case.objects.get(pk=case.pk).started_at == case.started_at


@pytest.mark.parametrize("refs", [("YI-00-000", "C-01"), ("", ""), ("<ref>", "<case ref>"), ("' OR 1=1 --", "C-01")])
def test_what_is_not_there_is_not_found(people, cases, refs):
    assert BY_REFS.find(people.assistant, *refs) is None


def test_a_column_that_python_would_convert_is_refused():
    query = Compiled(lambda person: AuditEvent.objects.filter(person=person), stand_ins=(User(pk=-1),))
    with pytest.raises(TypeError, match=r"AuditEvent has columns .* \['detail'\]"):
        query.find(User(pk=1))


def test_the_stand_ins_are_gone_when_it_runs(people, cases):
    """Built for nobody, it is asked for one person after the other."""
    ref = cases[0].inspection.ref
    roles = {name: BY_REFS.find(getattr(people, name), ref, "C-01").own_role for name in ("lead", "deputy", "stranger")}
    assert roles == {"lead": "lead", "deputy": "deputy", "stranger": None}
    assert Inspection.objects.get().ref == ref
