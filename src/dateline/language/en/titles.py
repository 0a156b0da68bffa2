"""Titles that stand with names: where they end, which they are, whose they are."""

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.language.en.people import load_people_words, plain_token
from dateline.language.en.recase import lowercase
from dateline.model import Parsed, Token

ADDRESS = frozenset(("mr.", "mrs.", "ms.", "mr", "mrs", "ms", "dr.", "dr", "sir"))
QUALIFY = frozenset(
    """prime foreign vice deputy defense defence interior finance former acting attorney
    first opposition party state""".split()
)
PARTICLES = frozenset(
    """al el bin ibn de da do dos das du van von der den la le abu - ul ur ben
    di del""".split()
)


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens `first` up to `last` that make a name, and the tagger's label of it."""

    first: int
    last: int
    label: str


class Titles:
    """The titles in and beside the names of a report."""

    def __init__(self, parsed: Parsed, labels: Mapping[int, str]) -> None:
        """Take the report and the tagger's labels of its tokens."""
        self.parsed = parsed
        self.labels = labels

    def end(self, run: Run) -> int:
        """Return where the name itself starts in a run that may start with titles."""
        tokens, at = self.parsed.tokens, run.first
        addressed = plain_token(tokens[at]) in ADDRESS
        for i in range(run.first, min(run.last, run.first + 5)):
            if self.title(run, i) and tokens[i].pos != "ADJ":
                at = i + 1
        if run.label == "ORG" and self.labels.get(run.first) == "ORG" and not addressed:
            name = [
                plain_token(token) in lowercase() for token in tokens[at : run.last]
            ]
            return run.first if len(name) < 2 or any(name) else at  # noqa: PLR2004
        while run.first < at < run.last - 1 and not tokens[at].text[:1].isalnum():
            at += 1  # "Col", then ". Adnan Karim"
        while at < run.last - 1 and self.described(at):
            at += 1
        return self.after_office(run, at)

    def begin(self, first: int) -> int:
        """Return where a surname starts, with the title right before it."""
        before = self.parsed.tokens[max(0, first - 1)]
        titled = before.i < first and title_of_token(before)
        return before.start if titled else self.parsed.tokens[first].start

    def described(self, at: int) -> bool:
        """Whether a word of a name is none: "autocrat Karlov"."""
        word = self.parsed.tokens[at].text
        return word.isalpha() and word.islower() and word not in PARTICLES

    def title(self, run: Run, at: int) -> str:
        """Return the title that a word of a run is, "" of the surname "Ivo King"."""
        before = self.parsed.tokens[max(run.first, at - 1)]
        given = plain_token(before) not in QUALIFY and not title_of_token(before)
        persons = all(self.labels.get(i) == "PERSON" for i in (at - 1, at))
        surname = run.first < at == run.last - 1 and persons and given
        return "" if surname else title_of_token(self.parsed.tokens[at])

    def after_office(self, run: Run, at: int) -> int:
        """Return where a name starts after an office: "Secretary of State Ivo Lee"."""
        known, tokens = load_people_words()["title"], self.parsed.tokens
        two = [plain_token(t) for t in tokens[max(0, run.first - 2) : run.first]]
        if len(two) < 2 or two[0] not in known or two[1] != "of":  # noqa: PLR2004
            return at
        usual = lowercase()
        called = (
            i
            for i in range(at, run.last)
            if self.labels.get(i) == "PERSON" or plain_token(tokens[i]) not in usual
        )
        return next(called, at)

    def of(self, run: Run, start: int) -> tuple[str, ...]:
        """Return the title words in and right before a run."""
        known, tokens = load_people_words()["title"], self.parsed.tokens
        found = []
        for i in range(max(0, run.first - 3), start):
            word = title_of_token(tokens[i]) or plain_token(tokens[i])
            near = i >= run.first or self.leads(tokens[i], run.first)
            near = near and not self.apart(tokens[i])
            if near and (word in known or word in QUALIFY) and word != "official":
                found.append(word)
        return tuple(found) if set(found) & known else ()

    def leads(self, token: Token, first: int) -> bool:
        """Whether a title right before a name belongs to it, as in "leader Kim"."""
        between = first - token.i - 1
        return not between or (
            token.relation in ("compound", "adjective", "noun-modifier")
            and token.head >= first
        )

    def apart(self, token: Token) -> bool:
        """Whether a word ends a line: no title of whoever the next line begins with."""
        after = self.parsed.tokens[token.i + 1 : token.i + 2]
        return any("\n" in self.parsed.text[token.end : t.start] for t in after)

    def title_beside(self, name: Token) -> tuple[str, ...]:
        """Return the title that a name stands beside: "the rebels' leader, X Y"."""
        above = self.parsed.tokens[name.head]
        titled = (
            name.relation == "apposition" and above.form == "noun" and above.i < name.i
        )
        word = plain_token(above)
        known = word in load_people_words()["title"] or word == "counterpart"
        return (word,) if titled and known else ()


def title_of_token(token: Token) -> str:
    """Return the title that a word is, without a stop that it need not have, or ""."""
    known, word = load_people_words()["title"], plain_token(token)
    if token.text == "MS":
        return ""  # a member of a parliament
    return next((w for w in (word, word.removesuffix(".")) if w in known), "")


def gender_of(titles: tuple[str, ...], names: tuple[str, ...]) -> str:
    """Return he, she, or "" where neither title nor given name tells."""
    known = load_people_words()
    words = set(titles)
    if words & known["male"]:
        return "he"
    if words & known["female"]:
        return "she"
    first = names[0] if len(names) > 1 else ""
    return next((sex for sex in ("he", "she") if first in known[sex]), "")
