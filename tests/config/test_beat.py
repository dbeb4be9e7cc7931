"""What beat sends, and when."""

from pathlib import Path

import pytest

from config.beat import Scheduler
from config.celery import app


@pytest.fixture
def scheduler() -> Scheduler:
    return Scheduler(app)


def test_every_job_is_due_when_beat_starts(scheduler: Scheduler) -> None:
    due = {name for name, entry in scheduler.schedule.items() if scheduler.is_due(entry).is_due}
    assert due == set(app.conf.beat_schedule)


def test_a_job_that_was_sent_is_not_due_again_at_once(scheduler: Scheduler) -> None:
    for _ in app.conf.beat_schedule:
        assert scheduler.tick() == 0
    assert 0 < scheduler.tick() <= 2
    assert [entry.total_run_count for entry in scheduler.schedule.values()] == [1] * len(app.conf.beat_schedule)


def test_every_job_has_its_task() -> None:
    app.loader.import_default_modules()
    assert [job["task"] for job in app.conf.beat_schedule.values() if job["task"] not in app.tasks] == []


def test_a_job_that_nobody_took_is_gone_before_it_is_sent_again() -> None:
    jobs = app.conf.beat_schedule.values()
    assert [job["options"]["expires"] for job in jobs] == [job["schedule"] for job in jobs]


def test_beat_shows_that_it_lives(scheduler: Scheduler, tmp_path: Path) -> None:
    scheduler.alive = str(tmp_path / "alive")
    scheduler.tick()
    assert (tmp_path / "alive").exists()
