"""Dateline: news reports in, auditable event data out. Start reading in `pipeline`."""

__version__ = "0.1.0"
