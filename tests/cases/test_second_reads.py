"""Second reads: blind while either read is unsent, compared and settled after, and counted nowhere."""

from dataclasses import astuple
from uuid import uuid4

import pytest

from accounts import clock
from cases.actions import queries as asking
from cases.actions import second_reads
from cases.actions.allocation import allocate
from cases.actions.queries import ask
from cases.actions.reading import NotSent, reopen_case, send_case
from cases.actions.sample import SampleRefused, replace_case
from cases.actions.second_reads import SecondReadRefused, settle, start_second_read
from cases.models import AnswerVersion, Case, Concern, Query, Settlement, Told
from cases.queries.allocation import shares_of
from cases.queries.answers import form_of
from cases.queries.checking import waiting_for
from cases.queries.progress import progress_of
from cases.queries.queries import threads_of
from cases.queries.sample import sample_page
from cases.queries.second import may_read_again
from cases.queries.work import work_for
from inspections.models import Inspection, Stage
from ratings.actions.snapshots import compute
from ratings.models import Snapshot
from tests import access
from tests.answering import answer_all, save
from tests.cases.asked import sent_case
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import fetch, text_of
from tests.routes import routes

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(people) -> Case:
    cases = sampled_cases(inspection_with_team(people), reader=people.assistant)
    return sent_case(cases[0], people.assistant)


def second_of(first, people, name="quality") -> Case:
    return start_second_read(by=people.lead, case=first, reader=getattr(people, name))


def both_sent(first, people, name="quality") -> Case:
    """They differ on 2.1.1 only."""
    second, reader = second_of(first, people, name), getattr(people, name)
    answer_all(second, reader, but=("2.1.1",))
    save(second, reader, "2.1.1", "no", "Nothing of it.", despite_reason="It came too late.")
    send_case(by=reader, case=second)
    return second


# --- who ------------------------------------------------------------------------------------------------------


def test_it_is_a_read_of_its_own_of_the_same_case(first, people):
    second = second_of(first, people)
    assert (second.ref, second.row, second.draw, second.kind) == ("C-01-2", first.row, first.draw, first.kind)
    assert (second.second_of, second.reader, second.sent_at) == (first, people.quality, None)


def test_who_has_no_view_of_the_case_yet_may_read_it_again(first, people):
    inspection = first.inspection
    names = set(may_read_again(inspection, first).values_list("email", flat=True))
    assert names == {f"{name}@people.example" for name in ("quality", "second_assistant", "assessor")}
    ask(by=people.quality, case=first, question="2.1.1", text="Where?")
    service = inspection.service
    people.assessor.interests.create(service=service, kind="personal", declared_at=inspection.created_at)
    assert [person.email for person in may_read_again(inspection, first)] == ["second_assistant@people.example"]


@pytest.mark.parametrize("name", ["assistant", "lead", "deputy", "stranger", "head", "contact"])
def test_others_may_not(first, people, name):
    with pytest.raises(SecondReadRefused, match="cannot read this case a second time"):
        second_of(first, people, name)
    assert Case.reads.filter(second_of__isnull=False).count() == 0


def test_there_is_one_at_a_time_and_none_of_a_second_read(first, people):
    second = second_of(first, people)
    with pytest.raises(SecondReadRefused, match="C-01 is being read a second time already"):
        second_of(first, people, "assessor")
    with pytest.raises(SecondReadRefused, match="C-01-2 cannot be read a second time"):
        second_of(second, people, "assessor")


def test_it_can_be_taken_back_before_it_begins_and_started_anew(first, people):
    second_of(first, people)
    second_reads.remove_second_read(by=people.lead, case=first)
    second = second_of(first, people, "assessor")
    assert second.ref == "C-01-3"
    save(second, people.assessor)
    with pytest.raises(SecondReadRefused, match="The second read has begun, or there is none"):
        second_reads.remove_second_read(by=people.lead, case=first)


