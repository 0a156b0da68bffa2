"""What of a language model's answer stands: codes and numbers checked, quotes found.

Nothing is believed because it was said. An answer that is no code, no number of the
question or no words of the report is refused and counted; what else it says stands.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dateline.llm.prompt import ListedParty, Sheet, party_identity
from dateline.model import Actor, Problem, Span, Why
from dateline.model.record import STATUSES
from dateline.resources.codebook import FolderCodebook
from dateline.resources.reference.countries import answering, countries
from dateline.resources.reference.sectors import NONSTATE

MARK = re.compile(r"⟦(?:A\d+,?)+:|[⟦⟧]")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
LIKE = str.maketrans("‘’‛′`“”„‟«»‐‑‒–—−", '\'\'\'\'\'""""""------')
WHY, NAME = 200, 120  # characters of a reason and of a name that are kept
JOINED = 3  # letters of small words before another
SEVERAL = 2  # sectors of a party
NAMED, OTHERWISE = "opinion.party.v1", "opinion.identity.v1"


class Unusable(ValueError):
    """An answer of which nothing can be used."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the model says of a listed act; a side is None where it is refused.

    `kept` is false of an act that it drops; the rest is empty there.
    """

    act: int
    kept: bool
    why: str
    deed: str = ""
    mode: str = ""
    status: str = ""
    actors: tuple[int, ...] | None = None
    recipients: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An act that the model adds, with the words of the report that tell it."""

    trigger: Span
    sentence: Span
    why: str
    deed: str
    mode: str
    status: str
    actors: tuple[int, ...]
    recipients: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What stands of an answer: parties by number, acts judged, acts found, refusals.

    `parties` are the question's, as corrected, and then the new ones; `added` tells how
    many are new, `corrected` which of the others the model takes for somebody else.
    """

    parties: tuple[ListedParty, ...]
    judged: tuple[Judged, ...] = ()
    found: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()
    added: int = 0
    corrected: frozenset[int] = frozenset()


@dataclass(slots=True)
class Checker:
    """Checks one answer against the report, the question and the codebook."""

    report_id: str
    text: str
    sentences: Sequence[Span]
    sheet: Sheet
    book: FolderCodebook
    part: Span
    parties: list[ListedParty] = field(init=False)
    numbers: dict[str, int] = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    corrected: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Number the parties that the question lists."""
        self.parties = list(self.sheet.parties)
        self.numbers = {f"M{i + 1}": i for i in range(len(self.parties))}

    def refuse(self, code: str, told: str) -> None:
        """Count something that the model says and that does not stand."""
        line = printable_line(told)[:WHY]
        self.problems.append(Problem(self.report_id, "opinion", code, line))

    def take_parties(self, rows: Sequence[Any]) -> None:
        """Take the new parties and the corrected ones whose words the report has."""
        for row in rows:
            if not isinstance(row, dict):
                self.refuse("wrong_shape", f"a party is no object: {row!r}")
                continue
            name = str(row.get("party") or "").strip()
            spans = find_words(self.text, str(row.get("words") or ""), self.part)
            if not spans:
                self.refuse("no_such_words", f"{name}: {row.get('words')!r}")
            elif who := self.identity(row, name, spans[0]):
                self.enlist(name, who, spans)

    def enlist(self, name: str, who: Actor, spans: Sequence[Span]) -> None:
        """Give a party its number, or a number its other party."""
        if name in self.numbers and name.startswith("M"):
            at = self.numbers[name]
            had = self.parties[at].who
            same = party_identity(who) == party_identity(had)
            if same and set(who.sectors) == set(had.sectors):
                return
            why = Why(OTHERWISE, who.why.span)
            self.parties[at] = replace(self.parties[at], who=replace(who, why=why))
            self.corrected.add(at)
        elif re.fullmatch(r"N\d+", name) and name not in self.numbers:
            self.numbers[name] = len(self.parties)
            self.parties.append(ListedParty(who, tuple(spans)))
        else:
            self.refuse("wrong_number", f"a party goes by {name!r}")

    def identity(self, row: Mapping[str, Any], name: str, span: Span) -> Actor | None:
        """Return who a party is, None where its codes are none of ours."""
        country = row.get("country")
        code = None
        if isinstance(country, str) and country.strip() not in ("", "?", "-"):
            code = country_code(country.strip())
            if code is None:
                self.refuse("wrong_code", f"{name}: no country {country!r}")
                return None
        told = row.get("sectors")
        sectors = [str(s) for s in told] if isinstance(told, list) else []
        if wrong := [s for s in sectors if s not in self.book.sectors]:
            self.refuse("wrong_code", f"{name}: no sector {wrong[0]!r}")
            return None
        full = printable_line(str(row.get("name") or ""))[:NAME]
        kept = tuple(dict.fromkeys(sectors))[:SEVERAL]
        name = full or span.of(self.text)
        return Actor(name, code, kept, None, "resolved", span, Why(NAMED, span))

    def judge(self, rows: Sequence[Any]) -> Iterator[Judged]:
        """Yield what stands of the acts that the question lists, each once."""
        seen: set[int] = set()
        for row in rows:
            told = row.get("act") if isinstance(row, dict) else None
            number = re.fullmatch(r"A(\d+)\??", str(told or "").strip())
            at = int(number[1]) - 1 if number else -1
            if not 0 <= at < len(self.sheet.acts) or at in seen:
                self.refuse("wrong_number", f"an act goes by {told!r}")
            elif row.get("drop") is True or row.get("keep") is False:
                seen.add(at)
                yield Judged(at, False, model_reason(row))
            elif (what := self.what(row, f"A{at + 1}")) is not None:
                seen.add(at)
                sides = self.side(row, "actors"), self.side(row, "recipients")
                yield Judged(at, True, model_reason(row), *what, *sides)
        for at, act in enumerate(self.sheet.acts):
            if at not in seen and self.part.covers(act.trigger):
                self.refuse("unanswered", f"A{at + 1} is not judged")

    def what(self, row: Mapping[str, Any], name: str) -> tuple[str, str, str] | None:
        """Return deed, mode and status, None where one is no code of the codebook."""
        deed, status = str(row.get("type") or ""), str(row.get("status") or "")
        mode = str(row.get("mode") or "").strip("-")
        if deed not in self.book.types:
            self.refuse("wrong_code", f"{name}: no type {deed!r}")
            return None
        if status not in STATUSES:
            self.refuse("wrong_code", f"{name}: no status {status!r}")
            return None
        if mode and mode not in {m.name for m in self.book.modes if m.type == deed}:
            self.refuse("wrong_code", f"{name}: {deed} has no mode {mode!r}")
            mode = ""
        return deed, mode, status

    def side(self, row: Mapping[str, Any], name: str) -> tuple[int, ...] | None:
        """Return the parties of a side by number, None where a number is none."""
        told = row.get(name)
        if not isinstance(told, list):
            self.refuse("wrong_shape", f"{row.get('act')}: {name} are {told!r}")
            return None
        numbers = [self.numbers.get(str(number).strip()) for number in told]
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers):
            act = row.get("act") or row.get("words")
            self.refuse("wrong_number", f"{act}: {name} are {told!r}")
            return tuple(dict.fromkeys(known)) or None
        return tuple(dict.fromkeys(known))

    def add(self, rows: Sequence[Any]) -> Iterator[Found]:
        """Yield the acts that the model adds and whose words stand in the report."""
        taken = [act.trigger for act in self.sheet.acts]
        for row in rows:
            if not isinstance(row, dict):
                self.refuse("wrong_shape", f"an act is no object: {row!r}")
                continue
            words = str(row.get("words") or "")
            span = self.place(words, str(row.get("sentence") or ""))
            if span is None:
                self.refuse("no_such_words", f"a missed act: {words!r}")
            elif any(span.overlaps(other) for other in taken):
                self.refuse("told_before", f"a missed act is marked: {words!r}")
            elif (what := self.what(row, repr(words))) is not None:
                sides = [self.side(row, s) or () for s in ("actors", "recipients")]
                taken.append(span)
                sentence = next((s for s in self.sentences if s.overlaps(span)), span)
                yield Found(span, sentence, model_reason(row), *what, *sides)

    def place(self, words: str, sentence: str) -> Span | None:
        """Return where words stand: once, or in or next behind the sentence named."""
        spans = find_words(self.text, words, self.part)
        if len(spans) <= 1:
            return next(iter(spans), None)
        for start in find_words(self.text, sentence, self.part):
            behind = [s for s in spans if s.start >= start.start]
            if behind:
                return behind[0]
        return None


