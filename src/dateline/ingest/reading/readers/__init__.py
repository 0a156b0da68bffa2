"""Readers: one module for each family of formats; `read/formats.py` lists them."""
