"""The product as `make run` starts it, with its demo data, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.product import Product

pytestmark = pytest.mark.slow
PANEL = "YI-26-003"
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
    product.supervisor.wait(60)


@pytest.fixture
def sign_in(product: Product, chromium: Browser) -> Iterator[object]:
    contexts = []

    def as_person(name: str) -> Page:
        context = chromium.new_context(base_url=f"http://127.0.0.1:{product.port}", locale="en-GB")
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto("/sign-in/")
        press(page, page.get_by_role("button", name=name, exact=False).first)
        return page

    yield as_person
    for context in contexts:
        context.close()


def press(page: Page, button: Locator) -> None:
    """And wait for the page that answers."""
    with page.expect_navigation():
        button.click()


def decide(page: Page, item: str, value: str) -> None:
    form = page.locator(f"form:has(input[name=item][value='{item}'])")
    form.locator(f"input[name=value][value={value}]").check()
    for finding in form.locator("input[name=findings]").all():
        finding.check()
    form.locator("textarea[name=reason]").fill(REASON)
    press(page, form.locator("button"))


def sign(page: Page, name: str) -> None:
    page.goto(f"/inspections/{PANEL}/panel/sign-off/")
    page.locator("main input[type=checkbox]").check()
    page.locator("main input[type=text]").fill(name)
    press(page, page.locator("main form button").last)


def test_a_panel_decides_two_sign_and_the_service_is_told(product: Product, sign_in, violations) -> None:
    chair = sign_in("Demo Panel Chair")
    chair.goto(f"/inspections/{PANEL}/panel/")
    press(chair, chair.get_by_role("button", name="Start the meeting"))
    chair.goto(f"/inspections/{PANEL}/panel/victims/")
    decide(chair, "V1.2", "yes")
    chair.goto(f"/inspections/{PANEL}/panel/victims/")
    decide(chair, "V1", "good")
    for item in ("1.1", "1.2", "1.3"):
        chair.goto(f"/inspections/{PANEL}/panel/domain-one/")
        decide(chair, item, "good")
    chair.goto(f"/inspections/{PANEL}/panel/")
    press(chair, chair.get_by_role("button", name="Freeze the record"))
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
    press(lead, lead.get_by_role("button", name="Tell the service"))
    assert contact.goto(f"/service/{PANEL}/outcome/").status == 200
    assert "Overall rating" in contact.inner_text("main")
    for page in (lead, contact):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