def test_the_first_read_cannot_go_to_the_second_reader(first, people):
    second_of(first, people, "second_assistant")
    with pytest.raises(SampleRefused, match=r"Second Assistant reads C-01 a second time\. Choose another reader"):
        allocate(
            by=people.lead, inspection=first.inspection, readers={"C-01": people.second_assistant.pk}, reason="Ill"
        )
    assert Case.objects.get(pk=first.pk).reader == people.assistant


def test_it_leaves_the_sample_with_the_first(people):
    first = sampled_cases(inspection_with_team(people), reader=people.assistant)[0]
    second = second_of(first, people)
    replace_case(by=people.lead, case=first, reason="The family asks for peace")
    second.refresh_from_db()
    assert second.left_at is not None


# --- blind ----------------------------------------------------------------------------------------------------


def addresses_of(case) -> list[tuple[str, str]]:
    """Every address of the case, with every method."""
    values = {
        "ref": case.inspection.ref,
        "case_ref": case.ref,
        "section": "2.1",
        "question": "2.1.1",
        "topic": "2.1.1",
        "query": getattr(case.queries.first(), "pk", 1),
        "pk": concern_about(case).pk,
        "node": f"2.1.1/{case.ref}",
    }
    about = [route for route in routes() if "case_ref" in route.parts]
    return [(method, route.path(values)) for route in about for method in access.asked(route.name)]


def concern_about(case) -> Concern:
    """Raised by its reader."""
    told = {"seen": "A bruise", "told": Told.NOT_YET, "raised_at": clock.now()}
    return Concern.objects.create(case=case, once=uuid4(), raised_by=case.reader, **told)


def opened(client, person, case) -> list[str]:
    client.force_login(person)
    asked = [(path, getattr(client, method.lower())(path)) for method, path in addresses_of(case)]
    return [path for path, response in asked if response.status_code != 404]


@pytest.mark.parametrize("name", ["quality", "second_assistant", "assessor"])
def test_until_both_are_sent_nothing_of_the_other_read_opens(client, first, people, name):
    ask(by=people.lead, case=first, question="2.1.1", text="Where?")
    second = second_of(first, people, name)
    reader = getattr(people, name)
    assert (opened(client, reader, first), opened(client, people.assistant, second)) == ([], [])
    answer_all(second, reader)
    assert (opened(client, reader, first), opened(client, people.assistant, second)) == ([], [])


def test_nor_while_the_first_is_the_one_that_is_not_sent(client, people):
    first = sampled_cases(inspection_with_team(people), reader=people.assistant)[0]
    second = second_of(first, people)
    save(first, people.assistant, "2.1.1", "yes", "secret-first")
    answer_all(second, people.quality)
    send_case(by=people.quality, case=second)
    assert (opened(client, people.quality, first), opened(client, people.assistant, second)) == ([], [])


def test_lists_do_not_show_the_first_read_to_who_reads_it_blind(client, first, people):
    second = second_of(first, people)
    ask(by=people.lead, case=first, question="2.1.1", text="Where?")
    quality = people.quality
    inspection = first.inspection
    inspection.parties = frozenset({"quality_assurer"})
    assert (threads_of(quality, inspection, ""), list(waiting_for(quality))) == ([], [])
    answer_all(second, quality)
    send_case(by=quality, case=second)
    assert len(threads_of(quality, inspection, "")) == 1
    assert list(waiting_for(quality)) == [first]


def test_the_log_says_no_word_of_what_the_second_read_answers(client, people):
    first = sampled_cases(inspection_with_team(people), reader=people.lead)[0]
    second = start_second_read(by=people.quality, case=first, reader=people.assistant)
    save(second, people.assistant, "2.1.1", "no", "Nothing.")
    page = text_of(fetch(client, people.lead, f"/inspections/{first.inspection.ref}/log/"))
    assert "Answer saved: C-01-2 2.1.1 by Assistant" in page
    assert ("Value: no" in page, "Sha256" in page) == (False, False)


