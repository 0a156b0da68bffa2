"""Claims without anybody's text, and joined again to one's own copies of the reports.

A shared file names each stretch of a report by its offsets and by a hash of its letters
and digits alone, so that a copy that was wrapped anew, re-encoded or set in other
quotation marks still has it. A recipient without the reports learns no word of them.
"""

import json
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from dateline.analysis.people import mask_claim
from dateline.model.atomic_write import write_aside
from dateline.model.protocols import ReadStore
from dateline.store.errors import StoreError

Record = dict[str, Any]
FORM = "dateline-share-1"
WORDS = ("text", "whose")  # what of a claim is the report's own words
PARTIES = ("actors", "recipients", "said_by")
NEAR = 400  # letters by which a stretch may have moved in a copy
WINDOW = 24  # letters of an anchor
EVERY = 32  # letters, on average, from one anchor to the next
ALIKE = 0.35  # of a report's anchors that a copy must have


@dataclass(frozen=True, slots=True)
class Letters:
    """A text's letters and digits alone, in small form, and where each stands in it."""

    bare: str
    at: tuple[int, ...]


def bare_letters(text: str) -> Letters:
    """Return the letters and digits of a text without accents, and their places.

    >>> bare_letters("Café, 1 am").bare
    'cafe1am'
    """
    found: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter).casefold():
            if part.isalnum():
                found.append(part)
                places.append(place)
    return Letters("".join(found), tuple(places))


def hash_letters(bare: str) -> str:
    """Return a short hash of letters."""
    told = bare.encode("utf-8", "surrogatepass")
    return blake2b(told, digest_size=8).hexdigest()


def anchor_letters(bare: str) -> frozenset[str]:
    """Return hashes of some windows of a text, the same ones in any copy of it."""
    windows = (bare[i : i + WINDOW] for i in range(len(bare) - WINDOW + 1))
    hashes = map(hash_letters, windows)
    return frozenset(h for h in hashes if int(h, 16) % EVERY == 0)


def strip_words(claim: Record, letters: Letters) -> Record:
    """Return a claim without a word of its report: offsets, places and hashes.

    Each stretch has `at`, its place among the letters, `long` and `hash`. Names stay
    where a table of ours gave them (a state's, a known actor's); others go.
    """
    told: Record = json.loads(json.dumps(claim))
    for span in spans_of(told):
        start, end = span["start"], span["end"]
        for name in WORDS:
            span.pop(name, None)
        if start is None or end is None:
            continue
        first, last = bisect_left(letters.at, start), bisect_left(letters.at, end)
        span["at"], span["long"] = first, last - first
        span["hash"] = hash_letters(letters.bare[first:last])
    other = told.get("opinion")
    if other:
        other["why"] = ""  # a model's own words: they may quote
    own = (other and other["own"]) or {}
    for side in PARTIES:
        for who in (*told[side], *own.get(side, ())):
            if not who.get("entity"):
                who["name"] = None
    for place in (told["where"], *told["places"]):
        if place:
            place.pop("text", None)
    return told


def spans_of(told: Any) -> Iterator[Record]:
    """Yield every part of a claim that names a stretch of its report, reasons apart."""
    if isinstance(told, list):
        for each in told:
            yield from spans_of(each)
    elif isinstance(told, dict):
        if {"start", "end"} <= told.keys() and "rule" not in told:
            yield told
        for name, value in told.items():
            if name != "why":
                yield from spans_of(value)


def shared_lines(store: ReadStore) -> Iterator[Record]:
    """Yield a store's reports, each with its claims, without anybody's text."""
    for report in store.reports():
        claims = list(store.claims({"report": report["id"]}))
        letters = bare_letters(report["text"])
        names = ("id", "outlet", "url", "language", "published")
        yield {
            "form": FORM,
            **{name: report[name] for name in names},
            "letters": len(letters.bare),
            "hash": hash_letters(letters.bare),
            "anchors": sorted(anchor_letters(letters.bare)),
            "claims": [strip_words(mask_claim(c), letters) for c in claims],
        }


def write_shared(store: ReadStore, out: Path) -> dict[str, int]:
    """Write a store's claims without text; return how many reports and claims."""
    many = {"reports": 0, "claims": 0}
    with write_aside(out) as path, path.open("w", encoding="utf-8") as file:
        for line in shared_lines(store):
            many["reports"] += 1
            many["claims"] += len(line["claims"])
            file.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
    return many


