"""Columns are matched over HTTP: the guess filled in, faults said, choices kept; the file seen by one person."""

import pytest

from cases.forms.caseload import REPLACED
from cases.models import CaseloadList, CaseloadRow, ListUpload
from documents.models import Document
from inspections.models import Inspection, Stage
from tests.cases.test_rules_caseload import CHILD, children, content
from tests.cases.test_rules_workbooks import HOSTILE
from tests.cases.test_views_caseload import address, errors, keep, queries, send, text, upload
from tests.cases.workbooks import OWN, day, listed, rows_of, texts, workbook
from tests.factories import inspection_with_team

pytestmark = pytest.mark.django_db
NOT_FOUND = "We could not find a column for {}. Choose one or leave the list and add it"


@pytest.fixture
def inspection(people):
    return inspection_with_team(people, stage=Stage.ANNOUNCED)


@pytest.fixture
def page(client, people, inspection) -> str:
    """Where the contact matches the columns of a workbook of two children."""
    client.force_login(people.contact)
    return keep(client, inspection, listed({}, {"DOB": day(47000)}), name="list.xlsx", to="service-caseload").url


def selected(response) -> dict[str, str]:
    form = response.context["form"]
    return {field.name: field.value() for field in form.visible_fields() if field.value()}


def test_the_guess_is_filled_in_and_the_rows_are_shown_as_they_would_be_read(client, page):
    response = client.get(page)
    places = {name: str(place) for place, name in enumerate(OWN)}
    assert selected(response) == {
        "local_reference": places["Case Ref"],
        "name": places["Forename"],
        "family_name": places["Surname"],
        "date_of_birth": places["DOB"],
        "sex": places["Gender"],
        "ethnicity": places["Ethnic origin"],
        "work_type": places["Order type"],
        "worker": places["Case worker"],
        "started_on": places["Order start date"],
        "care_experienced": places["LAC"],
    }
    words = text(response)
    assert "Columns left out Postcode" in words
    assert "Row 3: date of birth is in the future" in words
    assert "A0 D. C. 0. 23 April 2011 Male White Court" in words


def test_nothing_is_sent_before_the_person_sends_it(client, page, inspection):
    assert (CaseloadList.objects.count(), ListUpload.objects.count()) == (0, 1)
    assert send(client, page).url == address("service-caseload", inspection)
    assert (CaseloadList.objects.count(), ListUpload.objects.count()) == (1, 0)
    assert CaseloadRow.objects.get(number=2).name == "Demo Child 0"
    assert client.get(page).status_code == 404


def test_a_required_column_that_is_missing_stands_at_the_top_and_leads_to_its_box(client, people, inspection):
    client.force_login(people.contact)
    page = keep(client, inspection, b"Ref,Something\r\nA1,x\r\n", to="service-caseload").url
    wanted = ("name", "date of birth", "sex", "ethnicity", "work type", "case manager", "start date")
    assert errors(client.get(page)) == [NOT_FOUND.format(words) for words in wanted]
    assert errors(send(client, page)) == [NOT_FOUND.format(words) for words in wanted]
    assert CaseloadList.objects.count() == 0


@pytest.mark.parametrize("button", ["again", "send"])
def test_other_columns_are_kept_and_shown_before_the_list_can_be_sent(client, page, button):
    response = send(client, page, button, ethnicity="4", sex="5")
    assert (response.url, CaseloadList.objects.count()) == (page, 0)
    response = client.get(page)
    assert "The list has been read again with the columns that you chose" in text(response)
    assert "23 April 2011 White Male Court" in text(response)
    send(client, page)
    assert CaseloadRow.objects.get(number=2).sex == "White"


def test_a_column_that_is_taken_away_is_asked_for_and_stays_away(client, page):
    send(client, page, "again", date_of_birth="")
    response = client.get(page)
    assert errors(response) == [NOT_FOUND.format("date of birth")]
    assert "Columns left out DOB, Postcode" in text(response)


def test_one_column_for_two_is_refused_with_what_was_chosen(client, page):
    response = send(client, page, sex="0")
    sentence = "You chose “Case Ref” for local reference and for sex. Choose another for one of them"
    assert (errors(response), selected(response)["sex"]) == ([sentence], "0")


@pytest.mark.parametrize("value", ["99", "-1", "x", "1" * 5_000, "\0", "²"])
def test_a_column_that_there_is_not_is_refused(client, page, value):
    response = send(client, page, sex=value)
    assert (response.status_code, errors(response)) == (200, ["Choose a column from the list"])


def test_a_post_with_nothing_in_it_is_no_fault(client, page):
    response = client.post(page)
    assert (response.status_code, errors(response)[0], len(errors(response))) == (200, REPLACED, 9)


