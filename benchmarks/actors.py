"""Who words stand for: who a mention is, and whom later words are linked to.

Mentions are asked of given spans and scored by country and sector; links are held
against the names that annotators gave.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from benchmarks.figures import group_by_report
from benchmarks.texts import open_text, open_without_gate
from dateline.extract.actors import Resolver
from dateline.ml.encoder import Reader
from dateline.model import Link, Parsed, Setting, Span
from dateline.model.folding import fold_name
from dateline.nlp.coref import cast
from dateline.resources.reference import countries

Record = dict[str, Any]
CLOSE = 2  # sectors: the primary one and one more count
DEEPEST = 4  # links that a chain is followed
PRONOUNS = frozenset(
    """he him his she her it its they them their we us our i me my who whom whose which
    both""".split()
)
TITLED = re.compile(r"^(?:the |mr\.? |mrs\.? |ms\.? |dr\.? |president |sir |senator )+", re.I)
KINDS = ("pronoun", "nominal", "surname")
STEM = 5  # letters by which "Israeli" and "Israel" are the same word
EMPTY = frozenset(
    """the a an of and for in on at to from by with mr mrs ms dr sir president prime
    minister former its his her their our this that some other new""".split()
)
STATE = frozenset("government governments state regime authorities administration".split())
TAIL = re.compile(r"\s(?:of|in|from|at|for|who|which|that|with|on)\s|,|\(")


def ask_actors(rows: Iterable[Record]) -> Iterator[Record]:
    """Yield country, sectors and entity of the mention that each line gives.

    Words for parties of several countries ("the two leaders") have no one country:
    `country` is null, and `countries` has them all.

    >>> row = {"id": 1, "text": "Turkish police fired.", "mention": [0, 14]}
    >>> next(ask_actors([row]))["country"]
    'TUR'
    >>> row |= {"text": "US and Turkey agree", "mention": [0, 13]}
    >>> [(told["country"], told["countries"]) for told in ask_actors([row])]
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