def unusable_problem(report_id: str, error: Unusable) -> Problem:
    """Return an answer that cannot be used as a problem of its report."""
    told = f"an answer that cannot be used: {error}"
    return Problem(report_id, "opinion", "unusable", told)


def ground_answer(raw: str, checker: Checker) -> Opinion:
    """Return what stands of a raw answer.

    Raises Unusable where it is no JSON object with lists of acts.
    """
    told = parse_answer(raw)
    checker.take_parties(told["parties"])
    judged = tuple(checker.judge(told["acts"]))
    found = tuple(checker.add(told["missed"]))
    return Opinion(
        parties=tuple(checker.parties),
        judged=judged,
        found=found,
        problems=tuple(checker.problems),
        added=len(checker.parties) - len(checker.sheet.parties),
        corrected=frozenset(checker.corrected),
    )


def parse_answer(raw: str) -> dict[str, list[Any]]:
    """Return the lists of an answer; one that is left out is empty.

    Raises Unusable, telling why, where there is no such answer.
    """
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Unusable(f"no JSON: {error}") from None
    if not isinstance(told, dict) or "acts" not in told:
        raise Unusable("no object with a list of acts")
    lists = {name: told.get(name) or [] for name in ("parties", "acts", "missed")}
    if wrong := [name for name, rows in lists.items() if not isinstance(rows, list)]:
        raise Unusable(f"{wrong[0]} is no list")
    return lists


