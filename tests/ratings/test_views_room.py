"""The room view over HTTP: one thing at a time, large, nothing to press by accident and nobody's name."""

import re

import pytest

from tests.ratings.given import decided, meeting_started, signed_in

pytestmark = pytest.mark.django_db


def slide(people, meeting, show: str = "", name: str = "chair") -> str:
    response = signed_in(getattr(people, name)).get(f"/inspections/{meeting.inspection.ref}/panel/room/?show={show}")
    assert response.status_code == 200
    return response.content.decode()


def heading(html: str) -> str:
    return re.findall(r"<h1>(.*?)</h1>", html)[0]


def test_it_walks_every_key_question_then_the_decisions_then_the_overall_rating(people):
    meeting = meeting_started(people)
    found, html = [], slide(people, meeting)
    while True:
        found.append(heading(html).split()[0])
        following = re.findall(r'rel="next" href="\?show=(\d+)"', html)
        if not following or len(found) > 20:
            break
        html = slide(people, meeting, following[0])
    assert found == ["2.1.1", "2.1.2", "2.2.1", "2.2.2", "2.3.1", "2.3.2", "V1.1", "V1.2", "V1", "Overall"]


def test_nothing_on_it_changes_anything_and_it_names_nobody(people):
    meeting = meeting_started(people)
    decided(meeting, people.chair, V1_2="yes", V1="good")
    for number in range(1, 11):
        html = slide(people, meeting, str(number))
        assert re.findall(r"<(form|input|button|select|textarea)\b", html) == []
        assert re.findall(r"\b(Lead|Deputy|Chair|Member|Demo Child|Worker)\b", html) == []


@pytest.mark.parametrize(
    ("show", "number"), [("", 1), ("0", 1), ("3", 3), ("999", 10), ("1e9", 1), ("%00", 1), ("²", 1)]
)
def test_what_is_no_number_of_a_slide_is_the_nearest_one(people, show, number):
    assert f"<p>{number} of 10</p>" in slide(people, meeting_started(people), show)


def test_what_may_be_chosen_is_said_and_nothing_is_chosen(people):
    meeting = meeting_started(people)
    decided(meeting, people.chair, V1_2="no")
    html = slide(people, meeting, "9")
    assert "Not yet decided" in html
    assert "To choose from: Requires improvement or Good." in html
