"""Catch-ups, themes and participation over HTTP."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts import clock
from cases.models import Case, CatchUpAction, Concern, Contact, Step, Theme, Told
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import fetch, form_on, text_of

pytestmark = pytest.mark.django_db

ROOT = "/inspections/YI-27-001/"
DAY = f"{ROOT}catch-up/2027-06-08/"
THEME = {"standard": "2.2", "direction": "improve", "theme": "Plans are late"}
CONTACT = {"channel": "telephone", "day": "8 June 2027", "children": "2", "carers": "1"}


@pytest.fixture
def inspection(people, settings):
    settings.CLOCK = "2027-06-08T16:00"
    return inspection_with_team(people, ref="YI-27-001")


def post(client, person, url, data=None):
    client.force_login(person)
    return client.post(url, data or {})


def test_the_days_that_have_come_are_listed_and_the_rest_do_not_exist(client, people, inspection):
    page = fetch(client, people.assistant, f"{ROOT}catch-up/")
    assert [day for day in range(7, 12) if f"catch-up/2027-06-{day:02}/" in page] == [7, 8]
    asked = ["2027-06-09", "2027-06-06", "nonsense", "2027-99-99"]
    assert [client.get(f"{ROOT}catch-up/{day}/").status_code for day in asked] == [404] * 4


def test_the_first_day_says_that_there_is_none_before(client, people, inspection):
    first = text_of(fetch(client, people.lead, f"{ROOT}catch-up/2027-06-07/"))
    assert "This is the first day of fieldwork: there is no catch-up before it." in first
    assert "since Monday 7 June" in text_of(fetch(client, people.lead, DAY))


def test_what_changed_counts_only_what_came_since(client, people, inspection):
    started, sent, earlier = sampled_cases(inspection, count=3, reader=people.lead)
    now = clock.now()
    Case.objects.filter(pk__in=[started.pk, sent.pk]).update(started_at=now)
    Case.objects.filter(pk=sent.pk).update(sent_at=now, sent_by=people.lead)
    Case.objects.filter(pk=earlier.pk).update(started_at="2027-06-07T12:00+01:00")
    Concern.objects.create(
        case=started, once=uuid4(), seen="Secret detail", told=Told.NOT_YET, raised_at=now, raised_by=people.lead
    )
    post(client, people.lead, f"{ROOT}participation/contacts/", CONTACT | {"once": uuid4()})
    page = text_of(fetch(client, people.assistant, DAY))
    said = "started 2 Case reads sent 1 Queries asked 0 Queries closed 0 Concerns raised 1 Meetings held 0"
    assert said in page
    assert ("Contacts with children, parents and carers 1" in page, "Secret detail" in page) == (True, False)


def test_somebody_else_agrees_with_a_theme_once_and_its_author_cannot(client, people, inspection):
    post(client, people.assistant, f"{DAY}themes/", THEME)
    theme = Theme.objects.get()
    for person in (people.assistant, people.lead, people.lead, people.deputy):
        post(client, person, f"{ROOT}themes/{theme.pk}/agree/")
    assert [agreed.by for agreed in theme.agreements.all()] == [people.lead, people.deputy]
    page = text_of(fetch(client, people.lead, DAY))
    assert "Lead agreed on 8 June, 4:00pm. Deputy agreed on 8 June, 4:00pm." in page


def test_the_author_is_told_why_they_cannot_agree(client, people, inspection):
    post(client, people.assistant, f"{DAY}themes/", THEME)
    client.force_login(people.assistant)
    page = client.post(f"{ROOT}themes/{Theme.objects.get().pk}/agree/", follow=True).content.decode()
    assert "Somebody other than whoever wrote a theme agrees with it." in text_of(page)


def test_a_withdrawn_theme_is_kept_and_no_longer_shown(client, people, inspection):
    post(client, people.assistant, f"{DAY}themes/", THEME)
    theme = Theme.objects.get()
    post(client, people.lead, f"{ROOT}themes/{theme.pk}/withdraw/")
    theme.refresh_from_db()
    assert (theme.withdrawn_by, "Plans are late" in fetch(client, people.lead, DAY)) == (people.lead, False)
    assert post(client, people.lead, f"{ROOT}themes/{theme.pk}/agree/").status_code == 404


def test_an_action_has_an_owner_of_the_team_and_is_done_once(client, people, inspection):
    post(client, people.lead, f"{DAY}actions/", {"action": "Ask for plans", "owner": people.assistant.pk})
    action = CatchUpAction.objects.get()
    for person in (people.assistant, people.lead):
        post(client, person, f"{ROOT}catch-up/actions/{action.pk}/done/")
    action.refresh_from_db()
    assert (action.owner, action.day, action.done_by) == (people.assistant, date(2027, 6, 8), people.assistant)


@pytest.mark.parametrize("owner", ["", "0", "9" * 40, "x\0"])
def test_an_action_of_nobody_is_refused_in_words(client, people, inspection, owner):
    response = post(client, people.lead, f"{DAY}actions/", {"action": "Kept", "owner": owner})
    page = response.content.decode()
    assert "Select who does it" in text_of(page)
    assert (form_on(page)["action"], CatchUpAction.objects.count()) == ("Kept", 0)


def test_a_local_assessor_owns_no_action(client, people, inspection):
    post(client, people.lead, f"{DAY}actions/", {"action": "Kept", "owner": people.assessor.pk})
    assert CatchUpAction.objects.count() == 0


def test_the_panel_sees_themes_from_rating_and_may_change_none(client, people, inspection):
    post(client, people.lead, f"{DAY}themes/", THEME)
    inspection.stage = "rating"
    inspection.save()
    page = fetch(client, people.chair, f"{ROOT}themes/")
    assert ("Plans are late" in page, "Withdraw" in page) == (True, False)
    assert "Withdraw" not in fetch(client, people.lead, DAY)


def test_offers_and_contacts_are_counted_by_channel(client, people, inspection):
    place = f"{ROOT}participation/"
    post(client, people.lead, f"{place}offers/", {"channel": "telephone", "day": "7 June 2027", "children": "9"})
    post(client, people.lead, f"{place}contacts/", CONTACT)
    post(client, people.lead, f"{place}contacts/", CONTACT)
    page = text_of(fetch(client, people.quality, place))
    assert "Telephone 9 children, 0 parents, 0 carers 4 children, 0 parents, 2 carers" in page


def test_the_same_form_sent_twice_is_one_contact(client, people, inspection):
    page = form_on(fetch(client, people.lead, f"{ROOT}participation/contacts/"))
    for _ in range(2):
        post(client, people.lead, f"{ROOT}participation/contacts/", page | CONTACT)
    assert Contact.objects.count() == 1


def test_that_nobody_wished_to_talk_is_recorded_as_such(client, people, inspection):
    said = {"channel": "in_person", "day": "8 June 2027", "no_contact_reason": "No one wished to talk"}
    post(client, people.lead, f"{ROOT}participation/contacts/", said)
    assert "Nobody: No one wished to talk" in text_of(fetch(client, people.lead, f"{ROOT}participation/"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"children": "", "carers": ""}, "Enter how many children, parents or carers took part, or say why nobody did"),
        ({"no_contact_reason": "None"}, "You wrote that nobody took part, and who did. Remove one of them"),
        ({"channel": "pigeon"}, "Select how they can take part"),
        ({"children": "1e9"}, "Enter a whole number from 0 to 200"),
        ({"day": "soon"}, "Enter a date, like 3 March 2027"),
        ({"day": "9 June 2027"}, "This is in the future. Enter the day on which it happened"),
    ],
)
def test_a_contact_that_cannot_be_kept_is_said_in_words(client, people, inspection, typed, sentence):
    response = post(client, people.lead, f"{ROOT}participation/contacts/", CONTACT | {"views": "Kept"} | typed)
    page = response.content.decode()
    assert sentence in text_of(page)
    assert (form_on(page)["views"], Contact.objects.count()) == ("Kept", 0)


def test_views_are_kept_as_they_were_said_and_give_themes(client, people, inspection):
    response = post(client, people.lead, f"{ROOT}participation/contacts/", CONTACT | {"views": "Mae hi'n braf yma"})
    contact = Contact.objects.get()
    assert response["Location"] == f"{ROOT}participation/contacts/{contact.pk}/"
    post(client, people.lead, response["Location"], THEME)
    assert "Mae hi'n braf yma" in text_of(fetch(client, people.lead, response["Location"]))
    assert (Theme.objects.get().contact, Theme.objects.get().day) == (contact, date(2027, 6, 8))
    assert "Participation, telephone" in text_of(fetch(client, people.lead, f"{ROOT}themes/"))


def test_a_telephone_number_in_what_was_said_is_noticed(client, people, inspection):
    place = post(client, people.lead, f"{ROOT}participation/contacts/", CONTACT | {"views": "Ring 0117 496 0123"})
    page = text_of(fetch(client, people.lead, place["Location"]))
    assert "This text seems to include a telephone number. Leave it out." in page


def test_the_database_refuses_a_contact_of_nobody_without_a_reason(people, inspection):
    values = {"inspection": inspection, "step": Step.CONTACT, "channel": "telephone", "day": date(2027, 6, 8)}
    with pytest.raises(IntegrityError, match="voices_of_somebody_or_a_reason"), transaction.atomic():
        Contact.objects.create(**values, once=uuid4(), made_at=clock.now(), made_by=people.lead)


@pytest.mark.parametrize("place", [DAY, f"{ROOT}themes/", f"{ROOT}participation/", f"{ROOT}catch-up/"])
def test_a_page_costs_the_same_for_one_row_and_for_three(client, people, inspection, place):
    def add(number):
        post(client, people.lead, f"{DAY}themes/", THEME | {"theme": f"Theme {number}"})
        post(client, people.deputy, f"{ROOT}themes/{Theme.objects.latest('pk').pk}/agree/")
        post(client, people.lead, f"{DAY}actions/", {"action": f"Do {number}", "owner": people.lead.pk})
        post(client, people.lead, f"{ROOT}participation/contacts/", CONTACT)

    def cost():
        fetch(client, people.quality, place)
        with CaptureQueriesContext(connection) as asked:
            client.get(place)
        return len(asked)

    add(1)
    one = cost()
    add(2)
    add(3)
    assert cost() == one
