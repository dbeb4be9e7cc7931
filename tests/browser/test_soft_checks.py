"""A kind word under a text, as it comes and goes with what is typed; and the sections that count for nothing."""

import pytest
from playwright.sync_api import expect

from cases.models import CaseloadRow
from tests.answering import save
from tests.browser.test_case_read import address, sign_in
from tests.factories import inspection_with_team, sampled_cases

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "This text seems to include a name. Use the case reference instead."


@pytest.fixture
def case(people):
    case = sampled_cases(inspection_with_team(people), reader=people.assistant, count=1)[0]
    CaseloadRow.objects.filter(pk=case.row_id).update(name="Siân Okafor")
    return case


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(("code", "question"), [("2.1", "2.1.1a"), ("A1", "A1a")])
def test_it_is_said_under_the_text_and_goes_with_the_name(
    context, page, live_server, people, case, violations, width, code, question
):
    sign_in(context, live_server, people.assistant)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address(case, "read-section", section=code))
    text = page.locator(f'[id="evidence-{question}"]')
    text.fill("Okafor was seen.")
    text.blur()
    warning = page.locator(f'[id="warnings-{question}"]')
    expect(warning).to_have_text(NAME)
    expect(text).to_have_accessible_description(NAME)
    assert page.locator("[data-save-alert]").inner_text() == ""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    text.fill("The child was seen.")
    text.blur()
    expect(warning).to_have_text("")


def test_it_goes_with_the_text_that_gives_way(context, live_server, people, case):
    sign_in(context, live_server, people.assistant)
    page = context.new_page()  # the browser itself reports the 409 on its console
    page.goto(address(case, "read-section", section="2.1"))
    page.route("**/set-aside/", lambda route: route.abort())
    text, warning = page.locator('[id="evidence-2.1.1a"]'), page.locator('[id="warnings-2.1.1a"]')
    text.fill("Okafor was seen.")
    text.blur()
    expect(warning).to_have_text(NAME)
    save(case, people.assistant, evidence="The child was seen.", base=1)
    text.fill("Okafor was seen twice.")
    text.blur()
    page.get_by_role("button", name="Use theirs for 2.1.1a").click()
    expect(text).to_have_value("The child was seen.")
    expect(warning).to_have_text("")
