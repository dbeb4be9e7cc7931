"""The product's settings for a test run: the only difference is the name of the environment."""

import os

os.environ["DJANGO_ENV"] = "test"

from config.settings import *

CELERY_BROKER_URL = "memory://"  # what beat sends in a test stays in that test
CELERY_BROKER_TRANSPORT_OPTIONS = {}
