"""Claims out to files that other tools read."""
