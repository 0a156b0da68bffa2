"""He, she, it, "the president", "the two leaders": linked only where one reading is left."""

from collections.abc import Iterator

from dateline.language.en.cast import Cast
from dateline.language.en.mentions import BACK, SUBJECTS, Mention, is_subject, lexicon, plain
from dateline.model import Link, Parsed, Sentence, Span, Token, Why

HE = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}
QUOTES = frozenset(('"', "“", "”", "``", "''"))
PAIRS = frozenset(("leaders", "presidents", "men", "ministers", "premiers", "women"))
LANDS = frozenset(("countries", "nations", "sides", "states", "neighbors", "neighbours"))
LANDS_TOO = frozenset(("governments", "capitals", "koreas", "parties"))
BODIES = frozenset(("org", "place", "name"))


def pronouns(cast: Cast) -> None:
    """Link the pronouns and bare titles of every sentence, in order."""
    quoted = quoted_tokens(cast.parsed)
    for n, sentence in enumerate(cast.parsed.sentences):
        for token in cast.parsed.tokens[sentence.first : sentence.last]:
            link = one(cast, n, token, token.i in quoted)
            if link is not None and link.antecedents:
                cast.links.append(link)


def quoted_tokens(parsed: Parsed) -> frozenset[int]:
    """Return the tokens that stand within quotation marks; a paragraph's end shuts them."""
    found: set[int] = set()
    inside = False
    for sentence in parsed.sentences:
        for token in parsed.tokens[sentence.first : sentence.last]:
            if token.text in QUOTES:
                inside = token.text in ("“", "``") or (token.text == '"' and not inside)
            elif inside:
                found.add(token.i)
        if parsed.text[sentence.span.end : sentence.span.end + 1] == "\n":
            inside = False
    return frozenset(found)


def one(cast: Cast, n: int, token: Token, quoted: bool) -> Link | None:
    """Return the link of one token, by its kind."""
    word = token.text.lower()
    if word in HE and token.pos == "PRON":
        return None if quoted else he(cast, n, token)
    if word in ("it", "its"):
        return None if quoted else it(cast, n, token)
    if word in ("i", "we") and quoted:
        return speaker(cast, n, token)
    if token.pos in ("NOUN", "PROPN") and definite(cast.parsed, token):
        return described(cast, n, token)
    return None


def definite(parsed: Parsed, token: Token) -> bool:
    """Whether a noun stands with "the", "both" or "that" and no more than a number between."""
    first = token.i
    low = parsed.sentence_at(token.start)
    start = low.first if low else 0
    for i in range(first - 1, max(start, first - 4) - 1, -1):
        word = plain(parsed.tokens[i])
        if word in ("the", "both", "that"):
            return True
        if word not in ("two", "three", "prime", "foreign", "vice", "defense", "-"):
            return False
    return False


def he(cast: Cast, n: int, token: Token) -> Link | None:
    """Link he or she to the one man or woman the grammar leaves."""
    sex = HE[token.text.lower()]
    here = [m for m in persons(cast, n, sex) if m.last <= token.i]
    rule = "coreference.clause-subject.v1"
    if token.dep in ("dobj", "pobj", "dative"):
        barred = own_subject(cast.parsed, token, here)
        chosen = alone([m for m in here if barred is None or m.who != barred.who])
    else:
        chosen = governing(cast.parsed, token, here) or alone(here)
    above = proper_subject(cast.parsed, token) if chosen is None else None
    if above is not None:
        return of_name(cast, token, above)
    if chosen is None and not here and n > 0:
        chosen = carried(cast, n, sex)
        rule = "coreference.last-subject.v1"
    if chosen is None:
        return None
    return taken_up(cast, n, token, chosen, rule, sex)


def proper_subject(parsed: Parsed, token: Token) -> Token | None:
    """Return the name that is subject of a clause above a pronoun's own."""
    verb = next((t for t in parsed.above(token) if t.pos in ("VERB", "AUX")), None)
    for clause in parsed.above(verb) if verb else ():
        for subject in parsed.below(clause, *SUBJECTS):
            if subject.pos == "PROPN" and subject.i < token.i:
                return subject
    return None


def of_name(cast: Cast, token: Token, name: Token) -> Link | None:
    """He after the name of somebody else unknown is that man, unless it names a place."""
    labelled = cast.labels.get(name.i) in ("ORG", "GPE", "NORP", "LOC")
    if labelled or name.tag == "NNPS" or plain(name) in ("north", "south"):
        return None
    span = noun_phrase(cast.parsed, name)
    return Link(token.span, (span,), Why("coreference.clause-subject.v1", span))


