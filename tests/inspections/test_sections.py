"""The frame of an inspection's pages offers what the person may open, and nothing else."""

import pytest
from django.template import Context, Template

from inspections import queries
from tests.factories import inspection_with_team

LINKS = (
    "{% load inspection_pages %}{% sections inspection as links %}{% for link in links %}{{ link.text }},{% endfor %}"
)

OFFERED = [
    ("lead", "fieldwork", ["Inspection"]),
    ("assessor", "fieldwork", []),
]


@pytest.mark.parametrize(("name", "stage", "texts"), OFFERED)
def test_only_open_sections_are_offered(rf, people, name, stage, texts):
    inspection = inspection_with_team(people, stage=stage)
    person = getattr(people, name)
    found = queries.Inspection.objects.annotate(**queries.relations(person)).get(pk=inspection.pk)
    found.parties = queries.parties_of(person, found)
    template = Template(
        "{% load inspection_pages %}{% sections inspection as links %}"
        "{% for link in links %}{{ link.text }},{% endfor %}"
    )
    page = template.render(Context({"inspection": found, "request": rf.get("/")}))
    assert [text for text in page.split(",") if text][:1] == texts


def test_the_home_page_opens(client, people):
    inspection = inspection_with_team(people)
    client.force_login(people.lead)
    assert client.get(f"/inspections/{inspection.ref}/").status_code == 200
