"""Odd records by a seed: sound files whose fields hold what nobody expects.

`python -m tests.ingest.reading.odd 600 36` reads so many of a seed and prints what became of
them: rows of JSON, CSV and Parquet, ninjs, feeds, pages and NewsML, with numbers for
words, days that are none, names told twice, marks of other tools. The bytes are sound;
what they say is not. What must hold is what `tests.ingest.reading.hostile` asks of its files,
and that no day is made up that the field does not tell.
"""

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Iterator
from html import escape
from random import Random
from time import process_time
from typing import Any

from tests.faults import builders as make
from tests.ingest.reading.hostile import MARKS, TOLD, Spoiled, judge
from tests.ingest.reading.test_readers import NEWSML, STORY, parquet

DAYS = (
    "2024-03-05|5 March 2024|March 5, 2024|05.03.2024|20240305|2024-W10-2|2024-065"
    "|2024-03-05T23:59:60Z|2024-02-30|2024-00-00|0000-00-00|2024-13-01|31/31/2024"
    "|Mon, 32 Mar 2024 00:00:00 GMT|Tue, 5 Mar 2024 25:61:61 +9999|yesterday|now|today"
    "|1709596800|1709596800000|-1|99999999999999|1e400|nan|٢٠٢٤-٠٣-٠٥|²⁰24-03-05|None"
    "|null|N/A|--|2024|2024-03|24-3-5|Thu|12:00|2024-03-05T|T12:00|P1D|2024-03-05/07"
    "|0001-01-01|9999-12-31|2024-03-05T12:00:00+25:00|２０２４-03-05|5 ماي 2024"
).split("|")
WORDS = (
    "||  |\u200b|\ufeff|\x00|\x1b[31m|\u202e|\udcff|<b>x</b>|&amp;lt;script&amp;gt;"
    '|=1+1|@SUM(A1)|../../etc/passwd|C:\\x|http://[|javascript:x|data:text/html,x|"'
    "|'|'' OR 1|{{7*7}}|null|undefined|[object Object]|NaN|𝕋𝕖𝕩𝕥|Lamu\u0301|a\x85b|en|xx"
    "|en-GB-oxendict|english|urn:newsml:x|file:///etc/passwd|//host/x|http://a@b:c/x"
).split("|")
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 3.5, 1e308, 10**40, [], {}, [[]], [None], {"": ""}),
    *([1, 2], {"name": "Coast"}, [{"name": "Coast"}], {"@value": "x"}, "x" * 70_000),
)
FIELDS = (
    "id title outlet url language published byline agency date source guid lang body "
    "content Text TEXT _text published_at pubDate __proto__ constructor $ref @id"
).split()


def odd(dice: Random, name: str = "") -> Any:
    """Return a value that a field may hold."""
    if dice.random() < 0.4 and name in ("published", "date", "published_at", "pubDate"):
        return dice.choice(DAYS)
    if dice.random() < 0.35:
        return dice.choice(VALUES)
    some = (dice.choice((*WORDS, *DAYS)) for _ in range(dice.choice((1, 1, 2))))
    return "".join(some) * dice.choice((1, 1, 1, 300))


def odd_rows(dice: Random) -> list[dict[str, Any]]:
    """Return rows of which each still tells its text."""
    made = []
    for n, text in enumerate(TOLD):
        row: dict[str, Any] = {"id": f"r{n}", "text": text}
        for name in dice.sample(FIELDS, dice.choice((0, 1, 2, 4))):
            row[name] = odd(dice, name)
        pairs = list(row.items())
        dice.shuffle(pairs)
        made.append(dict(pairs))
    return made


def as_jsonl(dice: Random) -> bytes:
    """Return rows as JSON lines, in one of the ways in which tools write them."""
    ascii_only = dice.random() < 0.5
    lines = [json.dumps(row, ensure_ascii=ascii_only) for row in odd_rows(dice)]
    lines += [dice.choice(("", "  ", "null", "[]", "3", '"x"', "{}"))] * dice.choice((0, 1))
    dice.shuffle(lines)
    end = dice.choice(("\n", "\r\n", "\n\n", "\r"))
    head = dice.choice(("", "", "\ufeff"))
    return (head + end.join(lines) + dice.choice(("", end))).encode("utf-8", "surrogatepass")


def as_json(dice: Random) -> bytes:
    """Return rows as one JSON value: a list, or a list somewhere in an object."""
    rows: Any = odd_rows(dice)
    for name in dice.choice(((), ("articles",), ("data", "items"), ("response",))):
        rows = {name: rows, "count": odd(dice), "status": "ok"}
    return json.dumps(rows, indent=dice.choice((None, 1))).encode()


def as_table(dice: Random) -> bytes:
    """Return rows as CSV in a dialect, with a name twice, or cells too many."""
    rows = odd_rows(dice)
    names = list(dict.fromkeys(name for row in rows for name in row))
    file = io.StringIO()
    mark = dice.choice((",", ",", ";", "\t", "|"))
    quotes = dice.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC))
    out = csv.writer(file, delimiter=mark, quoting=quotes)
    twice = [names[0]] if dice.random() < 0.15 and names[0] != "text" else []
    out.writerow([*names, *twice])
    for row in rows:
        cells = [plain(row.get(name, "")) for name in names]
        more = ["x"] * dice.choice((0, 0, 0, 2)) if not twice else ["y"]
        out.writerow([*cells, *more])
    return file.getvalue().encode("utf-8", "surrogatepass")


