"""Production: what it demands, what it refuses, and that the image is made of what is tested."""

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from config import probe
from config.local import parts
from config.local.places import ROOT
from config.local.processes import wait_until
from tests.product import free_port

PRODUCTION = {
    "DJANGO_ENV": "production",
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "k7-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    "DATABASE_URL": "postgres://app:secret@database.example.org/app",
    "REDIS_URL": "redis://redis.example.org/0",
    "ALLOWED_HOSTS": "inspection.example.org",
    "FILES_DIR": "/data/files",
    "EMAIL_URL": "smtp://post:secret@mail.example.org:587",
}
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def manage(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in (os.environ | PRODUCTION | changes).items() if value}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_the_deployment_check_is_clean() -> None:
    answer = manage("check", "--deploy", "--fail-level", "WARNING")
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "FILES_DIR", "EMAIL_URL"])
def test_what_production_needs_is_asked_for_in_one_sentence(name: str) -> None:
    answer = manage("check", **{name: ""})
    sentence = f"Set {name} (or {name}_FILE, the path of a file that holds it).\n"
    assert (answer.returncode, answer.stderr) == (1, sentence)


@pytest.mark.parametrize(("name", "value"), [("DEMO", "1"), ("CLOCK", "+14d")])
def test_what_is_for_trying_things_out_is_refused(name: str, value: str) -> None:
    answer = manage("check", **{name: value})
    sentence = f"{name} is set. It is for trying things out, and production refuses it: unset it.\n"
    assert (answer.returncode, answer.stderr) == (1, sentence)


def test_a_secret_may_be_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret_key"
    secret.write_text(PRODUCTION["SECRET_KEY"] + "\n")
    assert manage("check", SECRET_KEY="", SECRET_KEY_FILE=str(secret)).returncode == 0


def test_a_secret_file_that_is_missing_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "none"
    answer = manage("check", SECRET_KEY="", SECRET_KEY_FILE=str(missing))
    assert answer.stderr == f"SECRET_KEY_FILE points to {missing}, which cannot be read: No such file or directory.\n"


