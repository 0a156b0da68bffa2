"""Reports come in: formats, sandbox, feeds, the run over many reports."""
