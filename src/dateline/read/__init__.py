"""Reports in: one module a format, one for wire conventions, one for finding files."""
