"""A reader says over HTTP what they know; the lead moves several cases at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from cases.models import Case, KnownCase, KnownWorker
from cases.queries.sample import sample_of
from tests.cases.test_views_caseload import errors, text
from tests.factories import inspection_with_team, sampled_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people):
    return inspection_with_team(people)


@pytest.fixture
def cases(inspection, people):
    return sampled_cases(inspection, count=6, reader=people.assistant)


@pytest.fixture
def lead(client, people, cases):
    client.force_login(people.lead)
    return client


def page(name: str, inspection, **more: object) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": inspection.ref, **more})


def readers(inspection) -> dict[str, str | None]:
    return dict(sample_of(inspection).values_list("ref", "reader__name"))


# --- I know this case ---


def test_every_page_of_an_unread_case_offers_to_send_it_back(client, people, inspection, cases):
    client.force_login(people.assistant)
    know = page("know", inspection, case_ref="C-02")
    for address in (page("case", inspection, case_ref="C-02"), page("notes", inspection, case_ref="C-02")):
        assert f'href="{know}"' in client.get(address).content.decode()
    section = page("read-section", inspection, case_ref="C-02", section="2.1")
    assert f'href="{know}"' in client.get(section).content.decode()


def test_a_reader_sends_a_case_back_with_a_category_only(client, people, inspection, cases):
    client.force_login(people.assistant)
    address = page("know", inspection, case_ref="C-02")
    assert client.get(address).context["form"].fields.keys() == {"kind"}
    response = client.post(address, {"kind": "person"}, follow=True)
    assert "C-02 has gone back. The lead inspector is told, and you read it no more." in text(response)
    assert (readers(inspection)["C-02"], KnownCase.objects.get().kind) == (None, "person")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("kind", ["", "aunt", "\0"])
def test_without_a_category_the_case_stays(client, people, inspection, cases, kind):
    client.force_login(people.assistant)
    response = client.post(page("know", inspection, case_ref="C-02"), {"kind": kind})
    assert errors(response) == ["Select what is nearest"]
    assert readers(inspection)["C-02"] == "Assistant"


def test_a_case_that_was_sent_is_not_sent_back(client, people, inspection, cases):
    Case.objects.filter(ref="C-02").update(sent_at=clock.now(), sent_by=people.assistant)
    client.force_login(people.assistant)
    response = client.post(page("know", inspection, case_ref="C-02"), {"kind": "person"})
    assert errors(response) == ["C-02 is no longer yours to read, or has been sent"]


# --- workers ---


def test_a_reader_names_a_worker_for_themselves(client, people, inspection, cases):
    client.force_login(people.assessor)
    address = page("known-workers", inspection)
    assert client.get(address).context["form"].fields.keys() == {"worker", "kind"}
    client.post(address, {"worker": "Worker 2", "kind": "work", "person": people.deputy.pk})
    assert list(KnownWorker.objects.values_list("person__name", "worker", "kind")) == [("Assessor", "Worker 2", "work")]
    assert "Worker 2 They work or have worked together" in text(client.get(address))


def test_each_sees_their_own_and_the_lead_everybodys(client, people, inspection, cases):
    client.force_login(people.assistant)
    client.post(page("known-workers", inspection), {"worker": "Worker 2", "kind": "work"})
    client.force_login(people.deputy)
    assert "Nobody has been named." in text(client.get(page("known-workers", inspection)))
    client.force_login(people.lead)
    assert "Worker 2 Assistant." in text(client.get(page("known-workers", inspection)))


def test_the_lead_names_a_worker_for_somebody_and_ends_it(lead, people, inspection):
    address = page("known-workers", inspection)
    response = lead.post(address, {"person": people.assistant.pk, "worker": "Worker 2", "kind": "other"}, follow=True)
    assert "Saved. Cases that went back for another reader: 2." in text(response)
    end = page("end-known-worker", inspection, pk=KnownWorker.objects.get().pk)
    assert "Assistant can be given cases of Worker 2 again." in text(lead.post(end, follow=True))
    assert lead.post(end).status_code == 404


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({"worker": ""}, ["Select a name from the list"]),
        ({"worker": "Worker 9\0"}, ["Select a name from the list"]),
        ({"person": "9" * 400}, ["Select somebody from the list"]),
        ({"kind": "aunt"}, ["Select what is nearest"]),
        ({"worker": "Worker 3"}, ["Worker 3 has been named already"]),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept(lead, people, inspection, change, sentences):
    address = page("known-workers", inspection)
    lead.post(address, {"person": people.assistant.pk, "worker": "Worker 3", "kind": "work"})
    sent = {"person": people.assistant.pk, "worker": "Worker 2", "kind": "personal"} | change
    response = lead.post(address, sent)
    assert errors(response) == sentences
    assert KnownWorker.objects.count() == 1


# --- moving several ---


def move(client, inspection, **sent: object):
    return client.post(page("move", inspection), sent)


def test_ticked_cases_move_together(lead, people, inspection):
    response = move(lead, inspection, ticked=["C-01", "C-04"], which="ticked", to=people.deputy.pk)
    assert response.url == page("allocation", inspection)
    assert [ref for ref, name in readers(inspection).items() if name == "Deputy"] == ["C-01", "C-04"]


def test_all_unread_cases_of_one_reader_move_and_begun_ones_stay(lead, people, inspection):
    Case.objects.filter(ref="C-01").update(started_at=clock.now())
    move(lead, inspection, which=people.assistant.pk, to=people.deputy.pk)
    assert readers(inspection) == {"C-01": "Assistant"} | {f"C-0{n}": "Deputy" for n in range(2, 7)}


def test_they_go_back_or_are_shared_out_among_the_others(lead, people, inspection):
    move(lead, inspection, which=people.assistant.pk, to="pool")
    assert set(readers(inspection).values()) == {None}
    Case.objects.update(reader=people.assistant)
    move(lead, inspection, which=people.assistant.pk, to="share")
    assert set(readers(inspection).values()) == {"Deputy", "Second Assistant", "Assessor"}


@pytest.mark.parametrize(
    ("sent", "sentences"),
    [
        ({}, ["Select which cases to move", "Select to whom they go"]),
        ({"which": "ticked", "to": "pool"}, ["Tick the cases to move, or choose all unread cases of a reader"]),
        ({"which": "ticked", "to": "99", "ticked": ["C-01"]}, ["Select to whom they go"]),
        ({"which": "9" * 400, "to": "pool"}, ["Select which cases to move"]),
        (
            {"which": "ticked", "to": "pool", "ticked": ["C-77"]},
            ["The sample has no C-77 any more. Open this page again"],
        ),
    ],
)
def test_a_move_that_cannot_be_made_is_said(lead, inspection, sent, sentences):
    response = move(lead, inspection, **sent)
    assert (response.status_code, errors(response)) == (200, sentences)
    assert set(readers(inspection).values()) == {"Assistant"}


def test_a_move_to_somebody_who_knows_a_case_keeps_the_ticks(lead, people, inspection, cases):
    KnownCase.objects.create(case=cases[0], person=people.deputy, kind="other", declared_at=clock.now())
    response = move(lead, inspection, ticked=["C-01", "C-04"], which="ticked", to=people.deputy.pk)
    assert errors(response) == ["Deputy knows the case (C-01). Choose another reader"]
    assert response.context["ticked"] == ["C-01", "C-04"]
    assert set(readers(inspection).values()) == {"Assistant"}


def test_a_begun_case_that_is_ticked_asks_why(lead, people, inspection):
    Case.objects.filter(ref="C-01").update(started_at=clock.now())
    sent = {"ticked": ["C-01"], "which": "ticked", "to": people.deputy.pk}
    assert errors(move(lead, inspection, **sent)) == ["Say why C-01 should go to another reader: reading has begun"]
    move(lead, inspection, reason="Ill", **sent)
    assert readers(inspection)["C-01"] == "Deputy"


# --- what the page of the allocation says ---


def test_it_says_why_somebody_is_not_offered_a_case_and_does_not_offer_it(lead, people, inspection, cases):
    KnownCase.objects.create(case=cases[0], person=people.deputy, kind="other", declared_at=clock.now())
    response = lead.get(page("allocation", inspection))
    assert "Is not offered C-01: knows the case" in text(response)
    offered = {item.case.ref: [member.name for member in able] for item, _, able in response.context["page"].choices}
    assert ("Deputy" in offered["C-01"], "Deputy" in offered["C-02"]) == (False, True)


def test_it_says_how_near_the_hours_are_and_could_be(lead, people, inspection):
    assert "No allocation can bring them nearer than 4.5." in text(lead.get(page("allocation", inspection)))
    suggested = text(lead.get(page("allocation", inspection), {"suggest": "anew"}))
    assert "The hours are 4.5 apart. They cannot be nearer than 4.5." in suggested


@pytest.mark.parametrize("suggest", ["", "1", "anew", "perhaps", "\0"])
def test_any_word_for_a_suggestion_opens_the_page(lead, inspection, suggest):
    assert lead.get(page("allocation", inspection), {"suggest": suggest}).status_code == 200


def test_more_cases_and_conflicts_cost_no_more_queries(lead, people, inspection, cases):
    def cost(*names: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            for name in names:
                assert lead.get(page(name, inspection)).status_code == 200
        return len(queries)

    KnownCase.objects.create(case=cases[0], person=people.deputy, kind="other", declared_at=clock.now())
    worker = {"inspection": inspection, "kind": "work", "declared_at": clock.now(), "declared_by": people.lead}
    KnownWorker.objects.create(person=people.deputy, worker="Worker 1", **worker)
    before = cost("allocation", "known-workers")
    for case, name in zip(cases[1:4], ("Worker 2", "Worker 3", "Worker 0"), strict=True):
        KnownCase.objects.create(case=case, person=people.assessor, kind="other", declared_at=clock.now())
        KnownWorker.objects.create(person=people.assistant, worker=name, **worker)
    sampled_cases(inspection, "victim", 9, reader=people.assistant)
    assert cost("allocation", "known-workers") == before