def own_subject(parsed: Parsed, token: Token, here: list[Mention]) -> Mention | None:
    """Return who acts in the clause of an object pronoun, and so cannot be meant by it."""
    for verb in parsed.above(token):
        if verb.pos not in ("VERB", "AUX"):
            continue
        for subject in parsed.below(verb, *SUBJECTS):
            return naming(parsed, here, subject)
    return None


def persons(cast: Cast, n: int, sex: str) -> list[Mention]:
    """Return the people of sentence `n` whom he or she may stand for."""
    return [
        m
        for m in cast.scenes[n]
        if m.who >= 0 and cast.people[m.who].gender in ("", sex)
    ]


def governing(parsed: Parsed, token: Token, here: list[Mention]) -> Mention | None:
    """Return the person who is subject of a clause that the pronoun's clause hangs on."""
    verb = next((t for t in parsed.above(token) if t.pos in ("VERB", "AUX")), None)
    if verb is None:
        return None
    clauses = [verb, *parsed.above(verb)]
    if token.dep in SUBJECTS:
        clauses = clauses[1:]
    for clause in clauses:
        if clause.dep == "relcl" and token.dep not in SUBJECTS:
            return naming(parsed, here, parsed.tokens[clause.head])
        for subject in parsed.below(clause, *SUBJECTS):
            if subject.i < token.i and (found := naming(parsed, here, subject)):
                return found
    return None


def naming(parsed: Parsed, here: list[Mention], subject: Token) -> Mention | None:
    """Return the mention that a subject is, itself or through its title."""
    below = {subject.i, *(t.i for t in parsed.below(subject, "appos"))}
    if subject.dep == "appos":
        below.add(subject.head)
    return next((m for m in here if m.head.i in below), None)


def alone(here: list[Mention]) -> Mention | None:
    """Return the last mention where all before the pronoun are of one person."""
    return here[-1] if here and len({m.who for m in here}) == 1 else None


def carried(cast: Cast, n: int, sex: str) -> Mention | None:
    """Return who carries over from the sentence before: its main subject, or its only person."""
    for back in (n - 1, n - 2):
        if back < 0:
            return None
        scene = persons(cast, back, sex)
        if not scene:
            continue
        found = main_subject(cast.parsed, cast.parsed.sentences[back], scene)
        found = found or alone(scene)
        if found is None or joint(cast.parsed, found, cast.scenes[back]):
            return None
        return found
    return None


def joint(parsed: Parsed, one: Mention, scene: list[Mention]) -> bool:
    """Whether a subject is joined by "and" to somebody else: he may be either."""
    edge = {one.first - 1, one.last}
    if not any(parsed.tokens[i].dep == "cc" for i in edge if 0 <= i < len(parsed.tokens)):
        return False
    return any(m is not one and abs(m.first - one.first) <= BACK for m in scene)


def main_subject(
    parsed: Parsed, sentence: Sentence, scene: list[Mention]
) -> Mention | None:
    """Return the mention that is subject of the sentence's main verb."""
    tokens = parsed.tokens[sentence.first : sentence.last]
    root = next((t for t in tokens if t.head == t.i), None)
    if root is None:
        return None
    for subject in parsed.below(root, *SUBJECTS):
        if found := naming(parsed, scene, subject):
            return found
    return None


def taken_up(
    cast: Cast, n: int, token: Token, chosen: Mention, rule: str, sex: str
) -> Link:
    """Return the link of a pronoun and let later pronouns see it."""
    person = cast.people[chosen.who]
    person.gender = person.gender or sex
    pronoun = Mention(
        token.i,
        token.i + 1,
        token,
        "pronoun",
        (),
        (),
        token.span,
        is_subject(cast.parsed, token),
        chosen.who,
    )
    cast.scenes[n].append(pronoun)
    return Link(token.span, (person.best.span,), Why(rule, chosen.span))


def it(cast: Cast, n: int, token: Token) -> Link | None:
    """It, as subject of what is said or of saying, stands for the agency or state that says so."""
    parsed = cast.parsed
    verb = parsed.tokens[token.head]
    if token.dep not in SUBJECTS or empty(parsed, verb):
        return None
    above = parsed.tokens[verb.head]
    if verb.dep == "ccomp" and says(above):
        subject = next(parsed.below(above, *SUBJECTS), None)
        if subject is not None and subject.i < token.i and is_thing(cast, subject):
            return bodied(cast, token, subject, "coreference.it-says.v1")
    if says(verb) and n > 0 and verb.dep in ("ROOT", "ccomp", "conj"):
        subject = last_speaker(cast, parsed.sentences[n - 1])
        if subject is not None:
            return bodied(cast, token, subject, "coreference.it-said.v1")
    return None


