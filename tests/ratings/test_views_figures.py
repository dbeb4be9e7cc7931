"""Key questions and the trace, over HTTP: what they show, that every number leads down, that they keep up."""

import re
from html import unescape

import pytest

from cases.models import Answer, Kind
from cases.views.spliced import SplicedPage
from inspections.models import Inspection, Stage
from ratings.actions.meetings import freeze, start
from ratings.tasks import recompute_stale
from standards.loader import load
from tests.factories import inspection_with_team, sampled_cases
from tests.ratings.given import (
    CHILDREN,
    answered,
    at_rating,
    changed,
    decided,
    frozen_meeting,
    meeting_started,
    signed_in,
)

pytestmark = pytest.mark.django_db


def fieldwork(people, children: int = 14, victims: int = 9) -> Inspection:
    inspection = inspection_with_team(people)
    cases = sampled_cases(inspection, Kind.CHILD, children)
    letters = ("ynay" * children)[:children]
    answered(cases, dict.fromkeys(CHILDREN, letters), people.assistant)
    answered(sampled_cases(inspection, Kind.VICTIM, victims), {"V1.1": ("yyn" * victims)[:victims]}, people.assistant)
    recompute_stale()
    return Inspection.objects.get(pk=inspection.pk)


def page(people, inspection: Inspection, path: str, name: str = "lead") -> str:
    response = signed_in(getattr(people, name)).get(f"/inspections/{inspection.ref}/panel/{path}")
    assert response.status_code == 200
    return response.content.decode()


def text_of(html: str) -> str:
    """What is read, without the markup, in single spaces."""
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def links(html: str) -> set[str]:
    main = html[html.index("<main") : html.index("</main>")]
    return set(re.findall(r'href="(/[^"#]+)"', main))


def test_before_the_first_computation_the_page_says_so(people):
    inspection = inspection_with_team(people)
    assert "being computed for the first time" in page(people, inspection, "key-questions/")


def test_count_percentage_nearness_and_what_drives_are_in_words(people):
    inspection = fieldwork(people)
    changed(inspection, "C-02", "2.1.1", "yes")
    recompute_stale()
    text = text_of(page(people, inspection, "key-questions/"))
    assert "8 of 11 (72.7%): Good. 1 fewer sufficient case would make it Requires improvement." in text
    assert "2.1.2 Keep the child and the community safe Drives the rating" in text
    assert "7 of 11 (63.6%): Requires improvement." in text
    assert "0 of 14 children's cases sent 0 of 9 victims' cases sent" in text
    assert "23 cases are not sent yet. The answers so far count." in text


def test_while_the_choice_is_open_its_effect_is_not_shown(people):
    inspection = at_rating(people)
    start(inspection=inspection, by=people.lead)
    for path in ("key-questions/", "trace/", "trace/overall/", "trace/total/", "victims/"):
        text = text_of(page(people, inspection, path))
        assert "The total will be" not in text
        assert "from 6 to" not in text
    assert "Overall rating Still to be decided" in text_of(page(people, inspection, "key-questions/"))


def test_the_score_ladder_is_drawn_once_everything_that_counts_is_decided(people):
    meeting = frozen_meeting(people, "iyjs")
    text = text_of(page(people, meeting.inspection, "key-questions/", "chair"))
    assert "Scores 2.1 1, 2.2 2, 2.3 2, V1 2: 7 of 12, which is Good." in text
    assert "Domain one Does not count towards the overall rating. 1.1 Governance and leadership Good" in text


def test_figures_that_answers_have_overtaken_say_so(people):
    inspection = fieldwork(people)
    assert "being recomputed" not in page(people, inspection, "key-questions/")
    changed(inspection, "C-01", "2.1.1", "no")
    assert "Answers have changed since these figures were computed. They are being recomputed." in page(
        people, inspection, "key-questions/"
    )


def test_the_live_part_answers_304_until_something_changes(people):
    inspection = fieldwork(people)
    client, address = signed_in(people.lead), f"/inspections/{inspection.ref}/panel/key-questions/live/"
    first = client.get(address)
    assert "<html" not in first.content.decode()
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    changed(inspection, "C-01", "2.1.1", "no")
    stale = client.get(address, headers={"If-None-Match": first["ETag"]})
    recompute_stale()
    fresh = client.get(address, headers={"If-None-Match": stale["ETag"]})
    assert [found.status_code for found in (stale, fresh)] == [200, 200]
    assert "being recomputed" in stale.content.decode()
    assert "6 of 11 (54.5%)" in fresh.content.decode()


def test_the_number_of_queries_is_the_same_for_1_40_and_400_cases(people, django_assert_num_queries):
    for count, number in (("Reading", 1), ("Derby", 40), ("Leeds", 400)):
        inspection = fieldwork_of(people, count, number)
        client = signed_in(people.lead)
        base = f"/inspections/{inspection.ref}/panel/"
        for path in ("trace/2.1.1/", "trace/", "key-questions/cases/", "what-if/"):
            with django_assert_num_queries(4):  # session and person, inspection, meeting, snapshot
                client.get(base + path)
        with django_assert_num_queries(5):  # and what they are made from, before they are drawn
            client.get(f"{base}key-questions/")
        with django_assert_num_queries(3):
            client.get(f"{base}key-questions/")


TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')  # masked anew each time


def test_the_page_is_the_same_however_it_is_drawn(people, monkeypatch, caplog):
    """Spliced for the second time and for another inspection, and as its templates draw it."""
    inspections = [fieldwork_of(people, service, 3) for service in ("Reading", "St Helen's & <Knowsley>")]
    fast = [page(people, inspection, "key-questions/") for inspection in (*inspections, *inspections)]
    monkeypatch.setattr(SplicedPage, "spliced", lambda self, page, plainly: plainly())
    plain = [page(people, inspection, "key-questions/") for inspection in (*inspections, *inspections)]
    assert [TOKEN.sub("", html) for html in fast] == [TOKEN.sub("", html) for html in plain]
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []
    current = re.findall(r'href="([^"]+)" aria-current="page"', fast[1])
    assert f"/inspections/{inspections[1].ref}/panel/key-questions/" in current


def test_a_decision_shows_although_the_figures_are_kept(people):
    meeting = meeting_started(people)
    assert "Overall rating Still to be decided" in text_of(page(people, meeting.inspection, "key-questions/"))
    decided(meeting, people.chair, V1_2="yes", V1="good")
    assert "Overall rating Good" in text_of(page(people, meeting.inspection, "key-questions/"))
    assert "Decisions are shown as they are recorded" in text_of(page(people, meeting.inspection, "key-questions/"))
    freeze(meeting=meeting, by=people.chair)
    assert "The record is frozen." in text_of(page(people, meeting.inspection, "key-questions/"))


def fieldwork_of(people, service: str, children: int) -> Inspection:
    inspection = inspection_with_team(people, service__name=service)
    answered(
        sampled_cases(inspection, Kind.CHILD, children),
        dict.fromkeys(CHILDREN, ("ynay" * children)[:children]),
        people.assistant,
    )
    recompute_stale()
    return inspection


def test_every_number_leads_down_to_an_answer_in_six_clicks(people):
    """From the overall rating: total, standard, key question, cases, answer."""
    inspection = fieldwork(people)
    base = f"/inspections/{inspection.ref}/panel/"
    for here, there in (
        ("key-questions/", "trace/overall/"),
        ("trace/overall/", "trace/total/"),
        ("trace/total/", "trace/2.1/"),
        ("trace/2.1/", "trace/2.1.1/"),
        ("trace/2.1.1/", "trace/2.1.1.count/"),
        ("trace/2.1.1.count/", "trace/2.1.1/C-01/"),
    ):
        assert base + there in links(page(people, inspection, here))


def test_from_any_number_on_the_pages_of_a_panel_an_answer_is_six_clicks_away(people):
    """Crawled: every link with a digit or a rating in its words leads, by links alone, to one case's answer."""
    meeting = frozen_meeting(people)
    client, base = signed_in(people.chair), f"/inspections/{meeting.inspection.ref}/panel/"
    leads: dict[str, set[str]] = {}
    new = {base, *(base + path for path in ("key-questions/", "what-if/", "room/?show=2", "room/?show=10", "victims/"))}
    while new:
        address = new.pop()
        html = client.get(address).content.decode()
        leads[address] = {link for link in links(html) if link.startswith(base)}
        new |= {link for link in leads[address] if "/trace/" in link and not ANSWER.search(link)} - leads.keys()
    clicks = {link: 0 for found in leads.values() for link in found if ANSWER.search(link)}
    for distance in range(1, 7):
        clicks = {page: distance for page, found in leads.items() if found & clicks.keys()} | clicks
    assert len(leads) > 20
    assert leads.keys() - clicks.keys() - without_cases(base) == set()


ANSWER = re.compile(r"/trace/[^/]+/[CV]-\d+/$")


def without_cases(base: str) -> set[str]:
    """What the meeting itself answers and chooses: its page ends with the reason, and there is no case below it."""
    return {f"{base}trace/{node}/" for node in ("V1.2", "V1.choice")}


def test_every_node_of_the_trace_has_its_own_page(people):
    meeting = frozen_meeting(people, "iyjs")
    nodes = {link for link in links(page(people, meeting.inspection, "trace/")) if "/trace/" in link}
    client = signed_in(people.member)
    assert len(nodes) == 2 + 4 + 7 * 2 + 2 + 1 + 3
    assert {client.get(node).status_code for node in nodes} == {200}


def test_a_page_of_the_trace_names_rule_source_and_standards(people):
    text = text_of(page(people, fieldwork(people), "trace/2.1/"))
    assert "The lowest rating among the standard's key questions is the rating of the standard." in text
    assert "Youth Inspection Programme, November 2024, Rating work with children" in text
    assert "Youth Inspection Programme 2024, version 1" in text


