"""Sentences by rule: cheap enough to run before the gate."""

import re
from collections.abc import Iterator, Sequence

from dateline.model import Report, Sentence, Span
from dateline.model.layout import LINE, WRAPPED, paragraphs, trim

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
STARTS = re.compile(r"\s+[\"'“‘„‚«»‹›(\[]*[A-Z0-9@\"“‘„‚«»‹›(\[—–-]")
LONGEST = 1500  # characters: a "sentence" beyond this is a table or a list; it is cut
ENDS_CLAUSE = frozenset(
    """no co corp inc ltd cos jr sr bros univ dept al min sat sun
    u.s u.n u.k a.m p.m d.c""".split()
)
STARTERS = frozenset(
    """The A An In On At He She It They We I You But And This That These Those
    There His Her Its Their Our My As For With After Before When While If Some
    Many Most Both One Two Three Several Officials Police Meanwhile However
    Earlier Last No""".split()
)

# Lines that go on in the next one, in copy too short for its width to tell; longer
# copy is known for wrapped by its lines as a whole (`model.layout`)
NARROWEST = 40  # characters: a line of wrapped copy has no fewer, but for the last
STOPS = frozenset(".!?:;\"”'’")
BREAK = re.compile(r"[ \t]*\r?\n ?")
OPEN = frozenset(
    "a an the this these those no every each of to in on at by for from with into"
    " over under against between among during before after since until and or but"
    " nor than as if that who whom whose which my your his her its our their is are"
    " was were be been has have had will would shall should can could may might must"
    " not".split()
)
"""Words with which no line ends that stands for itself."""


def split_sentences(report: Report) -> tuple[Sentence, ...]:
    """Return the sentences of the story, its wire marks left out."""
    text = report.text
    return tuple(
        Sentence(span, 0, 0)
        for block in join_lines(report, paragraphs(text))
        for stretch in unmarked(report, block)
        for span in cut_paragraph(text, stretch)
    )


def join_lines(report: Report, blocks: Sequence[Span]) -> list[Span]:
    """Return paragraphs, those in one that are lines of one.

    A headline and the rows of a list stay apart: a line goes on where words lack that
    must follow, or where it is prose that had no room for the next word.
    """
    text = report.text
    width = max((len(hit[0].rstrip()) for hit in LINE.finditer(text)), default=0)
    if width > WRAPPED:
        return list(blocks)
    found: list[Span] = []
    begun = [mark.span.start for mark in report.marks if mark.kind == "dateline"]
    prose = False  # whether the last one found is more than a headline
    for block in blocks:
        if found and line_goes_on(text, found[-1], block, width if prose else None):
            found[-1] = Span(found[-1].start, block.end)
            prose = True
            continue
        found.append(block)
        filed = any(block.start <= at < block.end for at in begun)
        prose = filed or sentence_ends_before(text, block)
    return found


def line_goes_on(text: str, one: Span, other: Span, width: int | None) -> bool:
    """Whether a line goes on in the next one; `width` is that of lines of prose."""
    last = one.of(text).rpartition("\n")[2]
    between = BREAK.fullmatch(text, one.end, other.start)
    if len(last) < NARROWEST or between is None or text[one.end - 1] in STOPS:
        return False
    word = one.of(text).split()[-1].lower()
    if word[-1] == "," or word in OPEN or text[other.start].islower():
        return True
    first = other.of(text).split()[0]
    return width is not None and len(last) + 1 + len(first) > width


def unmarked(report: Report, block: Span) -> Iterator[Span]:
    """Yield the parts of `block` that no mark covers."""
    at = block.start
    for mark in sorted(report.marks, key=lambda m: m.span):
        if not mark.span.overlaps(block) or mark.kind == "headline":
            continue
        if mark.span.start > at and (left := trim(report.text, Span(at, mark.span.start))):
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
    return any(hit.end() < block.end and stop_ends_sentence(text, hit, block.end) for hit in hits)


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
    return word in ENDS_CLAUSE and following.rstrip(",.") in STARTERS


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
