"""What one may not see does not exist."""

import pytest

from accounts.guards import Grant
from inspections import access
from inspections.guards import RouteAccess
from tests.factories import inspection_with_team

HIDDEN = ["", "team/", "timeline/", "log/", "stage/", "timeline/planning_meeting/record/", "team/1/end/"]


@pytest.mark.parametrize("page", HIDDEN)
def test_hidden_missing_and_nonsense_give_the_same_page(client, people, page):
    inspection = inspection_with_team(people)
    client.force_login(people.stranger)
    refs = (inspection.ref, "YI-99-999", "%00", "x" * 500, "%E2%80%99")
    answers = [client.get(f"/inspections/{ref}/{page}") for ref in refs]
    assert {answer.status_code for answer in answers} == {404}
    assert len({without_token(answer) for answer in answers}) == 1


def without_token(answer) -> str:
    """Every page has a token of its own in the form for signing out."""
    lines = answer.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(client, people):
    inspection = inspection_with_team(people)
    answer = client.get(f"/inspections/{inspection.ref}/team/?a=1")
    assert answer.url == f"/sign-in/?next=/inspections/{inspection.ref}/team/%3Fa%3D1"


def test_a_method_that_a_page_has_not_is_refused(client, people):
    inspection = inspection_with_team(people)
    client.force_login(people.lead)
    answer = client.post(f"/inspections/{inspection.ref}/timeline/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_a_page_declares_each_method_with_its_own_grant():
    see = access.Permission("see it", frozenset({"lead", "chair"}), frozenset({"fieldwork", "announced"}))
    do = access.Permission("do it", frozenset({"lead"}), frozenset({"told"}), own_case=frozenset({"lead"}))
    seen = Grant("see it", ("chair", "lead"), ("announced", "fieldwork"))
    assert RouteAccess(see, do).grants() == {
        "GET": seen,
        "HEAD": seen,
        "POST": Grant("do it", ("lead",), ("told",), ("lead",)),
    }
    assert RouteAccess(None, do).methods == ["POST"]
