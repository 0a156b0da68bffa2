"""A claim's reasons in words, and its spans in colour. A claim carries all it needs."""
