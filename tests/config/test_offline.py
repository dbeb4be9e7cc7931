"""What is fetched to be shown without a connection."""

import pytest
from django.test import Client


@pytest.fixture
def anonymous(db) -> Client:
    return Client()


def test_the_worker_is_a_script_at_the_top(anonymous):
    response = anonymous.get("/case-pages.js")
    assert (response.status_code, response["Content-Type"]) == (200, "text/javascript")
    assert b"not-connected" in response.content


def test_the_page_of_words_holds_both_parts_for_the_worker_to_choose_from(anonymous):
    page = anonymous.get("/not-connected/").content.decode()
    marks = ["<!-- part open -->", "<!-- links -->", "<!-- end -->", "<!-- part locked -->", "<!-- end -->"]
    places = [page.index(marks[0]), page.index(marks[1]), page.index(marks[2]), page.index(marks[3])]
    assert places == sorted(places)
    assert page.count("<!-- end -->") == 2
    assert "You can go on with this section. Other pages will open when you are back." in page