def test_the_second_reader_reads_and_answers_on_the_ordinary_pages(client, first, people):
    second = second_of(first, people)
    address = f"/inspections/{first.inspection.ref}/cases/{second.ref}/"
    assert "You are the reader of this case." in fetch(client, people.quality, address)
    assert [item.text for item in work_for(people.quality)] == ["Start reading C-01-2"]
    page = fetch(client, people.quality, f"{address}read/2.1/")
    assert ('name="evidence-2.1.1"' in page, "Seen." in page) == (True, False)


def test_a_quality_assurer_never_answers_a_case_of_the_sample(client, first, people):
    Case.objects.update(reader=people.quality, sent_at=None, sent_by=None)
    client.force_login(people.quality)
    address = f"/inspections/{first.inspection.ref}/cases/C-01/"
    before = AnswerVersion.objects.count()
    posted = {"value-2.1.1a": "no", "evidence-2.1.1a": "Mine.", "base_version-2.1.1a": "1"}
    assert client.post(f"{address}read/2.1/", posted).status_code == 403
    assert client.post(f"{address}answers/", posted, content_type="application/json").status_code == 403
    assert client.post(f"{address}check/", {"confirmed": ["record", "evidence", "names"]}).status_code == 404
    assert AnswerVersion.objects.count() == before


# --- compared and settled ---------------------------------------------------------------------------------------


def compare_page(client, person, case) -> str:
    return text_of(fetch(client, person, f"/inspections/{case.inspection.ref}/cases/{case.ref}/second/"))


def leads_there(client, person, case) -> bool:
    home = f"/inspections/{case.inspection.ref}/cases/{case.ref}/"
    return f'href="{home}second/"' in fetch(client, person, home)


def test_a_reader_is_led_to_the_comparison_once_there_is_one(client, first, people):
    own = Case.objects.filter(inspection=first.inspection).exclude(pk=first.pk)[0]
    Case.objects.filter(pk=own.pk).update(reader=people.assessor)
    assert [leads_there(client, person, own) for person in (people.assessor, people.lead)] == [False, True]
    second = second_of(first, people, "assessor")
    pair = [(people.assistant, first), (people.assessor, second)]
    assert [leads_there(client, person, case) for person, case in pair] == [False, False]
    answer_all(second, people.assessor)
    send_case(by=people.assessor, case=second)
    assert [leads_there(client, person, case) for person, case in pair] == [True, True]


@pytest.mark.parametrize(("name", "own"), [("lead", "first"), ("assistant", "first"), ("assessor", "second")])
def test_both_readers_and_the_lead_compare_once_both_are_sent(client, first, people, name, own):
    second = second_of(first, people, "assessor")
    case = first if own == "first" else second
    waiting = compare_page(client, getattr(people, name), case)
    assert "The two reads of a case are compared here once both have been sent." in waiting
    assert ("C-01-2" in waiting) is (name in {"lead", "assessor"})
    answer_all(second, people.assessor, but=("2.1.1",))
    save(second, people.assessor, "2.1.1", "no", "Nothing of it.", despite_reason="It came too late.")
    send_case(by=people.assessor, case=second)
    page = compare_page(client, getattr(people, name), case)
    count = len(form_of(first).questions)
    assert f"{count - 1} of {count} questions have the same answer" in page
    assert ("Nothing of it." in page, f"{count - 1} questions with the same answer" in page) == (True, True)
    assert ("Settle this difference" in page) is (name == "lead")


def test_where_the_second_stands_the_first_reader_is_asked_and_both_answers_stay(first, people):
    second = both_sent(first, people)
    before = list(AnswerVersion.objects.values_list("pk", "value", "evidence"))
    settle(by=people.lead, case=first, question="2.1.1", stands="second", reason="The record says so")
    query = Query.objects.get()
    assert (query.case, query.question, query.asked_by) == (first, "2.1.1", people.lead)
    assert query.messages.get().text == "The record says so"
    assert list(AnswerVersion.objects.values_list("pk", "value", "evidence")) == before
    assert second.settlements.get().stands == "second"


