"""Help and the accessibility statement, for everybody."""

import pytest

from tests.pages import text_of

LINKS = ('href="/help/"', 'href="/accessibility/"')


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/help/", "/accessibility/", "/sign-in/"])
def test_every_page_leads_to_both_from_its_foot(client, url):
    foot = client.get(url).content.decode().partition("<footer")[2]
    assert [link in foot for link in LINKS] == [True, True]


@pytest.mark.django_db
def test_help_says_what_each_state_of_the_save_line_means(client):
    page = text_of(client.get("/help/").content.decode())
    for line in (
        "All answers saved, 10:42am",
        "Saving…",
        "Not saved yet: 2 answers. We\N{RIGHT SINGLE QUOTATION MARK}ll keep trying. Keep this page open.",
        "Connected again. All answers saved, 10:51am",
        "Not saved: 1 answer. Look for the box beside it.",
        "Sign in again to save your work. Nothing you typed has been lost.",
    ):
        assert line in page


@pytest.mark.django_db
def test_the_statement_says_what_was_not_tested(client):
    assert "It has not been tested with people who use screen readers" in client.get("/accessibility/").content.decode()