def score_actors(gold: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Return the shares right in country, sector, both, and wrong of the answered."""
    said = {row["id"]: row for row in answers}
    n: Counter[str] = Counter()
    for row in gold:
        answer = said.get(row["id"], {})
        country = answer.get("country") or ""
        sectors = (answer.get("sector") or [""])[:CLOSE]
        lands, kinds = row["country"], row["sector"]
        placed = lands is None or country in lands
        sorted_ = kinds is None or any(code in kinds for code in sectors)
        n["country"] += placed
        n["sector"] += sorted_
        n["both"] += placed and sorted_
        n["answered"] += bool(country)
        n["wrong"] += bool(country) and not placed
    rows = max(1, len(gold))
    shares = {k: round(n[k] / rows, 4) for k in ("country", "sector", "both", "answered")}
    wrong = round(n["wrong"] / max(1, n["answered"]), 4)
    return {"rows": len(gold), **shares, "wrong_country_of_answered": wrong}


def ask_links(rows: Iterable[Record]) -> Iterator[Record]:
    """Yield the links of each text: later words, and the words they stand for."""
    for row in rows:
        yield {
            "doc": row["doc"],
            "links": [
                {
                    "mention": [link.mention.start, link.mention.end],
                    "antecedents": [[a.start, a.end] for a in link.antecedents],
                    "rule": link.why.rule,
                }
                for link in open_text(row["doc"], row).links
                if not link.faint
            ],
        }


def link_annotated_parties(rows: Sequence[Record]) -> list[Record]:
    """Return what the program says of every party's words in annotated reports."""
    return [found for row in rows for found in links_of_parties(row, open_text(row["report"], row))]


def links_of_parties(row: Record, parsed: Parsed) -> Iterator[Record]:
    """Yield for each party's words whom they stand for, by name and by words."""
    told = annotated_names(row)
    heads: dict[int, set[str]] = defaultdict(set)
    for span, names in told.items():
        if (token := parsed.head_of(span)) is not None:
            heads[token.i] |= names
    links: dict[int, Link] = {}  # by the token that heads their mention
    for link in parsed.links:
        token = parsed.head_of(link.mention)
        if token is not None and not link.faint:
            links.setdefault(token.i, link)
    for span, names in told.items():
        token = parsed.head_of(span)
        kind = kind_of(span.of(parsed.text), names)
        if token is None or kind is None:
            continue
        found = list(follow_chain(parsed, links, token.i))
        yield {
            "report": row["report"],
            "kind": kind,
            "start": span.start,
            "head": token.i,
            "names": sorted(names),
            "linkable": is_told_more_fully(parsed, told, span, names, kind),
            "said": [(s.of(parsed.text), sorted(heads.get(h, ()))) for h, s in found],
        }


def annotated_names(row: Record) -> dict[Span, set[str]]:
    """Return the words of the parties of a report, each with its full names."""
    found: dict[Span, set[str]] = defaultdict(set)
    for event in row.get("events") or row.get("tellings", ()):
        for party in (*event["actors"], *event["recipients"]):
            if party["start"] is not None and party["name"]:
                found[Span(party["start"], party["end"])].add(party["name"])
    return dict(sorted(found.items()))


def follow_chain(
    parsed: Parsed, links: dict[int, Link], at: int, depth: int = 0
) -> Iterator[tuple[int, Span]]:
    """Yield the words, and their heads, at which the chains from a mention end."""
    link = links.get(at)
    for span in link.antecedents if link and depth < DEEPEST else ():
        token = parsed.head_of(span)
        if token is None or token.i == at:
            continue
        further = list(follow_chain(parsed, links, token.i, depth + 1))
        yield from further or [(token.i, span)]


def kind_of(words: str, names: set[str]) -> str | None:
    """Return whether words are a pronoun, a nominal, a surname, or None of these.

    >>> kind_of("Mr. Brandt", {"Ivo Brandt"}), kind_of("The group", {"X"})
    ('surname', 'nominal')
    """
    if words.lower() in PRONOUNS and words != "US":
        return "pronoun"
    later = words.split()[1:] if words[:1].isupper() else words.split()
    first = words.split(maxsplit=1)[0].lower()
    small = first in ("the", "a", "an", "both", "police", "two", "some", "troops")
    if not any(word[:1].isupper() for word in later) and (
        words[:1].islower() or small or words[:1].isdigit()
    ):
        return "nominal"
    bare = TITLED.sub("", words)
    part = any(bare != name and bare in name.split()[1:] and name[:1].isupper() for name in names)
    return "surname" if part and len(bare.split()) == 1 else None


def is_told_more_fully(
    parsed: Parsed, told: dict[Span, set[str]], span: Span, names: set[str], kind: str
) -> bool:
    """Whether other words of the report tell more fully whom a mention stands for."""
    words = span.of(parsed.text)
    if kind == "surname":
        bare = TITLED.sub("", words)
        full = re.compile(r"[\w’'-]+ " + re.escape(bare) + r"\b")
        texts = {name for name in names if stems(name)[-1:] == stems(bare)[-1:]}
        given = {stems(name)[0] for name in texts if stems(name)}
        return any(
            stems(hit[0])[:1] and stems(hit[0])[0] in given for hit in full.finditer(parsed.text)
        )
    for other, whose in told.items():
        theirs = other.of(parsed.text)
        if other == span or kind_of(theirs, whose) == "pronoun":
            continue
        if whose & names and len(stems(theirs)) > len(stems(words)):
            return True
    return any(  # an entity may share what is distinctive of the gold
        fits_full_name(entity.span.of(parsed.text), name)
        for name in names
        for entity in parsed.entities
        if not entity.span.overlaps(span)
    )


def score_links(rows: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Return for each kind the share right of the answered, and the share answered.

    Asked are the words whom the report names more fully elsewhere; a link of words
    that nothing else tells more of counts among the answered, right or wrong.
    """
    mine = group_by_report(answers)
    n: Counter[str] = Counter()
    for row in rows:
        for answer in mine[row["report"]]:
            n.update(judge_link(answer))
    found: dict[str, float] = {}
    for kind in KINDS:
        found[f"{kind}s asked"] = n[f"{kind} asked"]
        found[f"{kind}s answered"] = n[f"{kind} met"] / max(1, n[f"{kind} asked"])
        found[f"{kind}s right"] = n[f"{kind} right"] / max(1, n[f"{kind} said"])
    return found


def judge_link(answer: Record) -> list[str]:
    """Return what to count of one answer."""
    kind, names = answer["kind"], answer["names"]
    said = bool(answer["said"])
    right = any(
        set(whose) & set(names) or any(holds_key_word(text, name) for name in names)
        for text, whose in answer["said"]
    )
    told = {"asked": answer["linkable"], "met": said and answer["linkable"]}
    told |= {"said": said, "right": right}
    return [f"{kind} {name}" for name, holds in told.items() if holds]


@lru_cache(maxsize=65536)
def stems(text: str) -> tuple[str, ...]:
    """Return the beginnings of the words that tell something.

    >>> stems("the Israeli government")
    ('israe', 'gover')
    """
    words = (fold_name(word) for word in text.replace("’s", "").replace("'s", "").split())
    flat = (part for word in words for part in word.split())
    return tuple(word[:STEM] for word in flat if word not in EMPTY)


@lru_cache(maxsize=65536)
def head_stem(text: str) -> str:
    """Return the beginning of the word that heads a phrase.

    >>> head_stem("the ministers of Iran")
    'minis'
    """
    found = stems(TAIL.split(text.strip(), maxsplit=1)[0]) or stems(text)
    return found[-1] if found else ""


@lru_cache(maxsize=65536)
def country_of_words(text: str) -> str:
    """Return the country that words name, its government taken for it, or "".

    >>> country_of_words("the U.S. government"), country_of_words("Washington")
    ('USA', 'USA')
    """
    words = [w for w in text.replace("’s", "").split() if fold_name(w) not in STATE]
    left = " ".join(w for w in words if w.lower() not in ("the", "of"))
    known = countries()
    row = known.by_name(left) or known.by_demonym(left) or known.by_capital(left)
    return row.answers if row else ""


@lru_cache(maxsize=262144)
def fits_full_name(text: str, name: str) -> bool:
    """Whether words share what is distinctive of a full name: its head and a name.

    >>> fits_full_name("Mr. Brandt", "Ivo Brandt"), fits_full_name("Ivo", "Pavel Korda")
    (True, False)
    >>> fits_full_name("Israel", "Israeli government")
    True
    >>> fits_full_name("Israeli police", "Israel")
    False
    """
    if fold_name(text) == fold_name(name) or (
        country_of_words(name) and country_of_words(text) == country_of_words(name)
    ):
        return True
    told, wanted = set(stems(text)), stems(name)
    if not told or not wanted or head_stem(text) not in wanted:
        return False
    names = {word[:STEM] for w in name.split() if w[:1].isupper() for word in stems(w)}
    return bool(names & told) or len(told & set(wanted)) >= len(set(wanted)) / 2


@lru_cache(maxsize=262144)
def holds_key_word(text: str, name: str) -> bool:
    """Whether words hold the distinctive word of a full name, whatever heads them.

    >>> holds_key_word("Israeli Prime Minister Ivo Brandt", "Israeli government")
    True
    >>> holds_key_word("Ivo Korda", "Ivo Brandt")
    False
    """
    if fits_full_name(text, name):
        return True
    capitals = [w for w in name.split() if w[:1].isupper() and stems(w)]
    if capitals and (code := country_of_words(" ".join(capitals))):
        return any(country_of_words(w) == code for w in (*text.split(), " ".join(text.split()[:2])))
    return bool(capitals) and stems(capitals[-1])[-1] in stems(text)
