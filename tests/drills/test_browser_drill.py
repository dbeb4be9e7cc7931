"""make drill-browser: a browser, its network, its server and its sessions are killed while somebody writes.

The product runs for real, Chromium has a folder of its own. DRILL_SECONDS (300) is how long the network is off, and
DRILL_SESSIONS (50) how often the session ends. Each part prints one line.
"""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import psycopg
import pytest
from playwright.sync_api import BrowserContext, Playwright, expect, sync_playwright

from config.local import browser
from config.local.places import ROOT
from config.local.processes import wait_until
from tests.browser.unsent import evidence, fill_in_sign_in, found_in, line, rows
from tests.product import Product

OFFLINE_SECONDS = int(os.environ.get("DRILL_SECONDS", "300"))
SESSIONS = int(os.environ.get("DRILL_SESSIONS", "50"))
MOST_SPOKEN = 8
CANARY = "Kanarienvogel"
SEED = """
import django; django.setup()
import tests.people
from django.contrib.auth.hashers import make_password
from tests.factories import inspection_with_team, sampled_cases
people = tests.people.make()
for person in (people.assistant, people.lead):
    person.password = make_password(tests.people.PASSWORD)
    person.save()
case = sampled_cases(inspection_with_team(people), reader=people.assistant)[0]
print(people.assistant.email, people.lead.email, f"/inspections/{case.inspection.ref}/cases/{case.ref}/read/2.1/")
"""
LISTEN = """() => document.addEventListener("DOMContentLoaded", () => {
  for (const region of document.querySelectorAll("[data-save-status], [data-save-alert]"))
    new MutationObserver(() => region.textContent && window.heard(region.textContent))
      .observe(region, {childList: true});
})"""


class Drill:
    """One person at one computer, and what they typed for each question."""

    def __init__(self, product: Product, playwright: Playwright, profile: Path) -> None:
        self.product, self.playwright, self.profile = product, playwright, profile
        self.site = f"http://localhost:{product.port}"
        self.reader, self.other, self.section = seed(product)
        self.typed: dict[str, str] = {}
        self.spoken: list[str] = []
        self.chance = random.Random(7)
        self.open()

    def open(self) -> None:
        self.context: BrowserContext = self.playwright.chromium.launch_persistent_context(
            self.profile, executable_path=browser.on_path(), base_url=self.site, locale="en-GB"
        )
        self.context.set_default_timeout(60_000)
        self.context.expose_function("heard", lambda words: self.spoken.append(words))
        self.context.add_init_script(f"({LISTEN})()")
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())

    def sign_in(self, email: str = "") -> None:
        """On whatever page asks for it."""
        fill_in_sign_in(self.page, email or self.reader)

    def type(self, code: str, text: str, pause: int = 30) -> None:
        field = evidence(self.page, code)
        if not field.evaluate("field => field === document.activeElement"):
            field.focus()
        self.page.keyboard.type(text, delay=pause)
        self.typed[code] = self.typed.get(code, "") + text

    def words(self) -> str:
        return "".join(self.chance.choice("abcdefghij ") for _ in range(12)) + " "

    def all_sent(self) -> None:
        assert wait_until(lambda: rows(self.page) == 0, seconds=120), line(self.page).text_content()

    def kept(self) -> dict[str, str]:
        with psycopg.connect(self.product.database_url) as connection:
            return dict(connection.execute("SELECT question, evidence FROM cases_answer").fetchall())

    def lost(self) -> int:
        """Characters that were typed and are not in the database; everything before them has to be."""
        kept = self.kept()
        assert all(text.startswith(kept.get(code, "")) for code, text in self.typed.items()), (self.typed, kept)
        return sum(len(text) - len(kept.get(code, "")) for code, text in self.typed.items())

    def end_sessions(self) -> None:
        with psycopg.connect(self.product.database_url) as connection:
            connection.execute("DELETE FROM accounts_session")

    def kill_browser(self) -> None:
        mark = f"--user-data-dir={self.profile}".encode()
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (entry / "cmdline").read_bytes():
                    os.kill(int(entry.name), signal.SIGKILL)
            except OSError:
                continue


