"""Caseload, sample, case reads."""
