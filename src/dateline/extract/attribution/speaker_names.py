"""Whom a speaker's words mean: the name that "he", "the minister", "IDF" stand for."""

from collections.abc import Sequence
from dataclasses import replace

from dateline.extract.attribution.spans import Saying
from dateline.model import Actor, Link, Mention, Parsed, Span
from dateline.resources.knowledge_base import base
from dateline.resources.reference import countries

BACK = 2500  # characters over which a pronoun may mean who spoke before
PERSON = "person"  # kind of an entity
LETTERS = (2, 9)  # of an abbreviation
SILENT = frozenset(("state", "place", "thing", "people"))  # nobody calls one "he"
JOINING = frozenset(("CCONJ", "ADP", "SCONJ"))  # none ends whom words name


def name_of_speaker(parsed: Parsed, span: Span) -> Span:
    """Return the words of the name that a speaking "he" or "the minister" stands for.

    A person is called by his name alone, without office or apposition. The
    attribution's reason still points at the words that speak.
    """
    link = parsed.link(span)
    named = holds_name(parsed, span) and (link is None or not link.of_name)
    none = named or link is None or not link.antecedents
    if link is None or none or means_another(parsed, span, link):
        return (
            expand_abbreviation(parsed, span)
            or name_of_person(parsed, span)
            or drop_description(parsed, span)
        )
    words = link.antecedents[0]
    known = is_pronoun(parsed, span) or (
        holds_name(parsed, words) and not of_place(parsed, span, words)
    )
    return (name_of_person(parsed, words) or words) if known else span


def means_another(parsed: Parsed, span: Span, link: Link) -> bool:
    """Whether words tell of somebody else than those whom they are linked to.

    "A former official" is none told before, and "his lawyer" is never "he".
    """
    head = parsed.head_of(span)
    if head is None:
        return False
    new = parsed.words("attribution.newly-told")
    if any(word.text.lower() in new for word in parsed.below(head, "determiner")):
        return True
    owner = next(parsed.below(head, "owner"), None)
    told = parsed.link(owner.span) if owner is not None else None
    return told is not None and told.antecedents == link.antecedents


def drop_description(parsed: Parsed, span: Span) -> Span:
    """Return words without what tells more of whom they name.

    "Two aides who spoke of it" are "two aides", "Paul, a senator" is "Paul".
    """
    tokens = [t for t in parsed.tokens_in(span) if t.pos != "SPACE"]
    head = parsed.head_of(span)
    words = [t for t in tokens if t.pos != "PUNCT"]
    if head is None or not words:
        return span
    ends = [tokens[-1].end]
    if names_person(parsed, head.i):
        ends += [t.start for t in tokens if t.i == head.i + 1 and t.text == ","]
    for clause in (t for t in words if t.relation == "relative-clause"):
        below = [t.i for t in parsed.subtree(clause)]
        if head.i < min(below) and max(below) >= words[-1].i:
            ends.append(parsed.tokens[min(below)].start)
    inside = [t for t in words if t.end <= min(ends)]
    while inside and inside[-1].pos in JOINING:
        inside.pop()
    return Span(span.start, inside[-1].end) if 0 < len(inside) < len(words) else span


def names_person(parsed: Parsed, head: int) -> bool:
    """Whether a word is the head of a person's name."""
    some = parsed.mentions_headed_by(head)
    return any(m.kind == "name" and m.sort == PERSON for m in some)


def name_of_person(parsed: Parsed, span: Span) -> Span | None:
    """Return the name of the one person whom words are of: "Foreign Minister Lee"."""
    head = parsed.head_of(span)
    if head is None:
        return None
    inside = [m for m in parsed.names_over(span) if span.covers(m.span)]
    named = [m for m in inside if m.sort == "person" and m.last - m.first > 1]
    whole = [m for m in named if m.span == span]
    heads = [(m, parsed.tokens[m.head]) for m in named]
    # of the words' head, or standing beside it as the same
    own = whole or [
        m
        for m, word in heads
        if word.i == head.i or (word.relation, word.head) == ("apposition", head.i)
    ]
    listed = any(word.relation == "conjunct" for _, word in heads)
    if len(own) != 1 or (listed and not whole):
        return None
    first, last = parsed.tokens[own[0].first], parsed.tokens[own[0].last - 1]
    return first.span.join(last.span)


def of_place(parsed: Parsed, span: Span, words: Span) -> bool:
    """Whether people's words are linked to the place or the body that they are of."""
    heads = parsed.once("last mentions by their heads", last_by_head)
    own, other = (parsed.head_of(each) for each in (span, words))
    if own is None or other is None:
        return False
    mine, others = (heads[w.i].sort if w.i in heads else None for w in (own, other))
    if mine == "state":
        return False
    if mine == PERSON and others == "body":
        return True  # a spokesman is not the council that he speaks for
    return others in ("state", "place")


def is_pronoun(parsed: Parsed, span: Span) -> bool:
    """Whether words are a pronoun."""
    head = parsed.head_of(span)
    return head is not None and head.pos == "PRON"


def holds_name(parsed: Parsed, span: Span) -> bool:
    """Whether words hold a name."""
    return any(token.pos == "PROPN" for token in parsed.tokens_in(span))


def expand_abbreviation(parsed: Parsed, span: Span) -> Span | None:
    """Return the name in the report that an abbreviation is short for."""
    tokens = parsed.tokens_in(span)
    words = [t for t in tokens if t.pos not in ("DET", "PUNCT")]
    short = words[0].text if len(words) == 1 else ""
    if not short[:1].isupper() or not LETTERS[0] <= len(short) <= LETTERS[1]:
        return None
    letters = short.replace(".", "")
    if letters.isupper() and letters.isalpha():
        told = parsed.once("names by their initials", names_by_initials)
        if letters in told:
            return told[letters]
    told = parsed.once("names by their short forms", names_by_short_form)
    return told.get(short)


