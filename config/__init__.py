"""Wires the product together: settings, addresses, Celery, WSGI, and what runs it on one machine."""
