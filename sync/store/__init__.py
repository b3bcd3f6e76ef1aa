"""What must outlive a sync."""
