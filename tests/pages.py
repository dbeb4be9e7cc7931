"""What a person sees on a page, and what their browser would post."""

import re
from html import unescape


def fetch(client, person, url) -> str:
    client.force_login(person)
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def text_of(html) -> str:
    """What a person reads, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def inputs(html, kind) -> dict[str, str]:
    """Name and value of every input of a kind; of radios, those that are chosen."""
    tags = [tag for tag in re.findall(r"<input[^>]*>", html) if f'type="{kind}"' in tag]
    chosen = [tag for tag in tags if kind != "radio" or " checked" in tag]
    return {re.search(r'name="([^"]*)"', tag)[1]: unescape(value_of(tag)) for tag in chosen}


def value_of(tag) -> str:
    found = re.search(r'value="([^"]*)"', tag)
    return found[1] if found else ""


def evidence(html, code) -> str:
    """As a browser reads it: the line end after the tag is not part of the text."""
    return unescape(
        re.search(rf'<textarea[^>]*name="evidence-{re.escape(code)}"[^>]*>\n(.*?)</textarea>', html, re.S)[1]
    )


def form_on(html) -> dict[str, str]:
    """What a browser would post, untouched."""
    areas = re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n(.*?)</textarea>', html, re.S)
    selects = {name: "" for name in re.findall(r'<select[^>]*name="([^"]*)"', html)}
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', html, re.S):
        selects[name] = (re.findall(r'value="([^"]*)" selected', options) or [""])[0]
    typed = {name: unescape(text).replace("\n", "\r\n") for name, text in areas}
    return inputs(html, "hidden") | inputs(html, "radio") | inputs(html, "text") | selects | typed
