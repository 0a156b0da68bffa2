"""The coder: from a report to its claims (read `coder` first)."""
