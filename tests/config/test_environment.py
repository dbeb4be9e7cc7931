"""Where e-mail and files go, as one variable says it."""

import warnings

import pytest
from django.utils.module_loading import import_string

from config.environment import NotConfigured, files, mail

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def entry(host, port, user, password, ssl, tls) -> dict[str, object]:
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_SSL", "USE_TLS")
    return {"BACKEND": SMTP, **dict(zip(names, (host, port, user, password, ssl, tls), strict=True))}


SERVERS = [
    ("smtp://post:s%40cret@mail.example.org:2525", entry("mail.example.org", 2525, "post", "s@cret", False, True)),
    ("smtp://mail.example.org", entry("mail.example.org", 587, "", "", False, True)),
    ("smtps://mail.example.org", entry("mail.example.org", 465, "", "", True, False)),
    ("smtp://localhost:25?tls=no", entry("localhost", 25, "", "", False, False)),
]


@pytest.mark.parametrize(("url", "settings"), SERVERS)
def test_an_address_of_a_server_becomes_settings(url, settings):
    assert mail(url) == settings


def test_a_folder_takes_mail_as_files():
    folder = {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "FILE_PATH": "/srv/var/mail"}
    assert mail("/srv/var/mail") == folder


def test_a_template_of_notify_takes_mail():
    template = "1f2a3b4c-0000-4000-8000-00000000abcd"
    assert mail(f"notify://{template}") == {"BACKEND": "config.notify.EmailBackend", "TEMPLATE": template}


@pytest.mark.parametrize("url", ["notify://", "http://mail.example.org", "smtp://", "smtp:mail"])
def test_anything_else_is_refused_in_one_sentence(url):
    with pytest.raises(NotConfigured, match=r"^EMAIL_URL must look like smtp://user:password@host:587 or"):
        mail(url)


def test_files_are_kept_in_a_folder_or_a_bucket(tmp_path):
    assert files(str(tmp_path))["OPTIONS"] == {"location": tmp_path}
    entry = files("s3://key:s%2Fcret@files.example.org/evidence?region=eu-west-2")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the client library, about what it will drop one day
        storage = import_string(entry["BACKEND"])(**entry["OPTIONS"])
    assert (storage.bucket_name, storage.endpoint_url, storage.secret_key, storage.file_overwrite) == (
        "evidence",
        "https://files.example.org",
        "s/cret",
        False,
    )


@pytest.mark.parametrize("url", ["s3://files.example.org", "s3:///bucket", "ftp://a/b"])
def test_a_place_for_files_that_is_none_is_refused_in_one_sentence(url):
    with pytest.raises(NotConfigured, match=r"^FILES_DIR must be a folder, or look like s3://key:secret@host/bucket"):
        files(url)