def test_the_cases_are_listed_by_what_they_count_as_with_reasons(people):
    inspection = inspection_with_team(people)
    answered(sampled_cases(inspection, Kind.CHILD, 5), {"2.1.1": "yyna-"}, people.assistant)
    recompute_stale()
    text = text_of(page(people, inspection, "trace/2.1.1.count/"))
    assert (
        "Sufficient: 2 C-01 C-02 Not sufficient: 1 C-03 Not applicable, so in neither number: 1 "
        "C-04 : The work had not reached this point by the time of the inspection Not answered yet: 1 C-05 Left out: 0"
    ) in text


def test_an_answer_shows_its_evidence_at_the_version_that_counts(people):
    inspection = at_rating(people)
    start(inspection=inspection, by=people.lead)
    changed(inspection, "C-14", "2.1.1", "yes")
    Answer.objects.filter(inspection=inspection, case__ref="C-14").update(evidence="Written later.")
    text = text_of(page(people, inspection, "trace/2.1.1/C-14/", "member"))
    assert "C-14, 2.1.1: No" in text
    assert "Evidence What was read about 2.1.1 in C-14." in text
    assert "This answer has changed since. It is now Yes." in text


def test_a_decision_is_traced_to_its_reason(people):
    meeting = frozen_meeting(people)
    text = text_of(page(people, meeting.inspection, "trace/V1.choice/", "chair"))
    assert "Chosen by the meeting: Good, from Good or Outstanding" in text
    assert "Reason Contact with victims was made early" in text


@pytest.mark.parametrize("node", ["9.9", "2.1.1/C-99", "2.1.1/V-01", "9.9/C-01", "overall/C-01", "2.1.1/C-01/x"])
def test_what_is_not_in_the_trace_is_not_found(people, node):
    inspection = fieldwork(people)
    assert signed_in(people.lead).get(f"/inspections/{inspection.ref}/panel/trace/{node}/").status_code == 404


PATHS = ("key-questions/", "key-questions/live/", "trace/", "trace/overall/", "trace/2.1.1/C-01/")
NEVER = (
    "assistant",
    "assessor",
    "quality",
    "communications",
    "analyst",
    "administrator",
    "contact",
    "outsider",
    "stranger",
)


def seen_by(people, inspection: Inspection, name: str) -> set[int]:
    client = signed_in(getattr(people, name))
    return {client.get(f"/inspections/{inspection.ref}/panel/{path}").status_code for path in PATHS}


@pytest.mark.parametrize("stage", Stage)
def test_provisional_ratings_do_not_exist_for_those_who_may_never_see_them(people, stage):
    inspection = fieldwork(people)
    Inspection.objects.filter(pk=inspection.pk).update(stage=stage)
    assert {name: seen_by(people, inspection, name) for name in NEVER} == {key: {404} for key in NEVER}


@pytest.mark.parametrize("stage", Stage)
def test_lead_deputy_and_head_see_them_from_fieldwork_on_and_the_panel_from_the_meeting_on(people, stage):
    inspection = fieldwork(people)
    Inspection.objects.filter(pk=inspection.pk).update(stage=stage)
    reached = list(Stage).index(stage)
    team = {200} if reached >= list(Stage).index(Stage.FIELDWORK) else {404}
    panel = {200} if reached >= list(Stage).index(Stage.RATING) else {404}
    assert {name: seen_by(people, inspection, name) for name in ("lead", "deputy", "head", "chair", "member")} == {
        "lead": team,
        "deputy": team,
        "head": team,
        "chair": panel,
        "member": panel,
    }


CHANGE, SAFE = "Achieve positive change for the child", "Keep the child and the community safe"
GAP = "\N{EN DASH} not answered"


def label_of(question: str) -> str:
    return load("yj-2024").key_question(question).label


def test_cases_stand_against_their_key_questions_those_with_most_no_first(people):
    inspection = inspection_with_team(people)
    cases = sampled_cases(inspection, Kind.CHILD, 3)
    answered(cases, {"2.1.1": "yna", "2.1.2": "nny", "2.2.1": "--y"}, people.assistant)
    answered(sampled_cases(inspection, Kind.VICTIM, 1), {"V1.1": "y"}, people.assistant)
    recompute_stale()
    html = page(people, inspection, "key-questions/cases/")
    assert [text_of(f"<main>{row}</main>").strip() for row in re.findall(r"<tr.*?</tr>", html, re.S)] == [
        f"Case 2.1.1 {CHANGE} 2.1.2 {SAFE} 2.2.1 {CHANGE} 2.2.2 {SAFE} 2.3.1 {CHANGE} 2.3.2 {SAFE} Number of No",
        f"C-02 No No {GAP} {GAP} {GAP} {GAP} 2",
        f"C-01 Yes No {GAP} {GAP} {GAP} {GAP} 1",
        f"C-03 n/a Yes Yes {GAP} {GAP} {GAP} 0",
        f"Case V1.1 {label_of('V1.1')} Number of No",
        "V-01 Yes 0",
    ]
    assert "2 of 3 children's cases have at least one No" in unescape(html)
    assert f"/inspections/{inspection.ref}/panel/trace/2.1.2/C-02/" in links(html)