def empty(parsed: Parsed, verb: Token) -> bool:
    """Whether "it" stands for nothing: "it is clear that", "it seems"."""
    if verb.lemma in ("seem", "appear", "rain", "snow", "matter"):
        return True
    if verb.lemma != "be" and not any(parsed.below(verb, "auxpass")):
        return False
    below = [verb, *parsed.below(verb, "acomp", "attr", "oprd")]
    return any(True for t in below for _ in parsed.below(t, "ccomp", "xcomp", "advcl"))


def is_thing(cast: Cast, token: Token) -> bool:
    """Whether the subject of saying is one organisation, agency or state by any name."""
    if token.pos == "NOUN" and token.tag == "NN":
        known = lexicon()
        return plain(token) not in known["noun"] and plain(token) not in known["title"]
    return is_body(cast, token)


def says(verb: Token) -> bool:
    """Whether a verb is one of saying."""
    return verb.lemma in lexicon()["say"]


def is_body(cast: Cast, token: Token) -> bool:
    """Whether a subject is an organisation, an agency or a state, not a man."""
    if token.pos == "PRON" or token.tag in ("NNS", "NNPS"):
        return False
    word = plain(token)
    if word in lexicon()["noun"] or word in lexicon()["title"]:
        return False
    return cast.labels.get(token.i) in ("ORG", "GPE", "NORP") or token.lemma.lower() in lexicon()["group"]


def last_speaker(cast: Cast, sentence: Sentence) -> Token | None:
    """Return the organisation that the sentence before quotes, when it quotes one alone."""
    parsed = cast.parsed
    tokens = parsed.tokens[sentence.first : sentence.last]
    said = [
        subject
        for verb in tokens
        if says(verb)
        for subject in parsed.below(verb, *SUBJECTS)
    ]
    return said[0] if len(said) == 1 and is_body(cast, said[0]) else None


def bodied(cast: Cast, token: Token, subject: Token, rule: str) -> Link:
    """Return the link of "it" to the words of an organisation."""
    span = noun_phrase(cast.parsed, subject)
    return Link(token.span, (span,), Why(rule, span))


def noun_phrase(parsed: Parsed, head: Token) -> Span:
    """Return a noun with what stands before it, without its article."""
    left = [t for t in parsed.subtree(head) if t.i <= head.i and t.pos != "DET"]
    return Span(left[0].start, head.end) if left else head.span


def speaker(cast: Cast, n: int, token: Token) -> Link | None:
    """I or we within quotation marks stands for the one speaker of the same sentence."""
    parsed = cast.parsed
    sentence = parsed.sentences[n]
    tokens = parsed.tokens[sentence.first : sentence.last]
    quoted = quoted_here(tokens)
    said = [
        subject
        for verb in tokens
        if says(verb) and verb.i not in quoted
        for subject in parsed.below(verb, *SUBJECTS)
        if subject.i not in quoted
    ]
    if len(said) != 1 or said[0].i == token.i:
        return None
    span = noun_phrase(parsed, said[0])
    found = next((m for m in cast.scenes[n] if m.head.i == said[0].i and m.who >= 0), None)
    full = cast.people[found.who].best.span if found else span
    return Link(token.span, (full,), Why("coreference.speaker.v1", span))


def quoted_here(tokens: tuple[Token, ...]) -> set[int]:
    """Return the tokens of one sentence that stand between its own quotation marks."""
    marks = [t.i for t in tokens if t.text in QUOTES]
    if len(marks) % 2:
        first, last = tokens[0].i, tokens[-1].i
        marks = [first - 1, *marks] if tokens[0].text not in QUOTES else [*marks, last + 1]
    return {i for a, b in zip(marks[::2], marks[1::2], strict=False) for i in range(a, b)}


def described(cast: Cast, n: int, token: Token) -> Link | None:
    """Link "the president", "the two leaders", "both sides", "the group" where one fits."""
    word = plain(token)
    if any(cast.parsed.below(token, "prep", "relcl", "poss", "appos", "amod")):
        return None
    if word in PAIRS or word in LANDS or word in LANDS_TOO:
        return pair(cast, n, token, word)
    if word in lexicon()["title"]:
        return titled(cast, n, token)
    if word in lexicon()["group"]:
        return grouped(cast, n, token)
    return None


def titled(cast: Cast, n: int, token: Token) -> Link | None:
    """A bare title stands for the one person of the report who was given that title."""
    parsed = cast.parsed
    before = [t for t in parsed.below(token, "compound", "amod") if t.i < token.i]
    titles = {plain(token), *(plain(t) for t in before)}
    chosen = entitled(cast, n, token, titles)
    if chosen is None:
        return None
    mention = Span(start_of(parsed, token), token.end)
    best = cast.people[chosen].best
    cast.scenes[n].append(
        Mention(
            token.i, token.i + 1, token, "title", (), (), mention,
            is_subject(parsed, token), chosen,
        )
    )
    return Link(mention, (best.span,), Why("coreference.title.v1", best.span))


