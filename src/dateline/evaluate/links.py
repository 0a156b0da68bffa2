"""Later words linked to whom they stand for, against the names annotators gave."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from dateline.evaluate.reports import gold as reports
from dateline.evaluate.sharing import fits_full_name, holds_key_word, stems
from dateline.model import Link, Parsed, Report, Span

Record = dict[str, Any]
DEEPEST = 4  # links that a chain is followed
PRONOUNS = frozenset(
    """he him his she her it its they them their we us our i me my who whom whose which
    both""".split()
)
TITLED = re.compile(
    r"^(?:the |mr\.? |mrs\.? |ms\.? |dr\.? |president |sir |senator )+", re.I
)
KINDS = ("pronoun", "nominal", "surname")
gold = reports


def ask(rows: Iterable[Record]) -> Iterator[Record]:
    """Yield the links of each text: later words, and the words they stand for."""
    for row in rows:
        parsed = open_text(row["doc"], row)
        yield {
            "doc": row["doc"],
            "links": [
                {
                    "mention": span_bounds(link.mention),
                    "antecedents": [span_bounds(each) for each in link.antecedents],
                    "rule": link.why.rule,
                }
                for link in parsed.links
                if not link.faint
            ],
        }


def span_bounds(span: Span) -> list[int]:
    """Return a span as a line has it."""
    return [span.start, span.end]


def open_text(name: str, row: Record) -> Parsed:
    """Return a text read as the program reads it, no sentence skipped."""
    from dateline.parts import Options, make_coder
    from dateline.read.inputs import complete_report
    from dateline.read.moments import parse_moment

    told = parse_moment(row.get("published"))
    report = Report(name, row["text"], outlet=row.get("outlet") or "", published=told)
    program = make_coder(Options(gate=False))
    parsed = program.parse(complete_report(report))
    return replace(parsed, links=program.cast(parsed).links)


def answers(rows: Sequence[Record]) -> list[Record]:
    """Return what the program says of every party's words in annotated reports."""
    return [
        found
        for row in rows
        for found in links_of_parties(row, open_text(row["report"], row))
    ]


def links_of_parties(row: Record, parsed: Parsed) -> Iterator[Record]:
    """Yield for each party's words whom they stand for, by name and by words."""
    told = annotated_names(row)
    heads: dict[int, set[str]] = defaultdict(set)
    for span, names in told.items():
        if (token := parsed.head_of(span)) is not None:
            heads[token.i] |= names
    links = by_head(parsed)
    for span, names in told.items():
        token = parsed.head_of(span)
        words = span.of(parsed.text)
        kind = kind_of(words, names)
        if token is None or kind is None:
            continue
        found = list(follow_chain(parsed, links, token.i))
        yield {
            "report": row["report"],
            "kind": kind,
            "start": span.start,
            "head": token.i,
            "names": sorted(names),
            "linkable": linkable(parsed, told, span, names, kind),
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


def by_head(parsed: Parsed) -> dict[int, Link]:
    """Return the links by the token that heads their mention."""
    found: dict[int, Link] = {}
    for link in parsed.links:
        token = parsed.head_of(link.mention)
        if token is not None and not link.faint:
            found.setdefault(token.i, link)
    return found


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
    part = any(
        bare != name and bare in name.split()[1:] and name[:1].isupper()
        for name in names
    )
    return "surname" if part and len(bare.split()) == 1 else None


def linkable(
    parsed: Parsed, told: dict[Span, set[str]], span: Span, names: set[str], kind: str
) -> bool:
    """Whether other words of the report tell more fully whom a mention stands for."""
    if kind == "surname":
        bare = TITLED.sub("", span.of(parsed.text))
        full = re.compile(r"[\w’'-]+ " + re.escape(bare) + r"\b")
        texts = {name for name in names if stems(name)[-1:] == stems(bare)[-1:]}
        given = {stems(name)[0] for name in texts if stems(name)}
        return any(
            stems(hit[0])[:1] and stems(hit[0])[0] in given
            for hit in full.finditer(parsed.text)
        )
    own = max((len(stems(span.of(parsed.text))), 0))
    for other, whose in told.items():
        if other == span or kind_of(other.of(parsed.text), whose) == "pronoun":
            continue
        if whose & names and len(stems(other.of(parsed.text))) > own:
            return True
    return named_elsewhere(parsed, span, names)


def named_elsewhere(parsed: Parsed, span: Span, names: set[str]) -> bool:
    """Whether a name that the report tells shares what is distinctive of the gold."""
    return any(
        fits_full_name(entity.span.of(parsed.text), name)
        for name in names
        for entity in parsed.entities
        if not entity.span.overlaps(span)
    )


def score(rows: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Return for each kind the share right of the answered, and the share answered.

    Asked are the words whom the report names more fully elsewhere; a link of words
    that nothing else tells more of counts among the answered, right or wrong.
    """
    mine: dict[str, list[Record]] = defaultdict(list)
    for answer in answers:
        mine[answer["report"]].append(answer)
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
