"""How records are put into words on pages; what is foreign stays foreign, and safe."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dateline import __version__
from dateline.analysis.review.forms import WRITE, write_answer
from dateline.model.record import PRONOUNS
from dateline.resources.codebook import TYPES
from dateline.resources.reference.countries import countries
from dateline.resources.rules.reasons import HIDDEN, explain_rule
from dateline.server.middleware import VISITOR
from dateline.server.reviewed_view import HERE_AT, SHOWN
from dateline.server.series import last_of
from dateline.store.cache import as_of

Record = dict[str, Any]
HERE = Path(__file__).parent
SIGNS = {
    "material conflict": ("▲", "mc"),
    "verbal conflict": ("△", "vc"),
    "material cooperation": ("●", "mg"),
    "verbal cooperation": ("○", "vg"),
}
BEYOND = {
    "IGO": "an intergovernmental organisation",
    "UNO": "the United Nations",
    "EUR": "the European Union",
    "NGO": "a non-governmental organisation",
    "ISM": "an international social movement",
    "IMG": "an international militant group",
    "MNC": "a multinational company",
}


def show_invisible(text: Any) -> str:
    """Return text with what would be invisible or turn its line made visible.

    >>> show_invisible("a\\u202eb")
    'a·b'
    """
    return "" if text is None else str(text).translate(HIDDEN)


def address_part(text: Any) -> str:
    """Return words as one part of an address, whatever is in them.

    >>> address_part("a/b?c")
    'a%2Fb%3Fc'
    """
    return quote(str(text), safe=":", errors="replace")


def safe_link(url: Any) -> str:
    """Return an address of the web, "" for any other.

    >>> safe_link("https://example.org/a"), safe_link("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    try:
        found = urlsplit(str(url or "").strip())
    except ValueError:
        return ""
    fine = found.scheme in ("http", "https") and found.hostname
    return found.geturl() if fine and str(url).isprintable() else ""


def own_path(told: str, other: str) -> str:
    """Return where a form leads back to, `other` where that is no page of ours.

    >>> own_path("/events?a=b", "/"), own_path("//evil.example", "/")
    ('/events?a=b', '/')
    """
    ours = told.startswith("/") and not told.startswith("//") and "\\" not in told
    return told if ours and told.isprintable() else other


def address_query(where: Mapping[str, Any], **changes: Any) -> str:
    """Return filters, some of them changed, as the end of an address.

    >>> address_query({"type": "AID", "actor": "KEN"}, type="", status="planned")
    'actor=KEN&status=planned'
    """
    return urlencode({n: v for n, v in {**where, **changes}.items() if v})


def display_name(who: Record) -> str:
    """Return what a party is called: its name where known, else its own words."""
    words = who.get("text") or ""
    if who.get("entity") or words.lower() in PRONOUNS or not words:
        return str(who["name"] or words or "nobody named")
    return str(words)


def display_codes(who: Record) -> str:
    """Return a party's codes, a guess marked as one."""
    found = " ".join(filter(None, [who["country"], *who["sector"]])) or "unknown"
    return f"{found}?" if who.get("answer") in ("guess", "told_elsewhere") else found


def display_precision(precision: str) -> str:
    """Return how precisely a place is told, as an analyst says it.

    >>> display_precision("admin1"), display_precision("city")
    ('province', 'city')
    """
    return {"admin1": "province", "admin2": "district"}.get(precision, precision)


def display_interval(when: Record | None) -> str:
    """Return an interval as an analyst writes it.

    >>> display_interval({"from": "2023-01-01", "to": "2023-12-31"})
    '2023'
    >>> display_interval({"from": "2024-02-01", "to": "2024-02-29"})
    '2024-02'
    """
    if not when:
        return "day not told"
    first, last = when["from"] or "…", when["to"] or "…"
    if first[4:] == "-01-01" and last == f"{first[:4]}-12-31":
        return str(first[:4])
    if first[7:] == "-01" and last == last_of(first[:7]):
        return str(first[:7])
    days = str(first) if first == last else f"{first} – {last}"
    return f"{days} (inferred)" if when.get("answer") == "inferred" else days


def corrected_answer(decision: Record) -> str:
    """Return the answer that a decision corrected, as a person writes it."""
    return WRITE[decision["question"]](decision["told"]) or "nothing"


def given_answer(decision: Record) -> str:
    """Return the answer that a decision gives, as a person writes it."""
    return WRITE[decision["question"]](decision["answer"]) or "nothing"


@cache
def display_state(code: str | None) -> str:
    """Return the name of a country or of a code beyond states, "" for none."""
    found = countries().by_code(code) if code else None
    return found.name if found else BEYOND.get(code or "", code or "")


@cache
def country_choices() -> list[tuple[str, str]]:
    """Return the codes and names of countries, by name."""
    found = {c.answers: c.name for c in countries() if c.code == c.answers}
    return sorted(found.items(), key=lambda pair: pair[1])


@cache
def environment() -> Environment:
    """Return the templates, which escape whatever they are given."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "seen": show_invisible,
        "part": address_part,
        "link": safe_link,
        "rule": explain_rule,
    }
    made.filters |= {"before": corrected_answer, "after": given_answer}
    made.filters |= {
        "called": display_name,
        "codes": display_codes,
        "days": display_interval,
        "state": display_state,
        "near": display_precision,
    }
    made.globals |= {"query": address_query, "signs": SIGNS, "version": __version__}
    made.globals |= {"types_like": TYPES, "shown_record": SHOWN.get, "here_at": HERE_AT.get}
    made.globals |= {"visitor": VISITOR.get, "written": write_answer, "as_of": as_of}
    return made


def render(name: str, **told: Any) -> str:
    """Return a page."""
    return environment().get_template(name).render(**told)


def shown_page(name: str, status: int = 200, **told: Any) -> HTMLResponse:
    """Return a page as an answer."""
    return HTMLResponse(render(name, **told), status)
