"""Sentences by rule: cheap enough to run before the gate."""

import re
from collections.abc import Iterator

from dateline.language.en.lines import join_lines
from dateline.model import Report, Sentence, Span
from dateline.model.layout import paragraphs, trim

END = re.compile(r"[.!?…]+[\"'”’“‘»«›‹)\]]*(?=\s|$)")
ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“'‘/-])(?:(?:[A-Za-z]\.)+[A-Za-z]|[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Maj|Capt"
    r"|Lt|Sgt|Cpl|Cmdr|Adm|Gov|Sen|Rep|Reps|Sens|Rev|Hon|St|Ste|Mt|Ft|Jr|Sr|Bros|Co|Corp"
    r"|Inc|Ltd|Cos|No|Nos|vs|v|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue"
    r"|Wed|Thu|Fri|Sat|Sun|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md"
    r"|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Dlrs"
    r"|Lieut|Brig|Supt|Insp|Hwy|Ave|Blvd|Dept|Univ|Assn|Amb|Messrs|Mmes|Mss|Sec|approx"
    r"|est|cf|al|ca|Op|Fr|Sr|Msgr|Pvt|Pfc|Ret|Atty|Asst|Min|Pres|N|S|E|W)$",
    re.IGNORECASE,
)
SINGLE = re.compile(r"(?:^|[\s(\"“'‘/-])([A-Za-z])$")
STARTS = re.compile(r"\s+[\"'“‘„‚«»‹›(\[]*[A-Z0-9@\"“‘„‚«»‹›(\[—–-]")
LONGEST = 1500  # characters: a "sentence" beyond this is a table or a list; it is cut
ENDS_CLAUSE = frozenset(
    [
        "no",
        "co",
        "corp",
        "inc",
        "ltd",
        "cos",
        "jr",
        "sr",
        "bros",
        "univ",
        "dept",
        "al",
        "min",
        "sat",
        "sun",
    ]
)


def split_sentences(report: Report) -> tuple[Sentence, ...]:
    """Return the sentences of the story, its wire marks left out."""
    text = report.text
    return tuple(
        Sentence(span, 0, 0)
        for block in join_lines(report, paragraphs(text), sentence_ends_before)
        for stretch in unmarked(report, block)
        for span in cut_paragraph(text, stretch)
    )


def unmarked(report: Report, block: Span) -> Iterator[Span]:
    """Yield the parts of `block` that no mark covers."""
    at = block.start
    for mark in sorted(report.marks, key=lambda m: m.span):
        if not mark.span.overlaps(block) or mark.kind == "headline":
            continue
        if mark.span.start > at and (
            left := trim(report.text, Span(at, mark.span.start))
        ):
            yield left
        at = max(at, mark.span.end)
    if at < block.end and (left := trim(report.text, Span(at, block.end))):
        yield left


def cut_paragraph(text: str, block: Span) -> Iterator[Span]:
    """Yield the sentences of one paragraph."""
    at = block.start
    for hit in END.finditer(text, block.start, block.end):
        if not stop_ends_sentence(text, hit, block.end):
            continue
        yield from cut_unstopped_run(text, Span(at, hit.end()))
        at = hit.end()
    if at < block.end:
        yield from cut_unstopped_run(text, Span(at, block.end))


def sentence_ends_before(text: str, block: Span) -> bool:
    """Whether a sentence ends within a paragraph, before its last words."""
    hits = END.finditer(text, block.start, block.end)
    return any(
        hit.end() < block.end and stop_ends_sentence(text, hit, block.end)
        for hit in hits
    )


def stop_ends_sentence(text: str, hit: re.Match[str], limit: int) -> bool:
    """Whether the stop at `hit` ends a sentence."""
    if hit.end() >= limit:
        return True
    follows = STARTS.match(text, hit.end(), limit)
    if not follows:
        return False
    if hit[0] != ".":
        return True
    before = text[max(0, hit.start() - 12) : hit.start()]
    if not ABBREVIATION.search(before):
        return True
    word = re.split(r"[\s(\"“'‘/-]", before)[-1].lower()
    following = text[follows.end() - 1 : follows.end() + 12].split(" ", maxsplit=1)[0]
    if word in ENDS_CLAUSE or word in ("u.s", "u.n", "u.k", "a.m", "p.m", "d.c"):
        return following.rstrip(",.") in STARTERS
    return False


STARTERS = frozenset(
    [
        "The",
        "A",
        "An",
        "In",
        "On",
        "At",
        "He",
        "She",
        "It",
        "They",
        "We",
        "I",
        "You",
        "But",
        "And",
        "This",
        "That",
        "These",
        "Those",
        "There",
        "His",
        "Her",
        "Its",
        "Their",
        "Our",
        "My",
        "As",
        "For",
        "With",
        "After",
        "Before",
        "When",
        "While",
        "If",
        "Some",
        "Many",
        "Most",
        "Both",
        "One",
        "Two",
        "Three",
        "Several",
        "Officials",
        "Police",
        "Meanwhile",
        "However",
        "Earlier",
        "Last",
        "No",
    ]
)


def cut_unstopped_run(text: str, span: Span) -> Iterator[Span]:
    """Yield `span` trimmed; a run without any stop is cut at white space."""
    while span.end - span.start > LONGEST:
        at = text.rfind(" ", span.start, span.start + LONGEST)
        at = at if at > span.start else span.start + LONGEST
        if left := trim(text, Span(span.start, at)):
            yield left
        span = Span(at, span.end)
    if left := trim(text, span):
        yield left
