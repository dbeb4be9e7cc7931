"""What if over HTTP: what is tried is shown beside what counts, and nothing of it is ever written."""

import html
import re

import pytest
from django.apps import apps

from ratings.models import Meeting
from tests.ratings.given import decided, frozen_meeting, meeting_started, signed_in

pytestmark = pytest.mark.django_db


def opened(people, meeting: Meeting, query: str = "", name: str = "chair", follow: bool = False):
    address = f"/inspections/{meeting.inspection.ref}/panel/what-if/{query}"
    response = signed_in(getattr(people, name)).get(address, follow=follow)
    assert response.status_code == 200
    return response


def figures(response) -> dict[str, tuple[str, str, str]]:
    """By rating: as it is, what if, and the change."""
    rows = {level.now.code: level for level in response.context["page"].levels}
    return {code: (level.now_words, level.tried_words, level.moved) for code, level in rows.items()}


def main(response) -> str:
    page = response.content.decode()
    text = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])
    return re.sub(r"\s+", " ", html.unescape(text))


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_one_answer_takes_a_standard_up_a_band_and_the_overall_stays(people):
    found = figures(opened(people, frozen_meeting(people), "?try=2.1.2~C-14~yes"))
    assert found["2.1.2"] == (
        "9 of 14 (64.3%): Requires improvement",
        "10 of 14 (71.4%): Good",
        "Higher",
    )
    assert found["2.1"] == ("Requires improvement, score 1", "Good, score 2", "Higher")
    assert found["total"] == ("7 of 12", "8 of 12", "Higher")
    assert found["overall"] == ("Good", "Good", "No change")
    assert {code for code, (_, _, moved) in found.items() if moved != "No change"} == {"2.1.2", "2.1", "total"}


def test_not_applicable_takes_the_case_out_of_both_numbers(people):
    found = figures(opened(people, frozen_meeting(people), "?try=2.1.2~C-14~na"))
    assert found["2.1.2"] == ("9 of 14 (64.3%): Requires improvement", "9 of 13 (69.2%): Good", "Higher")


def test_another_decision_is_tried_only_once_there_is_one(people):
    meeting = meeting_started(people)
    assert opened(people, meeting, "?try=V1.2~no&try=V1~good").context["page"].choices == ()
    decided(meeting, people.chair, V1_2="yes", V1="good")
    response = opened(people, meeting, "?try=V1~outstanding")
    assert figures(response)["total"] == ("7 of 12", "8 of 12", "Higher")
    no_longer = opened(people, meeting, "?try=V1.2~no&try=V1~outstanding")
    assert figures(no_longer)["V1"] == ("Good, score 2", "Still to be decided", "Changed")
    assert figures(no_longer)["overall"] == ("Good", "Still to be decided", "Changed")


def test_every_tried_figure_carries_the_label(people):
    text = main(opened(people, frozen_meeting(people), "?try=2.1.2~C-14~yes"))
    assert text.count("What if \N{EN DASH} not the result") == 3
    assert text.count(" What if: ") == 2 + 4 + 7


def test_nothing_is_written_and_nothing_is_kept(people):
    meeting = frozen_meeting(people)
    client, address = signed_in(people.chair), f"/inspections/{meeting.inspection.ref}/panel/what-if/"
    before = rows()
    for query in ("", "?try=2.1.2~C-14~yes&try=V1~outstanding", "?add=1&question=2.1.1&case=C-01&answer=no"):
        client.get(address + query, follow=True)
    assert rows() == before
    assert client.post(address, {"try": "2.1.2~C-14~yes"}).status_code == 405
    again = client.get(address)
    assert {moved for _, _, moved in figures(again).values()} == {"No change"}
    assert "Answers that are tried: 0" in main(again)


def test_an_answer_is_added_to_what_is_tried_and_taken_back(people):
    meeting = frozen_meeting(people)
    response = opened(people, meeting, "?try=2.1.2~C-14~yes&add=1&question=2.2.1&case=C-01&answer=no", follow=True)
    page = response.context["page"]
    assert [(answer.case, answer.question, answer.now, answer.tried) for answer in page.answers] == [
        ("C-14", "2.1.2", "No", "Yes"),
        ("C-01", "2.2.1", "Yes", "No"),
    ]
    assert page.answers[1].without == "?try=2.1.2~C-14~yes"


@pytest.mark.parametrize(
    ("query", "sentences"),
    [
        ("add=1", ["Select a key question", "Select a case", "Select the answer to try"]),
        (
            "add=1&question=9&case=%00&answer=maybe",
            ["Select a key question", "Select a case", "Select the answer to try"],
        ),
        ("add=1&question=V1.1&case=C-01&answer=no", ["V1.1 is not asked about C-01. Select one of the victims' cases"]),
    ],
)
def test_what_is_missing_is_said_and_what_was_tried_stays(people, query, sentences):
    response = opened(people, frozen_meeting(people), f"?try=2.1.2~C-14~yes&{query}")
    assert [error for errors in response.context["form"].errors.values() for error in errors] == sentences
    assert [answer.case for answer in response.context["page"].answers] == ["C-14"]


@pytest.mark.parametrize(
    "word",
    ["", "~", "~~", "~~~", "2.1.2~C-14~no", "2.1.2~C-99~yes", "V1.1~C-01~no", "V1~no~such", "V1~x", "%00~%00~yes"],
)
def test_what_names_no_place_is_no_part_of_the_trial(people, word):
    page = opened(people, frozen_meeting(people), f"?try={word}").context["page"]
    assert page.trial.words == []
