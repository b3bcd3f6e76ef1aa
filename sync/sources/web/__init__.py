"""The one way out to platforms: pinned lines, retry with an end, limits, a small cache, no secret in any log."""