def seed(product: Product) -> list[str]:
    env = product.env | {"DATABASE_URL": product.database_url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    seeded = subprocess.run([sys.executable, "-c", SEED], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return seeded.stdout.split()


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    folder = tmp_path_factory.mktemp("drill")
    product = Product(folder / "var").start()
    try:
        with sync_playwright() as playwright:
            drill = Drill(product, playwright, folder / "profile")
            yield drill
            drill.context.close()
    finally:
        product.say("stop")
        product.supervisor.wait(60)


def say(item: str, words: str) -> None:
    print(f"\n({item}) {words}", flush=True)


def test_a_network_off_while_somebody_types(drill: Drill) -> None:
    drill.page.goto(drill.section)
    drill.sign_in()
    drill.page.wait_for_url(f"**{drill.section}*")
    assert wait_until(lambda: rows(drill.page, "pages") == 1, seconds=30)
    drill.context.set_offline(True)
    began = monotonic()
    while monotonic() - began < OFFLINE_SECONDS:
        drill.type(drill.chance.choice(["2.1.1a", "2.1.1b", "2.1.1c", "2.1.2"]), drill.words(), 100)
    expect(line(drill.page)).to_contain_text("Not saved yet")
    drill.context.set_offline(False)
    drill.all_sent()
    typed = sum(map(len, drill.typed.values()))
    say("a", f"network off for {OFFLINE_SECONDS} s: {typed} characters typed, {drill.lost()} lost")
    assert drill.lost() == 0


def test_b_browser_killed_in_the_middle(drill: Drill) -> None:
    drill.context.set_offline(True)
    started = monotonic()
    drill.type("2.1.1d", CANARY + drill.words() * 8, 40)
    pace = len(drill.typed["2.1.1d"]) / (monotonic() - started)
    drill.kill_browser()
    readable = found_in(drill.profile, CANARY)
    say("e", f"the whole profile of the browser searched for what is unsent: {len(readable)} hits")
    assert readable == []
    drill.end_sessions()
    drill.open()
    drill.page.goto("/")
    drill.sign_in()
    drill.page.locator("[data-unsent-work]").get_by_role("link").first.click()
    drill.page.wait_for_url(f"**{drill.section}*")
    drill.all_sent()
    lost = drill.lost()
    say("b", f"browser killed: {lost} characters missing, at a pace of {pace:.0f} a second")
    assert lost <= 2 * pace
    drill.typed["2.1.1d"] = drill.kept()["2.1.1d"]


@pytest.mark.parametrize("part", ["web", "PostgreSQL"])
def test_c_server_killed_between_request_and_commit(drill: Drill, part: str) -> None:
    with drill.page.expect_request("**/answers/"):
        drill.type("2.1.1e", drill.words())
        drill.page.keyboard.press("Tab")
    leader = drill.product.pid(part)
    for pid in drill.product.group(leader):
        os.kill(pid, signal.SIGKILL)
    assert wait_until(drill.product.answers, seconds=60), drill.product.printed()
    drill.all_sent()
    with psycopg.connect(drill.product.database_url) as connection:
        doubled = connection.execute(
            "SELECT count(*) - count(DISTINCT v.evidence) FROM cases_answerversion v"
            " JOIN cases_answer a ON a.id = v.answer_id WHERE a.question = '2.1.1e'"
        ).fetchone()
    say(
        "c", f"{part} killed while a save was on its way: {drill.lost()} lost, {doubled[0] if doubled else '?'} doubled"
    )
    assert (drill.lost(), doubled) == (0, (0,))


def test_d_session_ended_in_the_middle_of_a_word(drill: Drill) -> None:
    for time in range(SESSIONS):
        drill.type("2.1.1f", f"{time} half a ")
        drill.end_sessions()
        drill.type("2.1.1f", "wo")
        drill.page.wait_for_timeout(300)
        drill.page.reload()
        drill.sign_in()
        drill.page.wait_for_url("**#evidence-2.1.1f")
        expect(evidence(drill.page, "2.1.1f")).to_have_value(drill.typed["2.1.1f"])
        drill.all_sent()
    say("d", f"session ended {SESSIONS} times in the middle of a word: {drill.lost()} lost")
    assert drill.lost() == 0


def test_f_somebody_else_signs_in_and_what_was_spoken(drill: Drill) -> None:
    drill.end_sessions()
    drill.type("2.1.1a", f"SECRET{CANARY}")
    drill.page.wait_for_timeout(600)
    drill.page.goto("/")
    drill.sign_in(drill.other)
    seen = []
    for address in ("/", drill.section, "/inspections/"):
        drill.page.goto(address)
        drill.page.wait_for_load_state("networkidle")
        seen += [address] if f"SECRET{CANARY}" in drill.page.content() else []
    say("f", f"somebody else on the same profile: seen on {len(seen)} pages")
    say("g", f"spoken messages in the whole drill: {len(drill.spoken)}")
    assert seen == []
    assert len(drill.spoken) <= MOST_SPOKEN, drill.spoken
