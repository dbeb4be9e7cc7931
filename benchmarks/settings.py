"""The product's settings, with the floors' addresses beside its own. Nothing in the product knows of them."""

from config.settings import *
from config.settings import INSTALLED_APPS

INSTALLED_APPS = ["benchmarks", *INSTALLED_APPS]
ROOT_URLCONF = "benchmarks.urls"
