"""The Celery application. Redis and Celery only make things sooner: every state is a row."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("youth_inspection")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
