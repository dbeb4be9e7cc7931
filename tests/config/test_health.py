"""What a load balancer and the health check of the image hear."""

import os
import subprocess
import sys

import pytest
from django.test import Client

from config.local.places import ROOT

ASK = """
import django; django.setup()
from django.test import Client
answer = Client().get("/healthz")
print(answer.status_code, answer.content.decode(), end="")
"""


@pytest.mark.django_db
def test_it_is_well_when_the_database_answers(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_it_is_not_well_when_the_database_does_not_answer() -> None:
    env = os.environ | {"DATABASE_URL": "postgres://app@/app?host=/nowhere", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "503 The database does not answer.\n"


def test_it_is_only_ever_read(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


@pytest.mark.parametrize(("port", "code"), [("1", 1)])
def test_the_probe_of_the_image_fails_when_nobody_answers(port: str, code: int) -> None:
    env = os.environ | {"PORT": port}
    assert subprocess.run([sys.executable, "-m", "config.probe"], cwd=ROOT, env=env, check=False).returncode == code