def entitled(cast: Cast, n: int, token: Token, titles: set[str]) -> int | None:
    """Return the one person of that title: of the report, else of these two sentences."""
    every = set.intersection(*(cast.entitled.get(title, set()) for title in titles))
    near = {
        m.who
        for back in (n, n - 1)
        for m in (cast.scenes[back] if back >= 0 else ())
        if m.who in every and m.last <= token.i
    }
    chosen = every if len(every) == 1 else near
    return next(iter(chosen)) if len(chosen) == 1 else None


def start_of(parsed: Parsed, token: Token) -> int:
    """Return where the noun phrase of a bare title starts."""
    return min([token.start, *(t.start for t in parsed.below(token) if t.i < token.i)])


def pair(cast: Cast, n: int, token: Token, word: str) -> Link | None:
    """The two leaders, both sides: the two, and no more, who were named right before."""
    parsed = cast.parsed
    before = {plain(t) for t in parsed.below(token) if t.i < token.i}
    if not before & {"two", "both"}:
        return None
    kinds = ("person",) if word in PAIRS else ("place", "people")
    found: dict[object, Span] = {}
    for back in (n, n - 1, n - 2):
        if back < 0:
            break
        for m in cast.scenes[back]:
            if m.kind in kinds and m.last <= token.i and leads(cast, m):
                found.setdefault(m.who if m.who >= 0 else stem(m), best_span(cast, m))
        if len(found) > 1:
            break
    if len(found) != 2:  # noqa: PLR2004
        return None
    mention = Span(start_of(parsed, token), token.end)
    spans = tuple(sorted(found.values()))
    return Link(mention, spans, Why("coreference.pair.v1", spans[0]))


def leads(cast: Cast, mention: Mention) -> bool:
    """Whether a mention is a country's, or somebody's with a title."""
    return mention.kind != "person" or mention.who < 0 or bool(titles_of(cast, mention))


def titles_of(cast: Cast, mention: Mention) -> set[str]:
    """Return the titles of a person."""
    return cast.people[mention.who].titles - {"mr.", "mrs.", "ms."}


def stem(mention: Mention) -> str:
    """Return what a country and its people have in common: the start of the word."""
    return mention.names[-1][:4] if mention.names else ""


def best_span(cast: Cast, mention: Mention) -> Span:
    """Return the fullest words for a mention."""
    return cast.people[mention.who].best.span if mention.who >= 0 else mention.span


def grouped(cast: Cast, n: int, token: Token) -> Link | None:
    """The group, the ministry, the party: the one organisation named right before."""
    parsed = cast.parsed
    found: dict[str, Span] = {}
    for back in (n, n - 1):
        for m in cast.scenes[back] if back >= 0 else ():
            if m.kind == "org" and m.last <= token.i:
                found[m.names[-1] if m.names else ""] = m.span
        if found:
            break
    word = plain(token)
    alike = {name: span for name, span in found.items() if fits_noun(name, word)}
    if len(found) != 1 or not alike:
        return None
    span = next(iter(alike.values()))
    mention = Span(start_of(parsed, token), token.end)
    return Link(mention, (span,), Why("coreference.group.v1", span))


def fits_noun(name: str, noun: str) -> bool:
    """Whether an organisation of that last word can be called by the noun."""
    general = ("group", "organization", "organisation", "movement", "company")
    return noun == name or noun in general


def koreas(cast: Cast) -> Iterator[Link]:
    """The North and the South stand for the two Koreas in a report that names them."""
    parsed = cast.parsed
    named = dict(korean(parsed))
    if len(named) == 0:
        return
    for token in parsed.tokens:
        if token.text not in ("North", "South", "NORTH", "SOUTH") or token.i == 0:
            continue
        the = parsed.tokens[token.i - 1]
        side = token.text.lower()
        if the.text.lower() == "the" and side in named and stands_alone(parsed, token):
            span = Span(the.start, token.end)
            yield Link(span, (named[side],), Why("coreference.koreas.v1", named[side]))


def korean(parsed: Parsed) -> Iterator[tuple[str, Span]]:
    """Yield where "North Korea" and "South Korea" are named, the first place last."""
    for token in reversed(parsed.tokens[:-1]):
        word = token.text.lower()
        if word in ("north", "south"):
            after = parsed.tokens[token.i + 1]
            if after.text.lower().startswith("korea"):
                yield word, Span(token.start, after.end)


def stands_alone(parsed: Parsed, token: Token) -> bool:
    """Whether "the North" is no part of a longer name and no direction."""
    after = parsed.tokens[token.i + 1 : token.i + 2]
    return not (after and (after[0].pos == "PROPN" or after[0].text == "of"))