def test_where_one_asks_already_the_reason_goes_there(first, people):
    both_sent(first, people)
    ask(by=people.lead, case=first, question="2.1.1", text="Where?")
    settle(by=people.lead, case=first, question="2.1.1", stands="second", reason="The record says so")
    assert list(Query.objects.get().messages.values_list("text", flat=True)) == ["Where?", "The record says so"]


def test_where_the_first_stands_nobody_is_asked(first, people):
    both_sent(first, people)
    settle(by=people.lead, case=first, question="2.1.1", stands="first", reason="The record says so")
    assert Query.objects.count() == 0


def test_a_difference_is_settled_once_by_somebody_else_and_only_if_there_is_one(first, people):
    both_sent(first, people)
    reason = {"stands": "first", "reason": "The record says so"}
    for reader in (people.quality, people.assistant):
        with pytest.raises(SecondReadRefused, match="You read this case yourself"):
            settle(by=reader, case=first, question="2.1.1", **reason)
    with pytest.raises(SecondReadRefused, match=r"Both reads have the same answer to 2\.1\.2"):
        settle(by=people.lead, case=first, question="2.1.2", **reason)
    settle(by=people.lead, case=first, question="2.1.1", **reason)
    with pytest.raises(SecondReadRefused, match="has been settled already"):
        settle(by=people.lead, case=first, question="2.1.1", **reason)
    assert Settlement.objects.count() == 1


def test_nothing_is_settled_before_both_are_sent(first, people):
    second_of(first, people)
    with pytest.raises(SecondReadRefused, match="once both reads are sent"):
        settle(by=people.lead, case=first, question="2.1.1", stands="first", reason="Early")


def test_a_second_read_is_not_asked_about_nor_opened_again_once_both_are_sent(first, people):
    second = both_sent(first, people)
    with pytest.raises(asking.CannotCheck):
        ask(by=people.lead, case=second, question="2.1.1", text="Where?")
    with pytest.raises(NotSent, match="The second read is not opened again"):
        reopen_case(by=people.lead, case=second, reason="Again")


# --- counted nowhere ----------------------------------------------------------------------------------------------


def figures(inspection) -> list[object]:
    """Every number that the product shows of an inspection's cases."""
    inspection = Inspection.objects.get(pk=inspection.pk)
    compute(inspection_id=inspection.pk)
    snapshot = Snapshot.objects.order_by("-pk").first()
    page, shares = sample_page(inspection, "kind", []), shares_of(inspection, typed={}, suggest=False)
    return [
        inspection.evidence_version,
        (snapshot.result, snapshot.evidence),
        [astuple(row) for row in progress_of(inspection)],
        (page.counts, page.discussed, page.waiting, [len(rows) for _, rows in page.groups], len(page.left)),
        [(load.name, load.cases, load.minutes) for load in shares.loads],
        inspection.cases.count(),
    ]


@pytest.mark.parametrize("stage", [Stage.FIELDWORK, Stage.RATING])
def test_a_second_read_moves_no_number(first, people, stage):
    before = figures(first.inspection)
    second = second_of(first, people, "second_assistant")
    assert figures(first.inspection) == before
    answer_all(second, people.second_assistant, but=("2.1.1",))
    save(second, people.second_assistant, "2.1.1", "no", "Nothing of it.", despite_reason="It came too late.")
    assert figures(first.inspection) == before
    send_case(by=people.second_assistant, case=second)
    Inspection.objects.update(stage=stage)
    settle(by=people.lead, case=first, question="2.1.1", stands="first", reason="The record says so")
    assert figures(first.inspection) == before
