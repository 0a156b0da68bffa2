"""Reports in: files found, wire conventions, languages; formats lie in `readers`."""