def test_another_sheet_is_read_with_columns_of_its_own(client, people, inspection):
    client.force_login(people.lead)
    sheets = {
        "May": rows_of([texts(*OWN), list(OWN.values())]),
        "June": rows_of([texts(*CHILD), texts(*CHILD.values())] * 1),
        "Notes": "",
    }
    page = keep(client, inspection, workbook(sheets=sheets), name="list.xlsx").url
    assert "The sheet “June” is read. Not read: “May”, “Notes”" in text(client.get(page))
    assert send(client, page, "again", sheet="0").url == page
    response = client.get(page)
    assert ("Columns left out Postcode" in text(response), selected(response)["family_name"]) == (True, "2")
    response = send(client, page, "again", sheet="2")
    assert (errors(response)[0], selected(response)["sheet"]) == ("The file has no rows", "2")
    send(client, page)
    assert CaseloadList.objects.get().sheet == "May"


def test_swapped_dates_are_noticed_in_the_list_as_a_whole(client, people, inspection):
    client.force_login(people.contact)
    swapped = {"date_of_birth": "01/09/2026", "start_date": "23/04/2011"}
    page = keep(client, inspection, children(swapped, swapped, {}), to="service-caseload").url
    words = "In 2 rows start date is before date of birth. Are these two columns the wrong way round?"
    assert words in text(client.get(page))
    page = keep(client, inspection, children({"date_of_birth": "04/23/2011"}, {}), to="service-caseload").url
    assert "In 1 row date of birth has the month before the day." in text(client.get(page))


def test_the_lead_sees_names_and_the_service_initials(client, people, page, inspection):
    assert "Demo" not in client.get(page).content.decode()
    client.force_login(people.lead)
    own = keep(client, inspection, children({})).url
    assert "Child 0" in text(client.get(own))


def test_a_file_is_seen_by_whoever_uploaded_it_alone(client, people, page, inspection):
    client.force_login(people.lead)
    assert client.get(address("match-list", inspection, kind="child")).status_code == 404
    assert "list.xlsx" not in text(client.get(address("lists", inspection)))
    colleague = people.outsider
    inspection.service.contacts.create(person=colleague)
    client.force_login(colleague)
    assert [client.get(page).status_code, client.post(page, {"send": "send"}).status_code] == [404, 404]


@pytest.mark.parametrize("kind", ["victim", "adult"])
def test_a_kind_without_a_file_is_not_found(client, page, inspection, kind):
    assert client.get(address("match-caseload", inspection, kind=kind)).status_code == 404


def test_what_waits_to_be_sent_is_found_again(client, page, inspection):
    response = client.get(address("service-caseload", inspection))
    assert "list.xlsx has not been sent yet. Check it and send it" in text(response)
    assert f'href="{page}"' in response.content.decode()


def test_a_list_is_not_sent_once_fieldwork_has_closed(client, people, page, inspection):
    Inspection.objects.filter(pk=inspection.pk).update(stage=Stage.RATING)
    assert (client.get(page).status_code, client.post(page).status_code) == (404, 404)


def test_a_file_that_was_replaced_while_the_page_was_open_is_not_sent(client, people, page, inspection):
    """The page is fetched, and the same person uploads another in a second tab before it is sent."""
    chosen = client.get(page).context["form"].data
    keep(client, inspection, content(CHILD | {"ethnicity": "Black"}), to="service-caseload")
    response = client.post(page, chosen | {"send": "send"})
    assert (errors(response), CaseloadList.objects.count()) == ([REPLACED], 0)
    assert "Black" in text(response)
    assert send(client, page).status_code == 302


@pytest.mark.parametrize(
    "name", ["password", "macros", "link to a file", "entities", "many parts", "overlapping parts"]
)
def test_a_hostile_workbook_is_refused_on_the_page_and_not_kept(client, people, inspection, name):
    make, sentence = HOSTILE[name]
    client.force_login(people.contact)
    response = keep(client, inspection, make(), name="list.xlsx", to="service-caseload")
    assert (response.status_code, errors(response)) == (200, [sentence])
    assert (ListUpload.objects.count(), Document.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("name", "file"), [("list.csv", listed({})), ("list.xlsx", children({})), ("list.xlsx", b"%PDF-1.7")]
)
def test_a_file_that_is_not_what_its_name_says_is_refused(client, people, inspection, name, file):
    client.force_login(people.lead)
    assert errors(keep(client, inspection, file, name=name)) == [
        "What is in the file is not what its name says. "
        "Save it as CSV or as an Excel workbook (.xlsx) and upload it again"
    ]


def test_the_page_costs_the_same_queries_however_many_rows_there_are(client, people, inspection):
    client.force_login(people.lead)
    page = keep(client, inspection, children({})).url
    client.get(page)
    count = queries(client, page)
    keep(client, inspection, children({}, {"sex": ""}, {"sex": ""}))
    assert queries(client, page) == count


# --- checking and comparing ---


