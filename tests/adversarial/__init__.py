"""Pairs of reports that must join, and pairs that must not, and how many do."""
