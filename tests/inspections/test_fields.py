"""Dates and times as people write them."""

from datetime import date, time

import pytest
from django import forms
from django.core.exceptions import ValidationError

from inspections.fields import DateTextField, TimeTextField, read_date, read_time

THIRD_OF_MARCH = date(2027, 3, 3)


@pytest.mark.parametrize(
    "text",
    [
        "3 March 2027",
        "03 march 2027",
        " 3   MARCH 2027 ",
        "3 mar 2027",
        "3rd March 2027",
        "3 March, 2027",
        "Wednesday 3 March 2027",
        "Wed, 3 March 2027",
        "3/3/2027",
        "03/03/2027",
        "3.3.2027",
        "3-3-2027",
        "3 3 2027",
        "2027-03-03",
    ],
)
def test_a_date_is_read_as_it_was_written(text):
    assert read_date(text) == THIRD_OF_MARCH


def test_the_day_comes_before_the_month():
    assert read_date("4/5/2027") == date(2027, 5, 4)


def test_september_is_often_written_with_four_letters():
    assert read_date("6 sept 2027") == date(2027, 9, 6)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("soon", "Enter a date, like 3 March 2027"),
        ("3 Marsh 2027", "Enter a date, like 3 March 2027"),
        ("3 March", "Enter a date, like 3 March 2027"),
        ("March 2027", "Enter a date, like 3 March 2027"),
        ("3 March 20277", "Enter a date, like 3 March 2027"),
        ("٣/٣/2027", "Enter a date, like 3 March 2027"),
        ("3/3/27", "Write the year in full, like 2027"),
        ("3 March 27", "Write the year in full, like 2027"),
        ("3 March 1827", "Enter a year from 1900 to 2100"),
        ("9999-03-03", "Enter a year from 1900 to 2100"),
        ("31 April 2027", "There is no such day as 31 April 2027. Check the day and the month"),
        ("29/2/2027", "There is no such day as 29/2/2027. Check the day and the month"),
        ("3/13/2027", "There is no such day as 3/13/2027. Check the day and the month"),
        ("2027-13-03", "There is no such day as 2027-13-03. Check the day and the month"),
        ("Monday 3 March 2027", "3 March 2027 is a Wednesday. Check the date"),
        ("Friyay 3 March 2027", "3 March 2027 is a Wednesday. Check the date"),
    ],
)
def test_what_is_no_date_is_answered_with_what_to_write(text, sentence):
    with pytest.raises(ValidationError) as refused:
        read_date(text)
    assert refused.value.messages == [sentence]


class FieldworkForm(forms.Form):
    start = DateTextField(label="First Monday of fieldwork", error_messages={"required": "Enter the first Monday"})
    ends = DateTextField(required=False)


def test_a_form_gives_dates():
    form = FieldworkForm({"start": "1 March 2027", "ends": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"start": date(2027, 3, 1), "ends": None}


def test_a_missing_date_is_asked_for_in_the_words_of_the_form():
    assert FieldworkForm({"ends": " "}).errors == {"start": ["Enter the first Monday"]}


def test_what_was_typed_is_shown_again_and_a_stored_date_is_written_out():
    assert FieldworkForm({"start": "32/1/2027"})["start"].value() == "32/1/2027"
    assert FieldworkForm(initial={"start": THIRD_OF_MARCH})["start"].value() == "3 March 2027"


def test_the_same_date_written_otherwise_is_no_change():
    form = FieldworkForm({"start": "3/3/2027"}, initial={"start": THIRD_OF_MARCH})
    assert form.changed_data == []


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("10:40am", time(10, 40)),
        ("10.40 AM", time(10, 40)),
        (" 1040 ", time(10, 40)),
        ("10:40", time(10, 40)),
        ("2pm", time(14, 0)),
        ("2:05 p.m.", time(14, 5)),
        ("14:20", time(14, 20)),
        ("12pm", time(12, 0)),
        ("12:15am", time(0, 15)),
        ("00:15", time(0, 15)),
        ("02:30", time(2, 30)),
        ("9:05", time(9, 5)),
    ],
)
def test_a_time_is_read_as_it_was_written(text, moment):
    assert read_time(text) == moment


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("soon", "Enter a time, like 10:40am or 14:20"),
        ("9", "Enter a time, like 10:40am or 14:20"),
        ("10:4", "Enter a time, like 10:40am or 14:20"),
        ("٩:٤٠", "Enter a time, like 10:40am or 14:20"),
        ("24:00", "There is no such time as 24:00. Check the hour and the minute"),
        ("10:60", "There is no such time as 10:60. Check the hour and the minute"),
        ("13pm", "There is no such time as 13pm. Check the hour and the minute"),
        ("0am", "There is no such time as 0am. Check the hour and the minute"),
        ("2:30", "Say whether 2:30 is in the morning or afternoon, like 2:30am or 2:30pm"),
    ],
)
def test_what_is_no_time_is_answered_with_what_to_write(text, sentence):
    with pytest.raises(ValidationError) as refused:
        read_time(text)
    assert refused.value.messages == [sentence]


def test_a_time_that_is_missing_is_asked_for():
    with pytest.raises(ValidationError, match="Enter a time, like 10:40am or 14:20"):
        TimeTextField().clean(" ")
