"""Wires the product together: settings, addresses, Celery and WSGI."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
