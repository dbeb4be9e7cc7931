"""A browser without scripts, for stories that are told page by page."""

import re
from html import unescape

from django.test import Client

from tests.pages import form_on, text_of


class Browser:
    """A person who follows links, fills in forms and presses buttons; nothing else."""

    def __init__(self, person) -> None:
        self.client = Client()
        self.client.force_login(person)
        self.html = ""
        self.path = ""

    def open(self, path) -> "Browser":
        return self.arrive(self.client.get(path, follow=True))

    def arrive(self, response) -> "Browser":
        assert response.status_code == 200
        self.html, self.path = response.content.decode(), response.request["PATH_INFO"]
        return self

    def follow(self, text) -> "Browser":
        link = next(href for href, words in self.links() if text in words)
        return self.open(link.partition("#")[0])

    def links(self) -> list[tuple[str, str]]:
        found = re.findall(r'<a[^>]*href="([^"]*)"[^>]*>(.*?)</a>', self.html, re.S)
        return [(unescape(href), text_of(words)) for href, words in found]

    def send(self, **typed) -> "Browser":
        return self.arrive(self.client.post(self.path, form_on(self.html) | typed, follow=True))
