"""Who a mention is, asked of given spans and scored by country and sector."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from dateline.actors import Resolver
from dateline.cast import cast
from dateline.encoder import Reader
from dateline.language.en import pack
from dateline.model import Dating, Parsed, Report, Setting, Span, Why
from dateline.read.origin import locate_report
from dateline.read.wire import mark_wire

Record = dict[str, Any]
TOLD = Why("times.dating-told.v1")
CLOSE = 2  # sectors: the primary one and one more count


def ask(rows: Iterable[Record]) -> Iterator[Record]:
    """Yield country, sectors and entity of the mention that each line gives.

    Words for parties of several countries ("the two leaders") have no one country:
    `country` is null, and `countries` has them all.

    >>> row = {"id": 1, "text": "Turkish police fired.", "mention": [0, 14]}
    >>> next(ask([row]))["country"]
    'TUR'
    >>> row |= {"text": "US and Turkey agree", "mention": [0, 13]}
    >>> [(told["country"], told["countries"]) for told in ask([row])]
    [(None, ['USA', 'TUR'])]
    """
    resolve = Resolver()
    last: tuple[Any, Parsed, Setting] | None = None
    for row in rows:
        at = (row["text"], row.get("published"), row.get("outlet"))
        if last is None or last[0] != at:
            last = (at, *open_line(row))
        every = resolve(last[1], Span(*row["mention"]), last[2])
        first, lands = every[0], list(dict.fromkeys(each.country for each in every))
        yield {
            "id": row["id"],
            "country": first.country if len(lands) == 1 else None,
            "countries": [land for land in lands if land],
            "sector": list(first.sectors),
            "entity": first.entity,
            "answer": first.answer,
            "rule": first.why.rule,
        }


def open_line(row: Record) -> tuple[Parsed, Setting]:
    """Return a line's text parsed, its cast made, and its setting."""
    parsed, setting = open_without_gate(row)
    parsed = replace(parsed, states=Reader.load().encode(parsed.text, parsed.runs))
    return replace(parsed, links=cast(parsed).links), setting


def open_without_gate(row: Record) -> tuple[Parsed, Setting]:
    """Return a line's text parsed, no sentence skipped, and its setting."""
    told = parse_iso_moment(row.get("published"))
    report = Report(str(row["id"]), row["text"], outlet=row.get("outlet") or "")
    report = mark_wire(replace(report, published=told))
    parsed = pack.parse(report, pack.sentences(report))
    dating = Dating(told, told, told is not None, (TOLD,))
    return parsed, Setting(dating, *locate_report(report))


def parse_iso_moment(told: str | None) -> date | None:
    """Return the day of an ISO date or date-time, None where it is neither."""
    try:
        return datetime.fromisoformat(told).date() if told else None
    except ValueError:
        return None


def score(gold: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Return the shares right in country, sector, both, and wrong of the answered."""
    said = {row["id"]: row for row in answers}
    n: Counter[str] = Counter()
    for row in gold:
        n.update(judge_actor(row, said.get(row["id"], {})))
    rows = max(1, len(gold))
    shares = {
        k: round(n[k] / rows, 4) for k in ("country", "sector", "both", "answered")
    }
    wrong = round(n["wrong"] / max(1, n["answered"]), 4)
    return {"rows": len(gold), **shares, "wrong_country_of_answered": wrong}


def judge_actor(gold: Record, said: Record) -> dict[str, bool]:
    """Return what of one answer is right."""
    country = said.get("country") or ""
    sectors = (said.get("sector") or [""])[:CLOSE]
    lands, kinds = gold["country"], gold["sector"]
    placed = lands is None or country in lands
    sorted_ = kinds is None or any(code in kinds for code in sectors)
    return {
        "country": placed,
        "sector": sorted_,
        "both": placed and sorted_,
        "answered": bool(country),
        "wrong": bool(country) and not placed,
    }
