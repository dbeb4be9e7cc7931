"""What is read about caseloads, samples and case reads."""