def names_of_several_words(parsed: Parsed) -> list[Mention]:
    """Return the names of a report that have more words than one."""
    return [m for m in parsed.mentions if m.kind == "name" and m.last - m.first > 1]


def names_by_initials(parsed: Parsed) -> dict[str, Span]:
    """Return the first name of each initials."""
    found: dict[str, Span] = {}
    for name in names_of_several_words(parsed):
        letters = (t.text[0] for t in parsed.tokens[name.first : name.last])
        found.setdefault("".join(filter(str.isupper, letters)), name.span)
    return found


def names_by_short_form(parsed: Parsed) -> dict[str, Span]:
    """Return the first name that stands before each short form in brackets.

    So does that of "Security Council (Rnbo)". A form may hold brackets of its own, so
    every one that a bracket ends is among them.
    """
    found: dict[str, Span] = {}
    least, most = LETTERS
    for name in names_of_several_words(parsed):
        opening = Span(name.span.end, name.span.end + 2)
        after = parsed.text[opening.end : opening.end + most + 1]
        if opening.of(parsed.text) == " (":
            for size in range(least, len(after)):
                if after[size] == ")":
                    found.setdefault(after[:size], name.span)
    return found


def last_by_head(parsed: Parsed) -> dict[int, Mention]:
    """Return the last mention of each head word."""
    return {mention.head: mention for mention in parsed.mentions}


def spoke_before(parsed: Parsed, span: Span, some: Sequence[Saying]) -> Span | None:
    """Return who spoke last, of `some` in text order, of whom a pronoun can be said.

    Only where the cast of the report does not know whom it stands for.
    """
    heads = parsed.once("last mentions by their heads", last_by_head)
    head = parsed.head_of(span)
    one = heads.get(head.i) if head is not None else None
    if one is None or one.kind != "pronoun" or parsed.link(span):
        return None
    if parsed.words("attribution.third-person").isdisjoint(one.words):
        return None
    for saying in reversed(some):
        source = saying.source[0]
        if source.end > span.start:
            continue
        if span.start - source.end > BACK:
            return None
        words, other = name_of_speaker(parsed, source), parsed.head_of(source)
        told = heads.get(other.i) if other is not None else None
        # who is "her" elsewhere is no "he"
        genders = parsed.once("genders of names by pronouns", genders_by_pronouns)
        of_other = one.gender and genders.get(words.of(parsed.text), set()) - {one.gender}
        if is_pronoun(parsed, words) or of_other:
            continue
        if told is None or pronoun_fits(one, told):
            return words
    return None


def genders_by_pronouns(parsed: Parsed) -> dict[str, set[str]]:
    """Return the genders of the pronouns that stand for each name."""
    found: dict[str, set[str]] = {}
    for mention in parsed.mentions:
        if mention.kind == "pronoun" and mention.gender:
            link = parsed.link(mention.span)
            for words in link.antecedents[:1] if link else ():
                found.setdefault(words.of(parsed.text), set()).add(mention.gender)
    return found


def pronoun_fits(one: Mention, other: Mention) -> bool:
    """Whether a pronoun can be said of somebody, by gender, number and kind."""
    if one.gender:
        fits = other.gender in ("", one.gender)
        return fits and not other.many and other.sort not in SILENT
    if one.many:
        return other.many or other.sort in ("people", "body", "state")
    return not other.many and other.sort in ("body", "state", "thing", "")


def name_of_office_holder(parsed: Parsed, words: Span, who: Actor | None) -> Span:
    """Return the name that a report has of somebody told by his office alone.

    "The Canadian prime minister" speaks by the name that the base knows him by, where
    the report tells it too.
    """
    named = any(names_person(parsed, token.i) for token in parsed.tokens_in(words))
    if who is None or who.entity is None or named:
        return words
    known = base().get(who.entity)
    if known is None or known.kind != PERSON:
        return words
    last = known.name.rsplit(" ", 1)[-1].lower()
    names = parsed.once("names by their last words", names_by_last_word).get(last)
    if not names:
        return words
    full = max(names, key=lambda m: m.last - m.first).span
    return name_of_person(parsed, full) or full


def names_by_last_word(parsed: Parsed) -> dict[str, list[Mention]]:
    """Return the names that end in each word."""
    found: dict[str, list[Mention]] = {}
    for mention in parsed.mentions:
        if mention.kind == "name" and mention.words:
            found.setdefault(mention.words[-1], []).append(mention)
    return found


def speaker_in_own_words(parsed: Parsed, span: Span, who: Actor) -> Actor:
    """Return a speaker under his own words.

    An ambassador is not called his country, nor a spokesman the body he speaks for.
    """
    if who.entity is not None:
        head = parsed.head_of(span)
        sorts = {m.head: m.sort for m in parsed.mentions_over(span)}
        human = head is not None and sorts.get(head.i) in ("person", "people")
        known = base().get(who.entity)
        if not human or (known is not None and known.kind == PERSON):
            return who
    text = " ".join(name_of_speaker(parsed, span).of(parsed.text).split())
    names = countries()
    if names.by_name(text) or names.by_demonym(text) or names.by_capital(text):
        return who
    return replace(who, name=text)


def join_speakers(parsed: Parsed, span: Span, found: Sequence[Actor]) -> Actor:
    """Return several who speak as one, of their one country: "Hamas and Fatah"."""
    land = {one.country for one in found}
    name = " ".join(name_of_speaker(parsed, span).of(parsed.text).split())
    country = found[0].country if len(land) == 1 else None
    return replace(found[0], name=name, country=country, entity=None)
