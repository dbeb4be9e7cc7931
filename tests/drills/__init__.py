"""Drills take minutes; make test leaves them out and the Makefile has a target for each."""
