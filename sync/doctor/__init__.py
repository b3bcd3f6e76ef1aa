"""Is this deployment well? Checks that change nothing; each finding says what to mend."""
