"""Evidence cards and findings over HTTP."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts import clock
from cases.models import EvidenceCard, Finding, FindingAgreement, FindingVersion, Theme
from cases.queries.findings import agreed_findings, stated
from inspections.models import Inspection
from tests.factories import inspection_with_team
from tests.pages import fetch, form_on, text_of

pytestmark = pytest.mark.django_db

ROOT = "/inspections/YI-27-001/"
CARD = {
    "prompt": "V1.2a",
    "source": "document",
    "where": "Minutes of the board, 12 May",
    "text": "The board asked for figures about victims and changed the contract because of them",
    "direction": "strength",
    "strength": "strong",
}
FINDING = {"statement": "The board drives work with victims", "direction": "strength", "strength": "some"}


@pytest.fixture
def inspection(people, settings):
    settings.CLOCK = "2027-06-08T16:00"
    return inspection_with_team(people, ref="YI-27-001")


def post(client, person, path, data=None):
    client.force_login(person)
    return client.post(f"{ROOT}{path}", data or {})


def add(client, person, topic="V1.2", **data) -> EvidenceCard:
    post(client, person, f"evidence/new/{topic}/", CARD | {"once": uuid4()} | data)
    return EvidenceCard.objects.latest("number")


def draft(client, person, *supports, topic="V1.2", **data) -> Finding:
    values = FINDING | {"once": uuid4(), "supports": supports} | data
    post(client, person, f"findings/new/{topic}/", values)
    return Finding.objects.latest("number")


def agreed(client, finding, *people):
    for person in people:
        post(client, person, f"findings/{finding.number}/agree/", {"version": finding.version})
    return stated(finding.inspection, finding.number)


# --- evidence -------------------------------------------------------------------------------------------------


def test_every_prompt_is_there_also_without_evidence(client, people, inspection):
    add(client, people.assistant)
    page = text_of(fetch(client, people.lead, f"{ROOT}evidence/"))
    assert page.count("No evidence yet.") == 5 + 5 + 5 + 6 - 1
    assert "E1 Strength The board asked for figures" in page
    assert "Document: Minutes of the board, 12 May. Strong evidence. Added by Assistant, 8 June." in page


@pytest.mark.parametrize(
    ("query", "found"), [("source=document", 1), ("source=data", 0), ("strength=weak", 0), ("topic=1.1", 0)]
)
def test_evidence_is_filtered(client, people, inspection, query, found):
    add(client, people.lead)
    assert text_of(fetch(client, people.lead, f"{ROOT}evidence/?{query}")).count("The board asked for") == found


def test_a_form_sent_twice_is_one_card(client, people, inspection):
    once = uuid4()
    assert [add(client, people.lead, once=once).number for _ in range(2)] == [1, 1]


MISSING = {
    "source": "Select what kind of source it is",
    "where": "Say which document, meeting or figures it comes from",
    "text": "Write what was seen, heard or read",
    "direction": "Select whether it is a strength, an area to improve or a note",
    "strength": "Select how strong it is as evidence",
}


@pytest.mark.parametrize(("field", "sentence"), MISSING.items())
def test_what_is_missing_is_said_and_the_rest_kept(client, people, inspection, field, sentence):
    page = post(client, people.lead, "evidence/new/V1.2/", CARD | {field: "\0 "}).content.decode()
    assert sentence in text_of(page)
    kept = CARD | {field: ""}
    assert {name: form_on(page).get(name, "") for name in CARD if name != field} == {
        name: kept[name] for name in CARD if name != field
    }
    assert EvidenceCard.objects.count() == 0


@pytest.mark.parametrize("topic", ["2.1", "V1", "9.9", "x"])
def test_what_is_no_topic_has_no_page(client, people, inspection, topic):
    client.force_login(people.lead)
    asked = [client.get(f"{ROOT}{kind}/new/{topic}/").status_code for kind in ("evidence", "findings")]
    assert asked == [404, 404]


def test_a_card_is_withdrawn_and_kept(client, people, inspection):
    card = add(client, people.lead)
    for _ in range(2):
        post(client, people.deputy, f"evidence/{card.number}/withdraw/")
    card.refresh_from_db()
    assert (card.withdrawn_by, "The board asked" in fetch(client, people.lead, f"{ROOT}evidence/")) == (
        people.deputy,
        False,
    )


# --- findings -------------------------------------------------------------------------------------------------


def test_a_finding_is_agreed_once_two_agree(client, people, inspection):
    add(client, people.lead)
    finding = draft(client, people.lead, "card-1")
    assert [agreed(client, finding, person).is_agreed for person in (people.lead, people.lead, people.deputy)] == [
        False,
        False,
        True,
    ]
    page = text_of(fetch(client, people.lead, f"{ROOT}findings/"))
    assert (
        "F1 Strength Agreed The board drives work with victims Some evidence. Rests on E1. Lead and Deputy agree."
        in page
    )


def test_a_finding_without_evidence_cannot_be_agreed(client, people, inspection):
    finding = draft(client, people.lead)
    client.force_login(people.deputy)
    page = client.post(f"{ROOT}findings/1/agree/", {"version": 1}, follow=True).content.decode()
    assert "F1 rests on no evidence, so it cannot be agreed. Choose the evidence first." in text_of(page)
    assert (finding.version, FindingAgreement.objects.count()) == (1, 0)


def test_it_is_no_longer_agreed_when_its_evidence_is_withdrawn(client, people, inspection):
    card = add(client, people.lead)
    finding = draft(client, people.lead, "card-1")
    assert agreed(client, finding, people.lead, people.deputy).is_agreed
    post(client, people.lead, f"evidence/{card.number}/withdraw/")
    assert agreed_findings(inspection, "V1.2") == []
    assert "E1 was withdrawn after this was written." in text_of(fetch(client, people.lead, f"{ROOT}findings/1/"))


def test_a_change_keeps_what_was_said_and_asks_again(client, people, inspection):
    add(client, people.lead)
    finding = draft(client, people.lead, "card-1")
    agreed(client, finding, people.lead, people.deputy)
    changed = FINDING | {"statement": "The board led", "supports": ["card-1"], "version": 1}
    for _ in range(2):
        post(client, people.deputy, "findings/1/", changed)
    found = stated(inspection, 1)
    assert (found.finding.version, found.is_agreed, found.people) == (2, False, [])
    assert [said.statement for said in FindingVersion.objects.order_by("version")] == [
        FINDING["statement"],
        "The board led",
    ]


def test_of_two_who_change_it_the_second_keeps_their_text_and_sees_the_other(client, people, inspection):
    draft(client, people.lead)
    post(client, people.deputy, "findings/1/", FINDING | {"statement": "Theirs", "version": 1})
    page = post(client, people.lead, "findings/1/", FINDING | {"statement": "Mine", "version": 1}).content.decode()
    assert "Deputy changed this finding at 4:00pm. Choose which to keep" in text_of(page)
    assert (form_on(page)["statement"], "Theirs" in text_of(page)) == ("Mine", True)
    assert stated(inspection, 1).said.statement == "Theirs"


def test_agreeing_with_a_version_that_one_has_not_read_is_refused(client, people, inspection):
    add(client, people.lead)
    draft(client, people.lead, "card-1")
    post(client, people.lead, "findings/1/", FINDING | {"statement": "Anew", "supports": ["card-1"], "version": 1})
    post(client, people.deputy, "findings/1/agree/", {"version": 1})
    assert FindingAgreement.objects.count() == 0


def test_merged_findings_keep_the_evidence_of_both_and_are_agreed_again(client, people, inspection):
    add(client, people.lead)
    theme = theme_about(inspection, people)
    kept = draft(client, people.lead, "card-1")
    draft(client, people.lead, f"theme-{theme.pk}", statement="Much the same")
    agreed(client, kept, people.lead, people.deputy)
    post(client, people.lead, "findings/2/merge/", {"into": "1"})
    found = stated(inspection, 1)
    assert [support.name for support in found.supports] == ["E1", "The theme “Victims are heard”"]
    assert (found.said.statement, found.is_agreed) == (FINDING["statement"], False)
    client.force_login(people.lead)
    assert [client.get(f"{ROOT}findings/{number}/").status_code for number in (1, 2)] == [200, 404]


def theme_about(inspection: Inspection, people) -> Theme:
    made = {"made_at": clock.now(), "made_by": people.lead, "day": inspection.fieldwork_start}
    return Theme.objects.create(
        inspection=inspection, standard="V1", direction="strength", text="Victims are heard", **made
    )


@pytest.mark.parametrize("into", ["", "1", "9", "x", "9" * 30])
def test_a_finding_is_merged_only_into_another_about_the_same(client, people, inspection, into):
    draft(client, people.lead)
    draft(client, people.lead, topic="1.1")
    page = post(client, people.lead, "findings/1/merge/", {"into": into}).content.decode()
    assert "Select the finding to merge this one into" in text_of(page)


@pytest.mark.parametrize("support", ["card-9", "card-x", "theme-1", "theme-" + "9" * 30, "\0"])
def test_a_finding_rests_only_on_what_there_is(client, people, inspection, support):
    page = post(client, people.lead, "findings/new/V1.2/", FINDING | {"supports": [support]}).content.decode()
    assert "Select evidence from the list" in text_of(page)
    assert (form_on(page)["statement"], Finding.objects.count()) == (FINDING["statement"], 0)


@pytest.mark.parametrize("number", [9, 99999, 9**40])
def test_what_there_is_not_has_no_page(client, people, inspection, number):
    client.force_login(people.lead)
    asked = [client.get(f"{ROOT}findings/{number}/"), client.post(f"{ROOT}evidence/{number}/withdraw/")]
    assert [response.status_code for response in asked] == [404, 404]


def test_the_database_refuses_a_support_of_nothing(client, people, inspection):
    draft(client, people.lead)
    with pytest.raises(IntegrityError, match="finding_rests_on_one_thing"), transaction.atomic():
        FindingVersion.objects.get().supports.create()


def test_queries_do_not_grow_with_cards_and_findings(client, people, inspection):
    def fill():
        add(client, people.lead)
        agreed(client, draft(client, people.lead, "card-1"), people.lead)

    def counted() -> list[int]:
        return [queries_of(client, people.lead, path) for path in ("evidence/", "findings/", "findings/1/")]

    fill()
    counted()  # the names that no text may have are looked up once and held
    few = counted()
    fill()
    fill()
    assert counted() == few


def queries_of(client, person, path) -> int:
    client.force_login(person)
    with CaptureQueriesContext(connection) as found:
        client.get(f"{ROOT}{path}")
    return len(found)


# --- domain one through the work ------------------------------------------------------------------------------


def test_a_one_week_inspection_describes_domain_one_and_rates_nothing(client, people, inspection):
    add(client, people.lead, topic="1.1", prompt="1.1a", source="case_reads", where="Nine reads")
    agreed(client, draft(client, people.lead, "card-1", topic="1.1"), people.lead, people.deputy)
    draft(client, people.lead, topic="1.1", statement="Not agreed, so not described")
    page = text_of(fetch(client, people.lead, f"{ROOT}lens/"))
    assert "1.1 Governance and leadership Agreed findings Strength F1 The board drives work" in page
    assert ("Seen in the work E1" in page, "Not agreed, so not described" in page) == (True, False)
    assert "1 finding waits to be agreed" in page
    assert "1.2 Staffing Nothing has been recorded about this yet." in page
    assert [rating.label for rating in inspection.standards.ratings if rating.label in page] == []


def test_an_inspection_that_rates_domain_one_describes_none_of_it(client, people, inspection):
    Inspection.objects.update(inspection_type="iyjs")
    add(client, people.lead, topic="1.1", prompt="1.1a")
    page = text_of(fetch(client, people.lead, f"{ROOT}lens/"))
    assert ("its panel decides domain one from findings" in page, "1.1" in page) == (True, False)
