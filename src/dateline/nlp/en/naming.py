"""Names in a report: people with their titles, bodies, states, peoples, places.

Titles stand with names: where they end, which they are, whose they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dateline.model import Parsed, Sentence, Span, Token
from dateline.model.folding import fold_name
from dateline.model.mention import Mention, Sort
from dateline.nlp.en.grammar import (
    SINGLE,
    Sentences,
    folded_token,
    is_proper_token,
    load_people_words,
    plain_token,
)
from dateline.nlp.en.recase import lowercase
from dateline.resources.knowledge_base.people import people_of
from dateline.resources.reference import countries

JOINED = frozenset(("of", "for", "the", "and", "&", "in", "on", "to", "'s", "'"))
INSIDE = frozenset(("compound", "adjective", "noun-modifier", "number"))
LONGEST = 9  # words: a longer run is a headline or a list
BACK = 8  # words: titles and nationality reach no further before a name
APART = frozenset((("ORG", "PERSON"), ("PERSON", "GPE")))  # "Reuters Brandt"
LETTERS = 4  # at most, of what stands after a member's name: "Ivo Brandt MEP"
LABELS = frozenset(("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"))
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


class Names:
    """Finds the names of a report, sentence by sentence."""

    def __init__(self, parsed: Parsed, sentences: Sentences) -> None:
        """Note the tagger's label of every token."""
        self.parsed = parsed
        self.sentences = sentences
        self.labels: dict[int, str] = {}
        self.part: dict[int, int] = {}  # the entity of each token
        self.titles = Titles(parsed, self.labels)
        self.barred: set[int] = set()  # days, sums, laws, works
        for n, entity in enumerate(parsed.entities):
            words = entity.span.of(parsed.text).lower()
            if words.removesuffix(".") in load_people_words()["title"]:
                continue  # "Lt." is no body, nor "Brig." a place
            for token in parsed.tokens_in(entity.span):
                if entity.label not in LABELS:
                    self.barred.add(token.i)
                else:
                    self.labels[token.i] = entity.label
                    self.part[token.i] = n

    def of(self, n: int, sentence: Sentence) -> Iterator[Mention]:
        """Yield the names of a sentence, in text order."""
        for run in self.runs(sentence):
            yield self.mention(n, run)

    def surname(self, n: int, token: Token) -> Mention:
        """Return the mention of a name that the tagger took for a common word."""
        return self.mention(n, Run(token.i, token.i + 1, "PERSON"), token.i)

    def runs(self, sentence: Sentence) -> Iterator[Run]:
        """Yield the runs of tokens that are names."""
        tokens = self.parsed.tokens
        at = sentence.first
        while at < sentence.last:
            token, end = tokens[at], at + 1
            dated = token.form == "name" and token.relation == "adverbial-noun"
            if is_proper_token(token) and not dated and at not in self.barred:
                while end < sentence.last and self.goes_on(end, sentence.last):
                    end += 1
                if end - at <= LONGEST:
                    seen = [self.labels.get(i, "") for i in range(at, end)]
                    label = seen[-1] or next((each for each in seen if each), "")
                    yield Run(at, end, label)
            elif self.labels.get(at) in ("NORP", "GPE") and token.pos in ("ADJ", "NOUN"):
                yield Run(at, end, self.labels[at])
            at = end

    def goes_on(self, at: int, last: int) -> bool:
        """Whether a name that has begun goes on with token `at`."""
        token, before = self.parsed.tokens[at], self.parsed.tokens[at - 1]
        if at in self.barred:
            return False
        if "\n" in self.parsed.text[before.end : token.start]:
            return False  # a name at a line's end, another at the next one's start
        same = self.part.get(at, -1) == self.part.get(at - 1, -2)
        if is_proper_token(token):
            two = self.labels.get(at - 1, ""), self.labels.get(at, "")
            return same or not (two in APART or self.country_ends(before, token))
        if same and token.text[:1].isupper() and token.form == "noun":
            return True  # "Kurdistan Workers' Party"
        word = plain_token(token)
        follows = at + 1 < last and is_proper_token(self.parsed.tokens[at + 1])
        if word == "-" and self.labels.get(at - 1) in ("GPE", "NORP"):
            return False
        within = same and self.part.get(at + 1, -1) == self.part.get(at)
        return (follows and word in PARTICLES) or (word in JOINED and within)

    def country_ends(self, before: Token, token: Token) -> bool:
        """Whether a country's name ends before a title or a name: "U.S. President"."""
        if self.labels.get(before.i) not in ("GPE", "NORP", "ORG"):
            return False
        word = plain_token(token)
        if word in load_people_words()["title"] or word in QUALIFY:
            return True
        known = countries()
        land = known.by_name(before.text) or known.by_demonym(before.text)
        return land is not None and self.labels.get(token.i) != "GPE"

    def mention(self, n: int, run: Run, start: int | None = None) -> Mention:
        """Return the mention that a run makes, its titles taken in.

        The name itself begins at `start`, by default after the titles of the run.
        """
        parsed = self.parsed
        alone = start is not None
        start = self.titles.end(run) if start is None else start
        head = parsed.tokens[run.last - 1]
        titles = self.titles.of(run, start)
        names = tuple(map(folded_token, parsed.tokens[start : self.letters(start, run)]))
        names = tuple(name for name in names if name != "-")
        if len(names) > 1 and names[-1] in ("'s", "'"):
            names = names[:-1]
        titles = titles or (self.titles.title_beside(head) if len(names) > 1 else ())
        sort = self.sort(run, head, names, titles) if names else "person"
        first = start if names else run.first
        grammar = self.sentences.place(self.top(run))
        begun = parsed.tokens[first].start if alone else self.begin(first, run.last)
        before = parsed.tokens[max(0, first - 1)]
        if alone and before.i < first and title_of_token(before):
            begun = before.start  # a surname has no more than the title before it
        article = ""  # of a title without a name
        if not names and (word := next(parsed.below(head, "determiner"), None)):
            article = "a" if plain_token(word) in ("a", "an") else "the"
        told = tuple(map(plain_token, parsed.tokens_in(Span(begun, parsed.tokens[first].start))))
        return Mention(
            span=Span(begun, head.end),
            first=first,
            last=run.last,
            head=self.top(run).i,
            sentence=n,
            kind="name" if names else "noun",
            sort=sort,
            words=names or (plain_token(head),),
            grammar=grammar,
            titles=titles,
            told=told if names else tuple(t for t in titles if t != plain_token(head)),
            label=run.label,
            gender=self.gender(titles, names) if sort in ("person", "") else "",
            many=head.form == "plural-name" and plain_token(head) not in SINGLE,
            definite=article,
            named=bool(names),
        )

    def gender(self, titles: tuple[str, ...], names: tuple[str, ...]) -> str:
        """Return he or she, of a surname by whom the base knows by it on the day."""
        told, day = gender_of(titles, names), self.parsed.report.day
        if told or len(names) != 1 or day is None:
            return told
        every = people_of(names[0], day)
        found = {gender_of((), tuple(fold_name(one.name).split())) for one in every}
        return found.pop() if len(found) == 1 else ""

    def letters(self, start: int, run: Run) -> int:
        """Return where somebody's name ends before the letters of a membership."""
        if run.last - start < 3 or run.label in ("GPE", "LOC"):
            return run.last
        given, last = (self.parsed.tokens[i].text for i in (start, run.last - 1))
        member = last.isupper() and last.isalpha() and 1 < len(last) <= LETTERS
        return run.last - (member and not given.isupper())

    def top(self, run: Run) -> Token:
        """Return the syntactic head of a run: the token with its head outside."""
        for token in reversed(self.parsed.tokens[run.first : run.last]):
            if not run.first <= token.head < run.last or token.head == token.i:
                return token
        return self.parsed.tokens[run.last - 1]

    def begin(self, first: int, last: int) -> int:
        """Return where the words of a name start, titles and nationality taken in."""
        tokens = self.parsed.tokens
        start = first
        lowest = max(0, first - BACK)
        while start > lowest and self.belongs(tokens[start - 1], first, last):
            start -= 1
        while start < first:  # no name starts at a mark, or the "old" of "6-year-old"
            token, before = tokens[start], tokens[max(0, start - 1)]
            tied = before.text == "-" and before.end == token.start
            if token.pos not in ("PUNCT", "DET") and not tied:
                break
            start += 1
        return tokens[start].start

    def belongs(self, token: Token, first: int, last: int) -> bool:
        """Whether the word before a name is a title or nationality of it."""
        if token.pos in ("PUNCT", "VERB", "ADP", "CCONJ", "DET", "PRON", "AUX"):
            return token.text == "-"
        if token.pos == "SPACE" or token.relation == "owner" or token.i in self.barred:
            return False
        if self.titles.apart(token) or plain_token(token) == "caption":
            return False
        climbs = token.relation in INSIDE and token.i < token.head < last
        return climbs or (
            token.i + 1 == first and plain_token(token) in load_people_words()["title"]
        )

    def sort(self, run: Run, head: Token, names: tuple[str, ...], titles: tuple[str, ...]) -> Sort:
        """Tell people, bodies, states and places apart by titles and the tagger."""
        given = load_people_words()
        seen = {self.labels.get(i, "") for i in range(run.first, run.last)} | {run.label}
        known = countries()
        text = " ".join(t.text for t in self.parsed.tokens[run.first : run.last])
        land = len(names) == 1 and known.by_name(text) is not None
        if titles or ("PERSON" in seen and not land):
            return "person"
        if known.by_name(text) or known.by_demonym(text):
            return "people" if head.form == "plural-name" and run.label == "NORP" else "state"
        if len(names) > 1 and (names[0] in given["he"] or names[0] in given["she"]):
            return "person" if "ORG" not in seen else "body"
        if run.label == "NORP":
            return "people" if head.form in ("plural-name", "plural-noun") else "body"
        sorts: dict[str, Sort] = {"ORG": "body", "GPE": "place"}
        sorts |= {"LOC": "place", "FAC": "place"}
        return sorts.get(run.label, "")


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
            name = [plain_token(token) in lowercase() for token in tokens[at : run.last]]
            return run.first if len(name) < 2 or any(name) else at
        while run.first < at < run.last - 1 and not tokens[at].text[:1].isalnum():
            at += 1  # "Col", then ". Adnan Karim"
        while at < run.last - 1:  # a word of a name is none: "autocrat Karlov"
            word = tokens[at].text
            if not (word.isalpha() and word.islower()) or word in PARTICLES:
                break
            at += 1
        return self.after_office(run, at)

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
        if len(two) < 2 or two[0] not in known or two[1] != "of":
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
            token = tokens[i]
            word = title_of_token(token) or plain_token(token)
            if word == "official" or not (word in known or word in QUALIFY):
                continue
            inside = i >= run.first
            right_before = i + 1 == run.first
            leads = token.relation in ("compound", "adjective", "noun-modifier")
            leads = leads and token.head >= run.first  # "leader Kim"
            if (inside or right_before or leads) and not self.apart(token):
                found.append(word)
        return tuple(found) if not known.isdisjoint(found) else ()

    def apart(self, token: Token) -> bool:
        """Whether a word ends a line: no title of whoever the next line begins with."""
        after = self.parsed.tokens[token.i + 1 : token.i + 2]
        return any("\n" in self.parsed.text[token.end : t.start] for t in after)

    def title_beside(self, name: Token) -> tuple[str, ...]:
        """Return the title that a name stands beside: "the rebels' leader, X Y"."""
        above = self.parsed.tokens[name.head]
        titled = name.relation == "apposition" and above.form == "noun" and above.i < name.i
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
