"""A store's events, kept as reports come: merging, histories, origins, verifying."""
