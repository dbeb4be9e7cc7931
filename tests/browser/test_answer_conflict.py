"""Two answers to one question in a real browser: both are shown, either is used, and the other is not lost."""

import pytest
from playwright.sync_api import expect

from tests.browser import test_answer_saving
from tests.browser.conftest import ViolationsOf
from tests.browser.test_answer_saving import NOT_SAVED, THEIRS, Reading, saved, stale

pytestmark = pytest.mark.django_db(transaction=True)
reading = test_answer_saving.reading


def in_conflict(reading: Reading) -> None:
    reading.reply = stale
    reading.write("Mine")
    expect(reading.box).to_have_count(1)


def test_a_stale_save_can_give_way_to_theirs_and_is_set_aside(reading: Reading) -> None:
    in_conflict(reading)
    reading.reply = saved
    reading.page.get_by_role("button", name="Use theirs for a").click()
    expect(reading.page.locator("#evidence-a")).to_have_value("Their <b>view</b>")
    expect(reading.page.locator("#no-a")).to_be_checked()
    expect(reading.page.locator("#no-a")).to_be_focused()
    expect(reading.page.locator("[name=base_version-a]")).to_have_value("9")
    expect(reading.text).to_have_text("All answers saved, 10:43am")
    aside = reading.sent[-1]
    assert (aside["evidence"], aside["base_version"], aside["gave_way_to"]) == ("Mine", 3, 9)
    assert len(reading.sent) == 2


def test_what_is_set_aside_is_not_lost_with_the_network(reading: Reading) -> None:
    in_conflict(reading)
    reading.reply = None
    reading.page.get_by_role("button", name="Use theirs for a").click()
    expect(reading.text).to_have_text(NOT_SAVED)
    reading.reply = saved
    reading.page.get_by_role("button", name="Send now").click()
    expect(reading.text).to_have_text("Connected again. All answers saved, 10:43am")
    asides = [message for message in reading.sent if "gave_way_to" in message]
    assert {(message["evidence"], message["save_id"]) for message in asides} == {("Mine", asides[0]["save_id"])}
    assert len(asides) == 2


def test_what_cannot_be_set_aside_any_more_can_be_copied(reading: Reading) -> None:
    in_conflict(reading)
    reading.reply = lambda message: {"status": 403, "json": {"status": "closed", "message": "Sent by Sam"}}
    reading.page.get_by_role("button", name="Use theirs for a").click()
    expect(reading.box.get_by_label("Your text for a")).to_have_value("a: Not answered\nMine")


def test_long_texts_bear_marks_for_what_each_side_added(reading: Reading, violations: ViolationsOf) -> None:
    long = "It was seen on Monday. " * 9
    reading.write(long)
    expect(reading.page.locator("[name=base_version-a]")).to_have_value("4")
    theirs = THEIRS | {"evidence": f"{long}<b>Theirs</b>"}
    reading.reply = lambda message: {"status": 409, "json": {"status": "stale", "question": "a", "theirs": theirs}}
    reading.write(f"Mine {long}")
    added = reading.box.locator("ins")
    expect(added).to_have_text(["Added: Mine End of what was added. ", "Added:  <b>Theirs</b> End of what was added. "])
    assert violations(reading.page) == []


def test_mine_can_be_changed_in_the_face_of_theirs_before_it_is_used(reading: Reading) -> None:
    in_conflict(reading)
    reading.write("Mine and theirs")
    expect(reading.box.locator(".app-text").first).to_have_text("Mine and theirs")
    reading.reply = saved
    reading.page.get_by_role("button", name="Use mine for a").click()
    expect(reading.text).to_have_text("All answers saved, 10:43am")
    assert reading.contents()[-1] == ("", "Mine and theirs")
