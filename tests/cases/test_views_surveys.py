"""Text surveys over HTTP: from the file to what was said, and gone again."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import AuditEvent
from cases.actions.surveys import forget_unchecked
from cases.models import CaseloadRow, Survey, SurveyAnswer, SurveyQuestion, SurveyUpload
from cases.rules.tables import NOT_UTF8
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import fetch, text_of

pytestmark = pytest.mark.django_db

ROOT = "/inspections/YI-27-001/participation/"
UPLOAD, CHECK = f"{ROOT}surveys/", f"{ROOT}surveys/check/"
SURVEY = """Date,Mobile,What helped?,Safe?
1 June,07700 900123,My worker listened,Yes
2 June,,Cael fy nghlywed,Yes
3 June,,,
"""


@pytest.fixture
def inspection(people, settings):
    settings.CLOCK = "2027-06-08T16:00"
    return inspection_with_team(people, ref="YI-27-001")


def send(client, person, text=SURVEY, name="answers.csv"):
    client.force_login(person)
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})


def choose(client, button, *places, upload=None):
    upload = upload or SurveyUpload.objects.get().pk
    return client.post(CHECK, {"upload": upload, "questions": places, button: button})


def imported(client, person, text=SURVEY) -> Survey:
    send(client, person, text)
    choose(client, "import", 2, 3)
    return Survey.objects.get(removed_at=None)


def test_a_file_is_shown_as_it_would_be_imported_and_without_numbers(client, people, inspection):
    assert send(client, people.assistant).url == CHECK
    page = text_of(fetch(client, people.assistant, CHECK))
    said = ["Rows with answers 2", "Rows left out 1", "Telephone numbers left out 1", "never stored Mobile"]
    assert [each for each in said if each not in page] == []
    assert "Row 4: It has no answer to the questions that are chosen" in page
    held = SurveyUpload.objects.get()
    assert (held.chosen, "07700" in str(held.rows)) == ([2, 3], False)
    assert fetch_status(client, people.lead, CHECK) == 404


def fetch_status(client, person, page) -> int:
    client.force_login(person)
    return client.get(page).status_code


def test_other_questions_are_shown_first_and_then_imported_as_shown(client, people, inspection):
    send(client, people.assistant)
    assert choose(client, "import", 3).url == CHECK
    assert (Survey.objects.count(), SurveyUpload.objects.get().chosen) == (0, [3])
    survey_page = choose(client, "import", 3).url
    survey = Survey.objects.get()
    assert survey_page == f"{UPLOAD}{survey.pk}/"
    assert (survey.answered, survey.left_out, survey.telephones) == (2, 1, 1)
    assert list(SurveyAnswer.objects.values_list("question__text", "text", "times")) == [("Safe?", "Yes", 2)]
    assert SurveyUpload.objects.count() == 0
    assert AuditEvent.objects.filter(verb="survey imported").count() == 1


def test_what_was_said_is_counted_or_quoted(client, people, inspection):
    survey = imported(client, people.assistant)
    page = text_of(fetch(client, people.quality, f"{UPLOAD}{survey.pk}/"))
    assert "What helped? 2 answered. Cael fy nghlywed My worker listened" in page
    assert "How many gave each answer Answer How many Yes 2" in page
    assert "Remove this survey" not in page
    assert "2 answered" in text_of(fetch(client, people.quality, ROOT))


def test_more_answers_than_fit_have_a_page_of_their_own(client, people, inspection):
    survey = imported(client, people.lead, "Date,x,Q,Safe?\n" + "".join(f",,Answer {n:02},Yes\n" for n in range(60)))
    first = fetch(client, people.lead, f"{UPLOAD}{survey.pk}/")
    assert ("All 60 answers" in text_of(first), "Answer 05" in first) == (True, False)
    last = fetch(client, people.lead, f"{UPLOAD}{survey.pk}/1/?page=2")
    assert ("Answer 50" in last, "Answer 49" in last) == (True, False)
    missing = [f"{survey.pk}/3/", f"{survey.pk}/{10**30}/", f"{10**30}/", "0/"]
    assert [fetch_status(client, people.lead, UPLOAD + each) for each in missing] == [404] * 4


def test_names_on_the_lists_are_pointed_out_and_never_stand_in_the_way(client, people, inspection):
    CaseloadRow.objects.filter(cases=sampled_cases(inspection, count=1)[0]).update(name="Zebedee Quillfeather")
    send(client, people.assistant, "Q\nZebedee Quillfeather helped me\nCall jo@example.org\n")
    page = text_of(fetch(client, people.assistant, CHECK))
    assert "Row 2: This text seems to include a name." in page
    assert "Row 3: This text seems to include an email address." in page
    assert choose(client, "import", 0).status_code == 302
    assert Survey.objects.get().answered == 2


def test_the_same_file_is_noticed_until_its_survey_is_removed_with_a_reason(client, people, inspection):
    survey = imported(client, people.assistant)
    page = f"{UPLOAD}{survey.pk}/"
    refused = text_of(send(client, people.lead).content.decode())
    assert (
        f"{people.assistant.name} imported this file on 8 June. To import it again, remove that survey first" in refused
    )
    assert "Say why this survey is removed" in client.post(page, {"reason": " "}).content.decode()
    assert client.post(page, {"reason": "The wrong file"}).url == ROOT
    assert (SurveyAnswer.objects.count(), SurveyQuestion.objects.count()) == (0, 0)
    assert f"removed by {people.lead.name} on 8 June: The wrong file" in text_of(fetch(client, people.quality, ROOT))
    assert fetch_status(client, people.lead, page) == 404
    assert imported(client, people.lead).pk != survey.pk


def test_a_file_that_was_replaced_or_imported_meanwhile_is_not_imported(client, people, inspection):
    send(client, people.assistant)
    first = SurveyUpload.objects.get().pk
    send(client, people.assistant, SURVEY + ",,More,No\n")
    refused = choose(client, "import", 2, 3, upload=first)
    assert "Another file has taken the place of the one that you were looking at" in refused.content.decode()
    assert Survey.objects.count() == 0


@pytest.mark.parametrize(
    ("places", "sentence"),
    [((), "Choose at least one column that is a question"), (("1",), "Choose columns from the list")],
)
def test_a_choice_that_cannot_be_keeps_the_page_and_says_why(client, people, inspection, places, sentence):
    send(client, people.assistant)
    page = choose(client, "import", *places)
    assert (page.status_code, sentence in page.content.decode()) == (200, True)
    assert SurveyUpload.objects.get().chosen == [2, 3]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("answers.xlsx", b"Q\nyes\n", "Choose a CSV file (.csv)"),
        ("answers.csv", "Q\nyes\n".encode("utf-16"), NOT_UTF8),
        ("answers.csv", b"Q\n" + b"x" * 20_001 + b"\n", "Row 2 is longer than 20,000 characters"),
        ("answers.csv", b"Q\nyes", None),
        ("answers.csv", b"Q\n\x00\x08yes", None),
    ],
)
def test_a_hostile_file_is_refused_in_words_and_an_odd_one_is_read(client, people, inspection, name, content, sentence):
    page = send(client, people.assistant, content, name)
    assert (page.status_code, sentence in text_of(page.content.decode()) if sentence else None) == (
        (200, True) if sentence else (302, None)
    )


def test_a_file_that_nobody_comes_back_to_goes_after_a_week(client, people, inspection, settings):
    send(client, people.assistant)
    SurveyUpload.objects.update(uploaded_at=clock.now() - timedelta(days=8))
    assert [forget_unchecked(), forget_unchecked()] == [1, 0]


def test_pages_cost_the_same_with_one_question_and_with_three(client, people, inspection):
    costs = []
    for places in ((0,), (0, 1, 2)):
        send(client, people.lead, "Q1,Q2,Q3\na,b,c\nd,e,f\n")
        choose(client, "again", *places)
        choose(client, "import", *places)
        survey = Survey.objects.get(removed_at=None)
        with CaptureQueriesContext(connection) as captured:
            fetch(client, people.lead, f"{UPLOAD}{survey.pk}/")
        costs.append(len(captured))
        client.post(f"{UPLOAD}{survey.pk}/", {"reason": "Imported twice"})
    assert costs[0] == costs[1]
