"""The product as `make run` starts it, with its demo data, in a real browser and under kill -9."""

import http.client
import json
import os
import random
import re
import signal
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import psycopg
import pytest
from playwright.sync_api import Browser, Page

from config.local.places import database_url, sockets_dir
from config.local.processes import wait_until
from tests.local.test_supervisor import Product

pytestmark = pytest.mark.slow
FIELDWORK, PANEL = "YI-26-002", "YI-26-003"
WIDTHS = (1280, 683, 320)
REASON = (
    "The minutes of the board, the interviews with victim workers and the cases that were read all point the same way, "
    "as the team set out in the meeting."
)


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    product = Product(tmp_path_factory.mktemp("whole") / "var")
    product.env |= {"DEMO": "1", "CLOCK": "2026-11-18T10:00"}
    product.start()
    yield product
    product.say("stop")
    product.supervisor.wait()


def rows(product: Product, statement: str, *values: object) -> list[tuple[object, ...]]:
    with psycopg.connect(database_url(sockets_dir(product.var))) as connection:
        return connection.execute(statement, values).fetchall()


@dataclass
class Writer:
    """Saves answers over HTTP as the script of the page does: an answer that got no receipt is sent again as it was."""

    product: Product
    email: str
    case: str
    questions: list[str]
    stop: threading.Event
    journal: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    failures: int = 0
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def ask(self, method: str, path: str, body: str, kind: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.product.port, timeout=10)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": kind,
            "Accept": "application/json" if "json" in kind else "text/html",
            "X-CSRFToken": self.token,
        }
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def sign_in(self) -> None:
        status, _ = self.ask(
            "POST", "/demo/sign-in/", urlencode({"person": self.email}), "application/x-www-form-urlencoded"
        )
        assert status == 302
        _, page = self.ask("GET", f"/inspections/{FIELDWORK}/cases/{self.case}/read/2.1/", "", "text/html")
        self.token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[-1]
        found = re.findall(r'data-question="([^"]+)"[^>]*data-version="(\d+)"', page)
        self.versions = {question: int(version) for question, version in found}
        self.questions = list(self.versions)

    def work(self) -> None:
        turn = 0
        while not self.stop.is_set():
            question = self.questions[turn % len(self.questions)]
            self.save(question, f"Evidence {turn} for {question}, {uuid.uuid4()}")
            turn += 1

    def save(self, question: str, evidence: str) -> None:
        save_id = str(uuid.uuid4())
        body = json.dumps(
            {
                "question": question,
                "value": random.choice(["yes", "no"]),
                "na_reason": "",
                "evidence": evidence,
                "base_version": self.versions[question],
                "save_id": save_id,
            }
        )
        path = f"/inspections/{FIELDWORK}/cases/{self.case}/answers/"
        while True:
            try:
                status, text = self.ask("POST", path, body, "application/json")
            except (OSError, http.client.HTTPException):
                status, text = 0, ""
            if status == 200:
                receipt = json.loads(text)
                self.versions[question] = receipt["version"]
                self.journal[save_id] = (question, receipt["version"], evidence)
                return
            assert status in {0, 500, 502, 503}, (status, text)
            self.failures += 1
            if self.stop.wait(0.2):
                return


def open_cases(product: Product) -> list[tuple[str, str]]:
    """A reader's address and a case of theirs that is not sent, one for each reader."""
    found = rows(
        product,
        "SELECT DISTINCT ON (u.id) u.email, c.ref FROM cases_case c JOIN accounts_user u ON u.id = c.reader_id"
        " JOIN inspections_inspection i ON i.id = c.inspection_id"
        " WHERE i.ref = %s AND c.kind = 'child' AND c.sent_at IS NULL AND c.left_at IS NULL ORDER BY u.id, c.ref",
        FIELDWORK,
    )
    return [(str(email), str(case)) for email, case in found]


def kill(product: Product, part: str) -> None:
    """And wait until the supervisor has started it again."""
    before = product.pid(part)
    os.kill(before, signal.SIGKILL)
    assert wait_until(lambda: product.pid(part) != before and product.answers(), seconds=30), product.printed()


