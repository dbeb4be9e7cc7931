"""Loads the Celery application together with Django, so that every task finds it."""

from django.apps import AppConfig

from config.celery import app


class Config(AppConfig):
    name = "config"
    celery = app
