"""What the tests of unsent answers and notes share: their pages, and what lies in the browser's store."""

from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from cases.models import Case
from config.local.processes import wait_until
from tests.people import PASSWORD

CANARY = "Kanarienvogel"
WRITTEN = 600  # milliseconds after which what was typed lies on the disk
# A route of Playwright's ends with its page, and what a closing page still sends would get through.
NO_SAVES = r"""() => {
  const through = window.fetch;
  window.fetch = (address, ...more) =>
    /\/(answers|notes\/save)\/$/.test(address) ? Promise.reject(new TypeError()) : through(address, ...more);
}"""
COUNT = """async kind => {
  const opening = indexedDB.open("unsent", 1);
  await new Promise(resolve => { opening.onsuccess = resolve; });
  const database = opening.result;
  if (!database.objectStoreNames.contains(kind)) return 0;
  const rows = database.transaction(kind).objectStore(kind).count();
  await new Promise(resolve => { rows.onsuccess = resolve; });
  database.close();
  return rows.result;
}"""


def section(case: Case, code: str = "2.1") -> str:
    return reverse("cases:read-section", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, "section": code})


def line(page: Page) -> Any:
    return page.locator("[data-save-text]")


def evidence(page: Page, code: str = "2.1.1a") -> Any:
    return page.locator(f'textarea[name="evidence-{code}"]')


def rows(page: Page, kind: str = "drafts") -> int:
    return int(page.evaluate(COUNT, kind))


def wait_for_rows(page: Page, number: int, kind: str = "drafts") -> None:
    assert wait_until(lambda: rows(page, kind) == number, seconds=10), rows(page, kind)


def open_page(context: BrowserContext, address: str) -> Page:
    """Leaving it asks nobody."""
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    return page


def leave_unsent(context: BrowserContext, case: Case, *codes: str, before: int = 0) -> None:
    """Typed on a page whose saves do not get through, and whose tab is closed. `before`: rows there already."""
    page = open_page(context, section(case))
    page.evaluate(NO_SAVES)
    for code in codes or ("2.1.1a",):
        evidence(page, code).press_sequentially(CANARY)
    expect(line(page)).to_contain_text("Not saved yet")
    wait_for_rows(page, before + (len(codes) or 1))
    page.wait_for_timeout(WRITTEN)
    page.close()


def notes(case: Case) -> str:
    return reverse("cases:notes", kwargs={"ref": case.inspection.ref, "case_ref": case.ref})


def note(page: Page, label: str = "New note") -> Any:
    return page.get_by_role("textbox", name=label, exact=True)


def leave_unsent_note(context: BrowserContext, case: Case, label: str = "New note") -> None:
    page = open_page(context, notes(case))
    page.evaluate(NO_SAVES)
    note(page, label).fill("")
    note(page, label).press_sequentially(CANARY)
    expect(line(page)).to_contain_text("Not saved yet: 1 note")
    wait_for_rows(page, 1)
    page.wait_for_timeout(WRITTEN)
    page.close()


def fill_in_sign_in(page: Page, email: str) -> None:
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def found_in(folder: Path, *words: str) -> list[str]:
    """Files of a browser's profile in which a word stands, in either of the encodings that browsers write."""
    wanted = [word.encode(encoding) for word in words for encoding in ("utf-8", "utf-16-le")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path.relative_to(folder)) for path in files if any(word in read(path) for word in wanted)]


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