def test_no_acknowledged_save_is_lost_when_parts_are_killed(product: Product) -> None:
    stop = threading.Event()
    writers = [Writer(product, email, case, [], stop) for email, case in open_cases(product)[:4]]
    assert len(writers) == 4
    for writer in writers:
        writer.sign_in()
    threads = [threading.Thread(target=writer.work) for writer in writers]
    for thread in threads:
        thread.start()
    for part in ["web", "worker", "Redis", "PostgreSQL", "web", "Redis", "worker", "PostgreSQL"]:
        time.sleep(random.uniform(0.5, 1.5))
        kill(product, part)
    time.sleep(1)
    stop.set()
    for thread in threads:
        thread.join()

    acknowledged = {save_id: saved for writer in writers for save_id, saved in writer.journal.items()}
    stored = {
        str(save_id): (question, version, evidence)
        for save_id, question, version, evidence in rows(
            product,
            "SELECT v.save_id, a.question, v.version, v.evidence FROM cases_answerversion v"
            " JOIN cases_answer a ON a.id = v.answer_id",
        )
    }
    lost = {save_id for save_id, saved in acknowledged.items() if stored.get(save_id) != saved}
    failed = sum(writer.failures for writer in writers)
    print(f"{len(acknowledged)} acknowledged saves, 8 kills, {failed} failed attempts, {len(lost)} lost")
    assert lost == set()
    assert len(acknowledged) > 100
    assert failed > 0
    half_written = rows(
        product,
        "SELECT a.id FROM cases_answer a"
        " LEFT JOIN cases_answerversion v ON v.answer_id = a.id AND v.version = a.version"
        " WHERE v.id IS NULL OR (v.evidence, v.value) IS DISTINCT FROM (a.evidence, a.value)",
    )
    assert half_written == []


def test_celery_brings_the_ratings_up_with_the_answers(product: Product) -> None:
    def up_to_date() -> bool:
        found = rows(
            product,
            "SELECT i.evidence_version, max(s.evidence_version) FROM inspections_inspection i"
            " JOIN ratings_snapshot s ON s.inspection_id = i.id WHERE i.ref = %s GROUP BY 1",
            FIELDWORK,
        )
        return len(found) == 1 and found[0][0] == found[0][1]

    assert wait_until(up_to_date, seconds=60), product.printed()


@pytest.fixture
def sign_in(product: Product, chromium: Browser) -> Iterator[object]:
    contexts = []

    def as_person(name: str) -> Page:
        context = chromium.new_context(base_url=f"http://127.0.0.1:{product.port}", locale="en-GB")
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto("/sign-in/")
        page.get_by_role("button", name=name, exact=False).first.click()
        page.wait_for_url("**/")
        return page

    yield as_person
    for context in contexts:
        context.close()


def decide(page: Page, item: str, value: str) -> None:
    form = page.locator(f"form:has(input[name=item][value='{item}'])")
    form.locator(f"input[name=value][value={value}]").check()
    form.locator("textarea[name=reason]").fill(REASON)
    form.locator("button").click()


def sign(page: Page, name: str) -> None:
    page.goto(f"/inspections/{PANEL}/panel/sign-off/")
    page.locator("main input[type=checkbox]").check()
    page.locator("main input[type=text]").fill(name)
    page.locator("main form button").last.click()


def test_a_panel_decides_two_sign_and_the_service_is_told(product: Product, sign_in, violations) -> None:
    chair = sign_in("Demo Panel Chair")
    chair.goto(f"/inspections/{PANEL}/panel/")
    chair.get_by_role("button", name="Start the meeting").click()
    chair.goto(f"/inspections/{PANEL}/panel/victims/")
    decide(chair, "V1.2", "yes")
    chair.goto(f"/inspections/{PANEL}/panel/victims/")
    decide(chair, "V1", "good")
    for item in ("1.1", "1.2", "1.3"):
        chair.goto(f"/inspections/{PANEL}/panel/domain-one/")
        decide(chair, item, "good")
    chair.goto(f"/inspections/{PANEL}/panel/")
    chair.get_by_role("button", name="Freeze the record").click()
    contact = sign_in("Demo Contact Gloucestershire")
    assert contact.goto(f"/service/{PANEL}/outcome/").status == 404
    sign(chair, "Demo Panel Chair")
    lead = sign_in("Demo Lead Inspector")
    sign(lead, "Demo Lead Inspector")
    assert lead.get_by_role("heading", name="The signed record").is_visible()
    assert contact.goto(f"/service/{PANEL}/outcome/").status == 404
    lead.goto(f"/inspections/{PANEL}/outcome/")
    lead.get_by_label("When was the service told?").fill("18 November 2026")
    lead.get_by_label("How was the service told?").fill("In a call with the head of service")
    lead.get_by_role("button", name="Tell the service").click()
    assert contact.goto(f"/service/{PANEL}/outcome/").status == 200
    assert "Overall rating" in contact.inner_text("main")
    for page in (lead, contact):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