def plain(value: Any) -> str:
    """Return a cell of a table."""
    words = value if isinstance(value, str) else json.dumps(value)
    return words.replace("\x00", "")


def as_parquet(dice: Random) -> bytes:
    """Return rows as Parquet, each column of one type."""
    kinds = {n: dice.choice((str, bytes, float, bool)) for n in FIELDS[1:]}
    rows: list[dict[str, Any]] = []
    for n, text in enumerate(TOLD):
        more = {
            name: typed(dice, kind)
            for name, kind in kinds.items()
            if name in ("title", "outlet", "url", "language", "published", "byline")
        }
        rows.append({"id": f"r{n}", "text": text, **more})
    return parquet(*rows)


def typed(dice: Random, kind: Any) -> Any:
    """Return a value of a type that a column of Parquet may have."""
    told = dice.choice(DAYS if dice.random() < 0.5 else WORDS)
    told = told.encode("utf-8", "replace").decode()
    values = {str: told, bytes: told.encode(), float: dice.random(), bool: True}
    return values[kind] if dice.random() < 0.9 else None


def as_ninjs(dice: Random) -> bytes:
    """Return one item of an agency, some of its fields of another type."""
    told: dict[str, Any] = {
        "uri": "urn:coast:1",
        "type": "text",
        "versionCreated": "2024-03-05T11:00:00Z",
        "headlines": [{"role": "main", "value": "Freed"}],
        "bodies": [{"contentType": "text/plain", "value": " ".join(TOLD)}],
    }
    free = "uri type versionCreated headlines language located byline rights".split()
    for name in dice.sample(free, 2):
        told[name] = "text" if name == "type" else odd(dice, "date")
    if dice.random() < 0.3:
        body = "".join(f"<p>{escape(t)}</p>" for t in TOLD)
        told["bodies"] = [{"contentType": "text/html", "value": body}]
    return json.dumps(told).encode()


def as_feed(dice: Random) -> bytes:
    """Return a feed whose entries have odd days, links, guids and marks."""
    items = []
    for n, text in enumerate(TOLD):
        more = "".join(
            f"<{name}>{safe(odd(dice, 'date'))}</{name}>"
            for name in dice.sample("pubDate link guid author category".split(), 2)
        )
        body = f"<![CDATA[<p>{text}</p>]]>" if dice.random() < 0.4 else text
        made = f"<title>F{n}</title>{more}<description>{body}</description>"
        items.append(f"<item>{made}</item>")
    return make.feed("".join(items))


def safe(value: Any) -> str:
    """Return a value as the text of an element, without what XML cannot hold."""
    words = value if isinstance(value, str) else json.dumps(value)
    kept = "".join(c for c in words if c in "\t\n" or " " <= c < "\ud800" or c > "\ue000")
    return escape(kept.replace("\ufffe", ""))


def as_page(dice: Random) -> bytes:
    """Return a page whose head says odd things of it."""
    linked = json.dumps(
        {
            "@type": dice.choice(("NewsArticle", ["NewsArticle"], 3, "Person")),
            "datePublished": odd(dice, "date"),
            "headline": odd(dice),
            "author": odd(dice),
            "publisher": odd(dice),
            "@graph": dice.choice(([], [[]], [{"@graph": [3]}], "x")),
        }
    ).replace("<", "\\u003c")
    names = ("article:published_time", "og:site_name", "og:title", "og:url", "author")
    metas = "".join(
        f'<meta {dice.choice(("property", "name"))}="{name}" '
        f'content="{safe(odd(dice, "date"))[:2000]}">'
        for name in dice.sample(names, 3)
    )
    script = f'<script type="application/ld+json">{linked}</script>'
    body = "".join(f"<p>{text}</p>" for text in TOLD)
    return make.page(0, body, metas + script)


def as_newsml(dice: Random) -> bytes:
    """Return an item of NewsML with odd attributes."""
    day = safe(dice.choice(DAYS)).replace('"', "")
    raw = NEWSML.replace(STORY.encode(), " ".join(TOLD).encode())
    return raw.replace(b"2024-03-05", day.encode()) if dice.random() < 0.7 else raw


KINDS = {
    "a.jsonl": as_jsonl,
    "a.json": as_json,
    "a.csv": as_table,
    "a.parquet": as_parquet,
    "ninjs.json": as_ninjs,
    "a.rss": as_feed,
    "a.html": as_page,
    "a.xml": as_newsml,
}


def odd_files(seed: int, count: int) -> Iterator[Spoiled]:
    """Yield so many files of a seed, every kind in its turn."""
    names = list(KINDS)
    for number in range(count):
        dice = Random(seed * 1_000_003 + number)
        name = names[number % len(names)]
        yield Spoiled(name, KINDS[name](dice), "odd", MARKS)


def main(count: int, seed: int) -> int:
    """Read so many files of a seed; print what became of them."""
    sums: Counter[str] = Counter()
    records: Counter[str] = Counter()
    bad, began = 0, process_time()
    for number, one in enumerate(odd_files(seed, count)):
        became, wrong, n = judge(one)
        sums[became] += 1
        records.update(n)
        if wrong:
            bad += 1
            print(number, one.name, *wrong)  # noqa: T201
    spent = process_time() - began
    print(count, "inputs", dict(sums), "wrong", bad, f"{spent:.0f} s CPU")  # noqa: T201
    print(*(f"{k} {v}" for k, v in records.items()), sep="; ")  # noqa: T201
    return bad


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]), int(sys.argv[2]))))
