"""Reads the environment: one variable, one meaning, one clear sentence when it is wrong."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

OFF = {"", "0", "false", "no", "off"}
ENVIRONMENTS = ("development", "test", "production")


class NotConfigured(ImproperlyConfigured):
    """One sentence that names the variable and what to do."""


def environment() -> str:
    name = os.environ.get("DJANGO_ENV", "development")
    if name not in ENVIRONMENTS:
        raise NotConfigured(f"DJANGO_ENV is {name!r}. Set it to one of {', '.join(ENVIRONMENTS)}.")
    return name


def server(name: str, *, local: str) -> str:
    """A value that production must be told and that has a default everywhere else."""
    value = optional(name)
    if not value and environment() == "production":
        raise NotConfigured(f"Set {name} (or {name}_FILE, the path of a file that holds it).")
    return value or local


def refused_in_production(name: str) -> str:
    value = optional(name)
    if value.lower() not in OFF and environment() == "production":
        raise NotConfigured(f"{name} is set. It is for trying things out, and production refuses it: unset it.")
    return value


def optional(name: str, default: str = "") -> str:
    """The variable's value, or the content of the file that NAME_FILE points to (secrets by file)."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise NotConfigured(f"{name}_FILE points to {path}, which cannot be read: {error.strerror}.") from None
    return os.environ.get(name) or default


def switched_on(name: str) -> bool:
    return optional(name).lower() not in OFF


def database(url: str) -> dict[str, object]:
    """Django's DATABASES entry for postgres://user:password@host:port/name?host=/socket/folder."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise NotConfigured("DATABASE_URL must start with postgres:// . This product needs PostgreSQL.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        # A statement that a connection has run five times is kept planned: saving an answer then takes half the time.
        "OPTIONS": {**options, "server_side_binding": True, "prepare_threshold": 5},
        # Django's default opens a connection for every request, which costs 15 times (docs/operations.md).
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def files(url: str) -> dict[str, object]:
    """The entry of STORAGES for s3://key:secret@host/bucket?region=eu-west-2, or for the path of a folder."""
    parts = urlsplit(url)
    if parts.scheme == "":
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": Path(url)}}
    bucket = parts.path.strip("/")
    if parts.scheme != "s3" or not (parts.hostname and bucket):
        raise NotConfigured("FILES_DIR must be a folder, or look like s3://key:secret@host/bucket?region=eu-west-2 .")
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "endpoint_url": f"https://{parts.hostname}" + (f":{parts.port}" if parts.port else ""),
            "bucket_name": bucket,
            "region_name": dict(parse_qsl(parts.query)).get("region"),
            "signature_version": "s3v4",
            "file_overwrite": False,
            "default_acl": None,
        },
    }


def mail(url: str) -> dict[str, object]:
    """The EMAIL_ settings for smtp://user:password@host:port, smtps://… or notify://TEMPLATE; a folder's path keeps
    mail as files there.

    smtp:// changes to TLS before it says anything (STARTTLS), smtps:// begins with it. ?tls=no does without.
    """
    parts = urlsplit(url)
    if parts.scheme == "":
        return {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "FILE_PATH": url}
    if parts.scheme == "notify" and parts.netloc:
        return {"BACKEND": "config.notify.EmailBackend", "TEMPLATE": parts.netloc}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise NotConfigured(
            "EMAIL_URL must look like smtp://user:password@host:587 or smtps://user:password@host, or notify://TEMPLATE"
        )
    secure = parts.scheme == "smtps"
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "HOST": parts.hostname,
        "PORT": parts.port or (465 if secure else 587),
        "HOST_USER": unquote(parts.username or ""),
        "HOST_PASSWORD": unquote(parts.password or ""),
        "USE_SSL": secure,
        "USE_TLS": not secure and dict(parse_qsl(parts.query)).get("tls") != "no",
    }