@pytest.mark.parametrize("command", ["run", "servers", "reset", "environment"])
def test_the_local_servers_are_never_used_in_production(command: str) -> None:
    env = os.environ | {"DJANGO_ENV": "production"}
    answer = subprocess.run(
        [sys.executable, "-m", "config.local", command], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert answer.stdout == "DJANGO_ENV is production: there, start web, worker and beat as docs/operations.md says.\n"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The production web server on a port, with the database of the tests."""
    port, home = free_port(), tmp_path_factory.mktemp("production")
    changes = {"DATABASE_URL": os.environ["DATABASE_URL"], "STATIC_ROOT": str(home / "static"), "PORT": str(port)}
    collected = manage("collectstatic", "--no-input", **changes)
    assert collected.returncode == 0, collected.stderr
    part = parts.web({**os.environ, **PRODUCTION, **changes}, home)
    part.launch()
    up = wait_until(lambda: probe.well(port, "inspection.example.org") or not part.running, seconds=30)
    assert up, part.log.read_text()
    yield port
    part.stop(10)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str


def ask(port: int, path: str, *, host: str = "inspection.example.org", protocol: str = "https") -> Answer:
    """As the proxy in front of the web server asks."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        headers = {"Host": host, "X-Forwarded-Proto": protocol, "Accept-Encoding": "identity"}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, dict(answer.getheaders()), answer.read().decode())


@pytest.mark.slow
def test_the_production_server_answers_its_own_host_over_tls_only(web: int) -> None:
    page, plain = ask(web, "/sign-in/"), ask(web, "/sign-in/", protocol="http")
    assert [page.status, plain.status, ask(web, "/sign-in/", host="example.org").status] == [200, 301, 400]
    assert plain.headers["Location"] == "https://inspection.example.org/sign-in/"
    assert page.headers["Strict-Transport-Security"] == "max-age=31622400; includeSubDomains; preload"
    assert page.headers["Set-Cookie"].startswith("__Host-csrf=")
    assert "Secure" in page.headers["Set-Cookie"].split("; ")


@pytest.mark.slow
def test_the_production_server_serves_its_style_sheet_by_a_hashed_name(web: int) -> None:
    sheet = re.search(r'href="(/static/app\.[0-9a-f]{12}\.css)"', ask(web, "/sign-in/").body)
    assert sheet is not None
    assert ask(web, sheet[1]).headers["Cache-Control"] == "max-age=315360000, public, immutable"


@pytest.mark.slow
def test_the_sign_in_of_demo_people_does_not_exist_in_production(web: int) -> None:
    assert ask(web, "/demo/sign-in/").status == 404


def run_lines() -> str:
    return " ".join(re.findall(r"^RUN (.*(?:\\\n.*)*)", DOCKERFILE, re.MULTILINE))


def test_the_image_installs_only_from_the_hash_checked_locks() -> None:
    installs = re.findall(r"pip install ([^&\\\n]*)", run_lines())
    assert [re.findall(r"-r (\S+)", line) for line in installs] == [
        ["requirements/node.lock"],
        ["requirements/runtime.lock"],
    ]
    assert all("--require-hashes" in line.split() for line in installs)


def test_the_image_has_the_very_packages_that_are_tested() -> None:
    assert pins("runtime") - pins("local") == set()
    assert pins("local") - pins("test") == set()


def pins(lock: str) -> set[str]:
    """Each pinned package with its hashes."""
    text = (ROOT / "requirements" / f"{lock}.lock").read_text().replace("\\\n", "")
    return {re.sub(r"\s+", " ", line) for line in text.splitlines()}


def test_the_image_compiles_the_front_end_with_the_command_of_make() -> None:
    command = "-m config.local assets"
    assert f"python {command}" in DOCKERFILE
    assert f"$(VENV) {command}" in (ROOT / "Makefile").read_text()


@pytest.mark.parametrize("service", ["worker", "beat"])
def test_a_service_starts_with_the_command_of_the_supervisor(service: str, tmp_path: Path) -> None:
    command = COMPOSE["services"][service]["command"]
    log = tmp_path / "log"
    log.mkdir()
    made = {"worker": parts.worker, "beat": parts.beat}
    assert command == ["python", *made[service]({}, log).command[1:]]


def test_the_web_service_starts_with_the_command_of_the_supervisor(tmp_path: Path) -> None:
    found = re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    assert [yaml.safe_load(command) for command in found] == [["python", *parts.web({}, tmp_path).command[1:]]]


def test_the_dockerfile_has_no_fault_that_hadolint_knows() -> None:
    program = Path(sys.executable).parent / "hadolint"
    if not program.exists():
        pytest.skip("hadolint has no build for this machine")
    answer = subprocess.run([program, "--no-color", ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout) == (0, "")


@pytest.mark.parametrize("service", sorted(COMPOSE["services"]))
def test_every_service_is_hardened(service: str) -> None:
    found = COMPOSE["services"][service]
    assert found["read_only"] is True
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]
    assert "cap_add" not in found
    assert "privileged" not in found


def test_no_process_of_the_image_is_root() -> None:
    users = [COMPOSE["services"][name].get("user") for name in ("postgres", "redis")]
    assert users == ["999:999", "999:999"]
    assert re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE) == ["10001:10001"]


def test_only_the_web_service_can_be_reached_and_only_from_its_own_machine() -> None:
    published = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:${PORT:-8000}:8000"]}
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_every_lasting_service_has_a_health_check() -> None:
    unchecked = {name for name, service in COMPOSE["services"].items() if "healthcheck" not in service}
    assert unchecked == {"web"}
    assert "HEALTHCHECK" in DOCKERFILE


def test_every_secret_comes_from_a_file_and_none_from_the_environment() -> None:
    given = {name for service in COMPOSE["services"].values() for name in service.get("environment", {})}
    assert {name for name in given if re.search("SECRET|PASSWORD|_URL", name)} == {
        "SECRET_KEY_FILE",
        "DATABASE_URL_FILE",
        "PRODUCT_DATABASE_URL_FILE",
        "REDIS_URL_FILE",
        "EMAIL_URL_FILE",
        "POSTGRES_PASSWORD_FILE",
    }
    assert COMPOSE["secrets"] == {name: {"file": f"./secrets/{name}"} for name in COMPOSE["secrets"]}


def test_every_app_is_in_the_image() -> None:
    wanted = {app for app in settings.INSTALLED_APPS if (ROOT / app).is_dir()} | {"templates", "static", "manage.py"}
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert wanted - allowed == set()
