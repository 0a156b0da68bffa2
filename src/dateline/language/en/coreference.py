"""Later words for somebody named before: surnames, titles, pronouns (rules only)."""

from dataclasses import replace

from dateline.language.en.cast import cast_of, short_names
from dateline.language.en.pronouns import pronouns
from dateline.language.en.titles import koreas
from dateline.model import Link, Parsed, Span


def links(parsed: Parsed) -> Parsed:
    """Return `parsed` with the links that the rules are sure of."""
    if not parsed.tokens:
        return parsed
    cast = cast_of(parsed)
    short_names(cast)
    pronouns(cast)
    cast.links.extend(koreas(cast))
    return replace(parsed, links=in_order(cast.links))


def in_order(links: list[Link]) -> tuple[Link, ...]:
    """Return the links in text order, one a mention, none that points at itself."""
    found: dict[Span, Link] = {}
    for link in links:
        if link.mention not in link.antecedents:
            found.setdefault(link.mention, link)
    return tuple(sorted(found.values(), key=lambda link: link.mention))
