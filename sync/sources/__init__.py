"""What measures: one file a source."""
