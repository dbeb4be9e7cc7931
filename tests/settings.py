"""The product's settings for a test run: another name of the environment, and nothing that outlasts it."""

import os

os.environ["DJANGO_ENV"] = "test"

from config.settings import *

CELERY_BROKER_URL = "memory://"  # what beat sends in a test stays in that test
CELERY_BROKER_TRANSPORT_OPTIONS = {}
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}  # noqa: F405
