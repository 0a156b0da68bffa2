"""Questions asked of given spans, and scores against gold."""
