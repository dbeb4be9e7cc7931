"""The page that everybody starts from."""

from tests.factories import inspection_with_team


def test_a_person_sees_the_inspections_they_are_on(client, people):
    inspection = inspection_with_team(people)
    client.force_login(people.lead)
    assert list(client.get("/").context["inspections"]) == [inspection]
