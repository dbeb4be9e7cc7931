"""A concern alerts those who have to act, is escalated when they do not, and is acknowledged once."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts import clock
from accounts.models import AuditEvent, User
from cases.actions.concerns import Account, ConcernRefused, acknowledge, add_telling, raise_concern
from cases.models import Case, Concern, Told
from cases.tasks import escalate_concerns
from inspections.models import Membership, Notification, OutgoingMail
from tests.factories import inspection_with_team, sampled_cases
from tests.races import at_once

NOT_YET = Account("Bruises that nobody has asked about", Told.NOT_YET)
HALF_PAST_NINE = datetime(2027, 6, 8, 9, 30, tzinfo=clock.LONDON)
TOLD = Account("Bruises that nobody has asked about", Told.YES, "Team manager, Jo Bloggs", HALF_PAST_NINE)


@pytest.fixture
def case(people, settings) -> Case:
    settings.CLOCK = "2027-06-08T10:00"
    return sampled_cases(inspection_with_team(people, ref="YI-27-001"), count=1, reader=people.assistant)[0]


def by_assistant(people, case, account=NOT_YET, once=None) -> Concern:
    return raise_concern(by=people.assistant, case=case, once=once or uuid4(), account=account)


def told(occasion: str = "") -> dict[str, str]:
    """What each person was told last, by name."""
    found = Notification.objects.filter(key__endswith=occasion).order_by("pk")
    return dict(found.values_list("person__name", "text"))


def mailed() -> list[tuple[str, str]]:
    return sorted(OutgoingMail.objects.values_list("person__name", "sentence"))


def events() -> list[tuple[str, str, str]]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", "subject", "person__name"))


def test_lead_and_deputy_are_told_with_it_and_by_e_mail(people, case):
    concern = by_assistant(people, case)
    text = "A concern was raised about C-01. Reading, YI-27-001"
    assert told() == {"Lead": text, "Deputy": text}
    sentence = "Somebody has raised a concern. Read it and acknowledge it."
    assert mailed() == [("Deputy", sentence), ("Lead", sentence)]
    link = f"/inspections/YI-27-001/cases/C-01/concerns/{concern.pk}/"
    assert set(Notification.objects.values_list("link", flat=True)) == {link}


def test_no_e_mail_names_the_case_and_no_word_leaves_the_concern(people, case):
    by_assistant(people, case)
    mails = repr(list(OutgoingMail.objects.values()))
    elsewhere = mails + repr(list(Notification.objects.values())) + repr(list(AuditEvent.objects.values()))
    assert ("C-01" in mails, "Bruises" in elsewhere, "Jo Bloggs" in elsewhere) == (False, False, False)


def test_it_is_recorded(people, case):
    by_assistant(people, case, TOLD)
    assert events() == [("concern raised", "C-01", "Assistant")]
    assert AuditEvent.objects.get().detail == {"service told": True}


def test_the_same_form_twice_is_one_concern(people, case):
    once = uuid4()
    assert by_assistant(people, case, TOLD, once) == by_assistant(people, case, TOLD, once)
    assert (Concern.objects.count(), OutgoingMail.objects.count(), len(events())) == (1, 2, 1)


@pytest.mark.parametrize(
    "change", [{"seen": "Something else"}, {"told": Told.YES, "told_whom": "A", "told_at": HALF_PAST_NINE}]
)
def test_the_same_form_with_other_words_is_refused(people, case, change):
    once = uuid4()
    by_assistant(people, case, NOT_YET, once)
    with pytest.raises(ConcernRefused, match=r"^This form was already sent with other words"):
        by_assistant(people, case, Account(**(vars(NOT_YET) | change)), once)
    assert Concern.objects.get().seen == NOT_YET.seen


def test_the_form_of_somebody_else_is_refused(people, case):
    once = uuid4()
    by_assistant(people, case, NOT_YET, once)
    with pytest.raises(ConcernRefused):
        raise_concern(by=people.deputy, case=case, once=once, account=NOT_YET)


@pytest.mark.django_db(transaction=True)
def test_of_four_presses_at_once_one_concern_comes(people, settings):
    case = sampled_cases(inspection_with_team(people), count=1, reader=people.assistant)[0]
    once = uuid4()
    found = at_once([lambda: by_assistant(people, case, NOT_YET, once)] * 4)
    assert (Concern.objects.count(), len(set(found)), OutgoingMail.objects.count()) == (1, 1, 2)


def test_who_raises_it_is_not_alerted_to_it(people, case):
    raise_concern(by=people.lead, case=case, once=uuid4(), account=NOT_YET)
    assert list(told()) == ["Deputy"]


def test_where_nobody_else_is_there_the_head_is_told_at_once(people, case):
    Membership.objects.filter(role="deputy").delete()
    raise_concern(by=people.lead, case=case, once=uuid4(), account=NOT_YET)
    text = "The concern about C-01 has nobody else to acknowledge it. Reading, YI-27-001"
    assert told() == {"Head": text, "Lead": text}
    assert Concern.objects.get().escalated_at == clock.now()


@pytest.mark.parametrize("ended", ["interest", "account", "last day", "place"])
def test_whoever_may_not_open_it_is_not_alerted(people, case, ended):
    if ended == "interest":
        people.deputy.interests.create(service=case.inspection.service, kind="other", declared_at=clock.now())
    elif ended == "place":
        Membership.objects.filter(role="deputy").update(until=clock.now())
    else:
        change = {"is_active": False} if ended == "account" else {"ends_on": "2027-06-07"}
        User.objects.filter(pk=people.deputy.pk).update(**change)
    by_assistant(people, case)
    assert list(told()) == ["Lead"]


def test_the_head_is_told_after_an_hour_once(people, case, settings):
    by_assistant(people, case)
    settings.CLOCK = "2027-06-08T10:59"
    escalate_concerns()
    assert told("escalated") == {}
    settings.CLOCK = "2027-06-08T11:00"
    for _ in range(2):
        escalate_concerns()
    text = "The concern about C-01 has not been acknowledged for an hour. Reading, YI-27-001"
    assert told("escalated") == {"Head": text, "Lead": text, "Deputy": text}
    assert [name for name, sentence in mailed() if "for an hour" in sentence] == ["Deputy", "Head", "Lead"]
    assert events()[1:] == [("concern told to the head", "C-01", None)]


def test_late_by_a_day_is_as_good(people, case, settings):
    by_assistant(people, case)
    settings.CLOCK = "2027-06-09T15:00"
    escalate_concerns()
    assert Concern.objects.get().escalated_at == clock.now()


def test_what_was_acknowledged_is_not_escalated(people, case, settings):
    acknowledge(by=people.deputy, concern=by_assistant(people, case), done="Rang the manager")
    settings.CLOCK = "2027-06-08T12:00"
    escalate_concerns()
    assert told("escalated") == {}


@pytest.mark.django_db(transaction=True)
def test_of_four_sweeps_at_once_one_tells_the_head(people, settings):
    settings.CLOCK = "2027-06-08T10:00"
    case = sampled_cases(inspection_with_team(people), count=1, reader=people.assistant)[0]
    by_assistant(people, case)
    settings.CLOCK = "2027-06-08T12:00"
    assert at_once([escalate_concerns] * 4) == [None] * 4
    assert [verb for verb, _, _ in events()] == ["concern raised", "concern told to the head"]


def test_who_raised_it_is_told_that_it_is_acknowledged(people, case):
    concern = by_assistant(people, case)
    acknowledge(by=people.deputy, concern=concern, done="Rang the manager")
    concern.refresh_from_db()
    assert (concern.acknowledged_by, concern.done) == (people.deputy, "Rang the manager")
    text = "Deputy has acknowledged the concern about C-01. Reading, YI-27-001"
    assert told("acknowledged") == {"Lead": text, "Assistant": text}
    assert events()[1:] == [("concern acknowledged", "C-01", "Deputy")]


def test_it_is_acknowledged_once(people, case):
    concern = by_assistant(people, case)
    for _ in range(2):
        acknowledge(by=people.deputy, concern=concern, done="Rang the manager")
    with pytest.raises(ConcernRefused, match=r"^Deputy has acknowledged this concern already$"):
        acknowledge(by=people.lead, concern=concern, done="Went there")
    assert (Concern.objects.get().done, len(events())) == ("Rang the manager", 2)


def test_that_the_service_was_told_is_added_once_and_lead_and_raiser_hear_of_it(people, case):
    concern = by_assistant(people, case)
    for _ in range(2):
        add_telling(by=people.deputy, concern=concern, told_whom="Team manager", told_at=HALF_PAST_NINE)
    assert list(concern.notes.values_list("told_whom", "told_at", "by__name")) == [
        ("Team manager", HALF_PAST_NINE, "Deputy")
    ]
    text = "The service was told of the concern about C-01. Reading, YI-27-001"
    assert {name: said for name, said in told().items() if said == text} == {"Lead": text, "Assistant": text}
    assert events()[1:] == [("concern told to the service", "C-01", "Deputy")]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"told": "perhaps"}, "concern_told"),
        ({"seen": ""}, "concern_says_what_was_seen"),
        ({"told": "yes"}, "concern_told_somebody_or_not_yet"),
        ({"told_whom": "A"}, "concern_told_somebody_or_not_yet"),
        ({"done": "Something"}, "concern_acknowledged_by_someone_who_did_something"),
        ({"acknowledged_at": HALF_PAST_NINE + timedelta(hours=3)}, "concern_acknowledged_by_someone"),
    ],
)
def test_the_database_refuses_half_a_concern(people, case, fields, constraint):
    by_assistant(people, case)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Concern.objects.update(**fields)
