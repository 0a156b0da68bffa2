"""Puts the table of formats into the page on reading as the site is built.

It is no generated page, so that whoever adds a format writes its words once.
"""

from typing import Any

MARK = "<!-- formats -->"


def formats_table() -> str:
    """Return the formats of the program as a table."""
    from dateline.ingest.reading.formats import FORMATS

    lines = ["| format | endings | what is taken | bounds |", "|---|---|---|---|"]
    for each in FORMATS:
        endings = " ".join(f"`{ending}`" for ending in each.endings)
        lines.append(f"| {each.kind} | {endings} | {each.takes} | {each.bounds} |")
    return "\n".join(lines)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return a page with the table in the place of its mark; MkDocs calls it."""
    return markdown.replace(MARK, formats_table()) if MARK in markdown else markdown