def read_shared(path: Path) -> Iterator[Record]:
    """Yield the reports of a shared file. Raises StoreError for what is none."""
    try:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            told = json.loads(line)
            if told.get("form") != FORM:
                raise StoreError(f"{path}, line {number}: no line of `dateline share`")
            yield told
    except (OSError, UnicodeDecodeError, ValueError, AttributeError) as error:
        raise StoreError(f"{path} is no file of `dateline share`: {error}") from error


@dataclass(frozen=True, slots=True)
class Copy:
    """A recipient's copy of a report: its id, url and text."""

    id: str
    url: str
    text: str


class Copies:
    """A recipient's copies, found by id, address or the letters themselves."""

    def __init__(self, copies: Iterable[Copy]) -> None:
        """Index the copies."""
        self.by_id: dict[str, Copy] = {}
        self.by_url: dict[str, Copy] = {}
        self.by_hash: dict[str, Copy] = {}
        self.by_anchor: dict[str, list[Copy]] = {}
        for copy in copies:
            self.by_id[copy.id] = copy
            if copy.url:
                self.by_url[copy.url] = copy
            bare = bare_letters(copy.text).bare
            self.by_hash[hash_letters(bare)] = copy
            for anchor in anchor_letters(bare):
                self.by_anchor.setdefault(anchor, []).append(copy)

    def find(self, told: Mapping[str, Any]) -> Copy | None:
        """Return the copy of a shared report, the surest way first."""
        known = (
            self.by_hash.get(told["hash"])
            or self.by_id.get(told["id"])
            or (self.by_url.get(told["url"]) if told["url"] else None)
        )
        if known:
            return known
        anchors = told["anchors"]
        met = Counter(c.id for a in anchors for c in self.by_anchor.get(a, ()))
        if not met:
            return None
        best, many = met.most_common(1)[0]  # the one that has the most, if enough
        return self.by_id[best] if many >= max(3, ALIKE * len(anchors)) else None


@dataclass(frozen=True, slots=True)
class Joined:
    """A shared report joined to a copy: claims with their words, and what did not fit.

    `spans` is how many stretches there are and `met` how many the copy has; `missed`
    names the claim and the place of the others.
    """

    report: str
    claims: list[Record]
    spans: int
    met: int
    missed: tuple[str, ...]
    why: str = ""


def rehydrate_report(told: Record, copies: Copies) -> Joined:
    """Return a shared report's claims with the words that a copy has for them."""
    spans = sum(1 for c in told["claims"] for s in spans_of(c) if "hash" in s)
    copy = copies.find(told)
    if copy is None:
        why = "no copy with this id, address or text"
        return Joined(told["id"], [], spans, 0, (), why)
    letters = bare_letters(copy.text)
    met, missed, claims, moved = 0, [], [], 0
    for claim in told["claims"]:
        for span in spans_of(claim):
            if "hash" not in span:
                continue
            found = find_letters(letters.bare, span, moved)
            if found is None:
                missed.append(f"{claim['id']} at {span['start']}")
                continue
            met, moved = met + 1, found - span["at"]
            span["text"] = ""
            if span["long"]:
                last = letters.at[found + span["long"] - 1]
                span["start"], span["end"] = letters.at[found], last + 1
                span["text"] = copy.text[span["start"] : span["end"]]
        claims.append(claim)
    return Joined(told["id"], claims, spans, met, tuple(missed))


def find_letters(bare: str, span: Record, moved: int) -> int | None:
    """Return where letters with a span's hash stand, nearest to where they did."""
    long, wanted = int(span["long"]), span["hash"]
    begin = int(span["at"]) + moved
    for step in range(NEAR):
        for first in {begin + step, begin - step}:
            if 0 <= first <= len(bare) - long and wanted == hash_letters(
                bare[first : first + long]
            ):
                return first
    return None


def own_copies(paths: Iterable[str]) -> Iterator[Copy]:
    """Yield the reports in files or folders, as `dateline code` would read them."""
    from dateline.ingest.reading.inputs import read_reports
    from dateline.model import Report

    for found in read_reports(list(paths)):
        if isinstance(found, Report):
            yield Copy(found.id, found.url, found.text)
