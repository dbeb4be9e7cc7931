"""The product's settings for a test run: the only difference is the name of the environment."""

import os

os.environ["DJANGO_ENV"] = "test"

from config.settings import *
