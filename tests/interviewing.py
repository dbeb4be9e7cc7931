"""Interviews for tests: one slot of a case manager, one of a victim worker with three cases."""

from datetime import datetime
from uuid import uuid4

from accounts import clock
from cases.actions.interviews import save_interview_note
from cases.rules.notes import NoteContent, NoteSave
from tests.factories import slot

NOW = "2027-06-08T14:05"


def begins(day=8, hour=14, minute=0):
    return datetime(2027, 6, day, hour, minute, tzinfo=clock.LONDON)


def booked(cases, by, kind="case_manager", *, at=None, minutes=90, met=("Sam Worker",), **more):
    title = {"case_manager": "Interview with the case manager", "victim_worker": "Interview with the victim worker"}
    people = [by] if by else []
    said = {"kind": kind, "title": title[kind]} | more
    return slot(cases[0].inspection, at or begins(), minutes, people=people, met=met, cases=cases, **said)


def heard(booked_slot, cases, by, text="Heard.", topic="other", questions=(), *, item=None, base=0, save_id=None):
    content = NoteContent(text, "interview", None, tuple(questions))
    save = NoteSave(item or uuid4(), content, base, save_id or uuid4())
    return save_interview_note(by=by, slot=booked_slot, cases=cases, topic=topic, save=save)
