"""A bare install has all that it needs, by an old pip too."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

Wanted = tuple[str, frozenset[str]]


def needed(name: str, extras: frozenset[str], old: bool | int) -> Iterator[Wanted]:
    """Yield what a distribution asks for; an old pip compares extras to the letter.

    Before 23.3, pip took `html_clean` and `html-clean` for two extras, said that there
    was no such extra, and left out what it asks for.
    """
    found = distribution(name)
    told = set(found.metadata.get_all("Provides-Extra") or [])
    spelled = extras if old else {canonicalize_name(extra) for extra in extras}
    chosen = [e for e in told if (e if old else canonicalize_name(e)) in spelled]
    for line in found.requires or ():
        asked = Requirement(line)
        if any(holds(asked, extra) for extra in ("", *chosen)):
            yield asked.name, frozenset(asked.extras)


def holds(asked: Requirement, extra: str) -> bool:
    """Whether a requirement is of this machine and this extra."""
    around = {**default_environment(), "extra": extra}
    return asked.marker is None or asked.marker.evaluate(around)


def brought(old: bool) -> set[str]:
    """Return every package that installing Dateline brings."""
    seen: set[Wanted] = set()
    left: list[Wanted] = [("dateline", frozenset())]
    while left:
        one = left.pop()
        if one in seen:
            continue
        seen.add(one)
        try:
            left += needed(*one, old=old)
        except PackageNotFoundError:
            continue  # optional in name only: it is not here, and nothing fails
    return {canonicalize_name(name) for name, _ in seen}


def test_an_old_pip_leaves_nothing_out() -> None:
    assert brought(old=True) == brought(old=False)
    assert "lxml-html-clean" in brought(old=True)


def test_what_an_old_pip_leaves_out_of_a_parser() -> None:
    """This is why we name `lxml_html_clean` ourselves: justext asks for it so."""
    asked = frozenset(["html_clean"])
    told = {old: {name for name, _ in needed("lxml", asked, old)} for old in (0, 1)}
    assert (told[0], told[1]) == ({"lxml_html_clean"}, set())


def test_no_extra_that_we_ask_for_is_unknown() -> None:
    """What `lxml[html_clean]` was: an extra under another spelling, or none at all."""
    for line in distribution("dateline").requires or ():
        asked = Requirement(line)
        told = distribution_extras(asked.name)
        for extra in asked.extras:
            assert extra in told, f"{asked} has {sorted(told)}"


def distribution_extras(name: str) -> set[str]:
    """Return the extras of a distribution as it spells them."""
    try:
        return set(distribution(name).metadata.get_all("Provides-Extra") or [])
    except PackageNotFoundError:
        return set()
