"""Pages of the caseload, the sample and the case read."""