def model_reason(row: Mapping[str, Any]) -> str:
    """Return the model's reason as one short line."""
    return printable_line(str(row.get("why") or ""))[:WHY]


def printable_line(words: str) -> str:
    """Return words as one line that commands no terminal and can be stored.

    >>> printable_line("a\\x1b[2J  b\\ud800\\n")
    'a [2J b'
    """
    return " ".join(UNPRINTABLE.sub(" ", words).split())


def country_code(told: str) -> str | None:
    """Return the code under which a country is filed, None of what is no code.

    >>> country_code("kor"), country_code("UNO"), country_code("Korea")
    ('KOR', 'UNO', None)
    """
    code = told.upper()
    if code in NONSTATE:
        return code
    return answering(code) if countries().by_code(code) else None


def find_words(text: str, words: str, part: Span) -> list[Span]:
    """Return where words stand in a part of a text, as whole words.

    Case, kinds of quotation marks and dashes, white space, width and composition of
    letters, vowel signs of Arabic and our own marks in the quote do not count.

    >>> find_words("It “met” them. It met.", '"met"', Span(0, 22))
    [Span(start=3, end=8)]
    """
    wanted, _ = fold_letters(MARK.sub("", words).strip(), 0)
    if not any(map(str.isalnum, wanted)):
        return []
    held, at = fold_letters(part.of(text), part.start)
    found, start = [], held.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        begins = not within_word(held, start) or joined_before(held, start)
        if begins and not within_word(held, end):
            last = at[end - 1] + 1
            while last < part.end and unwritten_letter(text[last]):
                last += 1
            found.append(Span(at[start], last))
        start = held.find(wanted, start + 1)
    return found


def fold_letters(text: str, start: int) -> tuple[str, list[int]]:
    """Return a text in which like letters are one, and where each of them stands.

    Accents stand behind their letter, whether the text has them so or not.
    """
    letters: list[str] = []
    at: list[int] = []
    for i, letter in enumerate(text, start):
        if letter.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                at.append(i)
            continue
        if unwritten_letter(letter):
            continue
        for like in unicodedata.normalize("NFKD", letter.translate(LIKE)).casefold():
            if not like.isspace():
                letters.append(like)
                at.append(i)
    return "".join(letters), at


def unwritten_letter(letter: str) -> bool:
    """Whether a letter may be left out: signs of direction, Arabic vowels, stretches.

    >>> unwritten_letter("\u0640"), unwritten_letter("\u064e"), unwritten_letter("a")
    (True, True, False)
    """
    vowel = "\u064b" <= letter <= "\u0652" or letter in "\u0640\u0670"
    return vowel or unicodedata.category(letter) == "Cf"


def within_word(text: str, at: int) -> bool:
    """Whether a boundary goes through a word, of a script that parts words."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.category(after).startswith("M"):  # an accent, a vowel sign
        return True
    return (
        before.isalnum()
        and after.isalnum()
        and not (unspaced_letter(before) or unspaced_letter(after))
    )


def joined_before(text: str, at: int) -> bool:
    """Whether what stands before within a word may be small words written onto it.

    Arabic and Hebrew write "and", "by", "the" so, up to three letters of them.
    """
    start = at
    while start and text[start - 1].isalpha():
        start -= 1
    joining = all("\u0590" <= letter <= "\u06ff" for letter in text[start : at + 1])
    return joining and at - start <= JOINED


def unspaced_letter(letter: str) -> bool:
    """Whether a letter is of a script that writes words without spaces.

    >>> unspaced_letter("会"), unspaced_letter("a")
    (True, False)
    """
    return any(first <= letter <= last for first, last in WITHOUT_SPACES)


WITHOUT_SPACES = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u1000", "\u109f"),  # Burmese
    ("\u1780", "\u17ff"),  # Khmer
    ("\u3040", "\u30ff"),  # Japanese
    ("\u3400", "\u9fff"),  # Chinese
    ("\U00020000", "\U0003ffff"),
)