@pytest.fixture
def check(client, people, inspection) -> str:
    client.force_login(people.lead)
    return upload(client, inspection, children({}, {"sex": ""}, {"sex": ""}, {"date_of_birth": "x"})).url


def test_rows_are_left_out_in_bulk_by_their_problem(client, check):
    assert client.post(check, {"leave_out": "1", "problems": "sex is missing", "why": "Not recorded"}).url == check
    assert "2 left out for a reason" in text(client.get(check))
    response = client.post(check, {"accept": "1"})
    assert errors(response) == ["Say why the rows with problems are left out"]
    assert "Why are the other rows with problems left out?" in text(response)


def test_rows_are_left_out_one_by_one(client, check):
    assert client.post(check, {"reasons": "1", "why-3": "Not ours", "why-5": "No date", "why-4": " "}).url == check
    reasons = CaseloadRow.objects.order_by("number").values_list("left_out_reason", flat=True)
    assert list(reasons) == ["", "Not ours", "", "No date"]


def test_what_is_missing_from_a_reason_is_asked_for(client, check):
    response = client.post(check, {"leave_out": "1"})
    assert errors(response) == ["Choose at least one problem", "Say why these rows are left out"]
    response = client.post(check, {"leave_out": "1", "problems": "no such", "why": "x"})
    assert errors(response) == ["The problems have changed. Open this page again"]
    response = client.post(check, {"reasons": "1", "why-3": "r" * 301})
    assert errors(response) == ["The reason must be 300 characters or fewer"]
    assert f'value="{"r" * 301}"' in response.content.decode()


@pytest.mark.parametrize("box", ["why-", "why-x", "why-99999999999", "why-2", "why-\0"])
def test_a_box_for_no_row_with_a_problem_changes_nothing(client, check, box):
    assert client.post(check, {"reasons": "1", box: "x"}).status_code == 302
    assert not CaseloadRow.objects.exclude(left_out_reason="").exists()


def test_a_reason_with_a_nul_byte_is_refused(client, check):
    assert client.post(check, {"reasons": "1", "why-3": "a\0b"}).status_code == 200


def test_problems_have_pages(client, people, inspection):
    client.force_login(people.lead)
    check = upload(client, inspection, children({}, *({"sex": ""} for _ in range(60)))).url
    assert ("Row 52: sex" in text(client.get(check)), "Row 53: sex" in text(client.get(check))) == (True, False)
    assert "Row 53: sex" in text(client.get(f"{check}?page=2"))
    assert client.get(f"{check}?page=x").status_code == client.get(f"{check}?page={10**30}").status_code == 200


@pytest.fixture
def compare(client, people, check, inspection) -> str:
    """A second list: one child gone, one new, one changed, one with a name that is nearly that of another."""
    twin = {"local_reference": "B1", "name": "Child 00", "sex": "Female"}
    upload(client, inspection, children({"team": "South"}, {"sex": ""}, {"local_reference": "A9"}, twin))
    return address("compare-list", inspection, kind="child", number=2)


def test_versions_are_compared_in_words(client, compare, check):
    second = check.replace("/1/", "/2/")
    assert "Compared with list 1 Gone: 2 · New: 2 · Changed: 1 · Perhaps twice on this list: " in text(
        client.get(second)
    )
    words = text(client.get(compare))
    assert "A0 Child 0 Changed 2 team: North is now South" in words
    assert "A3 Child 3 Gone 5 of list 1 On the list before, and not on this one" in words


def test_one_kind_of_difference_can_be_seen_alone(client, compare):
    words = text(client.get(f"{compare}?what=changed"))
    assert ("Differences: 1" in words, "On the list before" in words) == (True, False)
    assert client.get(f"{compare}?what=%00&page=x").status_code == 200


@pytest.mark.parametrize("name", ["deputy", "assistant", "head"])
def test_the_rest_of_the_team_sees_differences_without_names_or_values(client, people, compare, name):
    client.force_login(getattr(people, name))
    page = client.get(compare).content.decode()
    assert "Changed: team" in page
    assert [word for word in ("Child 0", "Child 00", "South", "2011") if word in page] == []


def test_a_first_list_has_nothing_to_be_compared_with(client, check, inspection):
    page = text(client.get(address("compare-list", inspection, kind="child", number=1)))
    assert "There is no list before this one." in page


@pytest.mark.parametrize(("kind", "number"), [("child", 9), ("victim", 1), ("adult", 1), ("child", 10**30)])
def test_a_list_that_there_is_not_is_not_compared(client, check, inspection, kind, number):
    assert client.get(address("compare-list", inspection, kind=kind, number=number)).status_code == 404


def test_comparing_costs_the_same_queries_however_many_rows_there_are(client, people, compare, inspection):
    client.get(compare)
    count = queries(client, compare)
    upload(client, inspection, children(*({} for _ in range(30))))
    assert queries(client, compare.replace("/2/", "/3/")) == count
