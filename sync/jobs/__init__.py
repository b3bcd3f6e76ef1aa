"""Where a sync runs."""
