"""Every change of a caseload, a sample, a case read."""
