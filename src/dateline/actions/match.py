"""Find the words that may tell an act: verbs, nouns, states; and idioms that do not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.actions.grammar import passive
from dateline.actions.modality import negated
from dateline.codebook import FolderCodebook, Frame
from dateline.model import Parsed, Sentence, Span, Token

REACH = 9  # words between a verb and the last word of its unit
NEAR = 3  # words that a trigger may jump over and still be shown as one


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may tell an act, and the frames that its words allow, best first."""

    head: Token
    words: tuple[Token, ...]
    frames: tuple[tuple[Frame, tuple[Token, ...]], ...]


SLIPS = {  # what the lemmatiser makes of some past forms
    "'s": "be",
    "’s": "be",
    "stag": "stage",
    "wag": "wage",
    "snip": "snipe",
    "fin": "fine",
    "instal": "install",
    "readie": "ready",
    "cordone": "cordon",
    "lambast": "lambaste",
    "slew": "slay",
    "overthrew": "overthrow",
    "rebuilt": "rebuild",
    "waterboarde": "waterboard",
    "unbane": "unban",
    "retook": "retake",
    "backpedalle": "backpedal",
    "extoll": "extol",
    "resupplie": "resupply",
    "resupplye": "resupply",
    "reoccupie": "reoccupy",
    "reoccupye": "reoccupy",
    "readmitte": "readmit",
    "rearreste": "rearrest",
    "napalme": "napalm",
    "wiretappe": "wiretap",
    "unbanne": "unban",
    "greenlighte": "greenlight",
    "batone": "baton",
    "truncheone": "truncheon",
    "poohe": "pooh",
    "din": "dine",
    "ax": "axe",
    "wad": "wade",
}
FORMS = {"raped": "rape", "raping": "rape", "spared": "spare", "sparing": "spare"}


def lower(token: Token) -> str:
    """Return a token's lemma in small letters."""
    lemma = token.lemma.lower()
    if token.tag[:1] != "V":
        return lemma
    return FORMS.get(token.text.lower()) or SLIPS.get(lemma, lemma)


def says(token: Token, word: str) -> bool:
    """Whether a token is `word`, inflected or as it stands."""
    return lower(token) == word or token.text.lower() == word


def run(tokens: Sequence[Token], unit: Sequence[str]) -> tuple[Token, ...]:
    """Return the tokens at the start of `tokens` that spell `unit`, else ().

    Hyphens between are skipped.
    """
    found: list[Token] = []
    for token in tokens:
        if len(found) == len(unit):
            break
        if token.text in ("-", "–"):
            continue
        if not says(token, unit[len(found)]):
            return ()
        found.append(token)
    return tuple(found) if len(found) == len(unit) else ()


def vetoed(book: FolderCodebook, tokens: Sequence[Token]) -> frozenset[int]:
    """Return the tokens that stand in an idiom which is not what it seems."""
    out: set[int] = set()
    for at, token in enumerate(tokens):
        for key in {lower(token), token.text.lower()}:
            for unit in book.lexicon.vetoes.get(key, ()):
                out.update(t.i for t in run(tokens[at : at + 2 * len(unit)], unit))
    return frozenset(out)


def candidates(
    book: FolderCodebook, parsed: Parsed, sentence: Sentence
) -> Iterator[Candidate]:
    """Yield the words of one sentence that frames know, idioms left out."""
    tokens = parsed.tokens[sentence.first : sentence.last]
    barred = vetoed(book, tokens)
    for at, token in enumerate(tokens):
        wordless = not token.text[0].isalpha() and token.pos not in ("VERB", "AUX")
        if token.i in barred or wordless:
            continue
        if token.pos in ("VERB", "AUX"):
            frames = verb_frames(book, parsed, token, tokens[at:])
            frames = [*state_frames(book, parsed, token), *frames]
        elif token.pos in ("NOUN", "PROPN"):
            frames = noun_frames(book, tokens[at:])
        elif token.pos == "ADJ" and token.dep in (
            "acomp",
            "conj",
            "oprd",
            "advcl",
            "amod",
        ):
            frames = [(f, (token,)) for f in book.lexicon.states.get(lower(token), ())]
        else:
            continue
        if frames:
            first = frames[0][1]
            head = token if token.pos in ("VERB", "AUX", "ADJ") else inner(first)
            if head.dep == "compound":
                continue
            yield Candidate(head, first, tuple(frames))


def inner(words: Sequence[Token]) -> Token:
    """Return the word of a nominal unit on which the others hang."""
    own = {t.i for t in words}
    outside = [t for t in words if t.head not in own or t.head == t.i]
    return outside[-1] if outside else words[-1]


def noun_frames(
    book: FolderCodebook, tokens: Sequence[Token]
) -> list[tuple[Frame, tuple[Token, ...]]]:
    """Return the nominal frames that `tokens` begin with, the longest first."""
    found = []
    for key in dict.fromkeys((lower(tokens[0]), tokens[0].text.lower())):
        for frame in book.lexicon.nouns.get(key, ()):
            words = run(tokens[: 2 * len(frame.unit)], frame.unit)
            if words and inner(words).pos in ("NOUN", "PROPN", "VERB"):
                found.append((frame, words))
    return found


def verb_frames(
    book: FolderCodebook, parsed: Parsed, verb: Token, tokens: Sequence[Token]
) -> list[tuple[Frame, tuple[Token, ...]]]:
    """Return the verbal frames whose words hang on `verb`, the longest first."""
    bare = verb.dep in ("amod", "compound") and not list(parsed.below(verb, "nsubj"))
    if verb.dep in ("aux", "auxpass") or bare:
        return []
    found = []
    start = hyphened(parsed, verb)
    near = spoken(parsed, verb, tokens)
    frames = [
        f
        for f in book.lexicon.verbs.get(start[0], ())
        if f.unit[: len(start)] == start and near.issuperset(f.unit[len(start) :])
    ]
    never = negated(parsed, verb) if any(f.negative for f in frames) else False
    for frame in frames:
        if frame.negative and not never:
            continue
        words = unit_words(parsed, verb, frame.unit[len(start) :], tokens)
        if words is not None:
            found.append((frame, (verb, *words)))
    return sorted(found, key=spread)


def spoken(parsed: Parsed, verb: Token, tokens: Sequence[Token]) -> set[str]:
    """Return every word that a unit of `verb` could be made of."""
    others = [*parsed.below(verb, "nsubjpass"), parsed.tokens[verb.head]]
    words = [*tokens[1:REACH], *others]
    return {lower(t) for t in words} | {t.text.lower() for t in words}


def spread(found: tuple[Frame, tuple[Token, ...]]) -> tuple[int, bool]:
    """Long units before short ones; a verb's particle is its own: "turned over to"."""
    frame, words = found
    loose = len(words) > 1 and words[1].dep != "prt"
    return -len(frame.unit) - 2 * frame.negative, loose


def hyphened(parsed: Parsed, verb: Token) -> tuple[str, ...]:
    """Return a verb's lemma, after the word that a hyphen ties to it: "test-fire"."""
    tied = parsed.tokens[max(verb.i - 2, 0) : verb.i]
    if (
        len(tied) < TIED
        or tied[1].text not in ("-", "–")
        or tied[0].end != tied[1].start
    ):
        return (lower(verb),)
    return (lower(tied[0]), lower(verb))


TIED = 2


def state_frames(
    book: FolderCodebook, parsed: Parsed, verb: Token
) -> list[tuple[Frame, tuple[Token, ...]]]:
    """Return the frames of a participle that tells a state: "is committed to"."""
    if verb.tag != "VBN" or not passive(parsed, verb):
        return []
    return [(f, (verb,)) for f in book.lexicon.states.get(verb.text.lower(), ())]


def unit_words(
    parsed: Parsed, verb: Token, rest: Sequence[str], tokens: Sequence[Token]
) -> tuple[Token, ...] | None:
    """Return the further words of a verbal unit, None where one is missing."""
    if not rest:
        return ()
    found: list[Token] = []
    for token in tokens[1:REACH]:
        if says(token, rest[len(found)]) and hangs(
            parsed, token, (verb, *found), rest[len(found) + 1 :]
        ):
            found.append(token)
            if len(found) == len(rest):
                return tuple(found)
    if len(rest) == 1 and passive(parsed, verb):
        told = [t for t in parsed.below(verb, "nsubjpass") if says(t, rest[0])]
        if not told and verb.dep == "acl" and says(parsed.tokens[verb.head], rest[0]):
            told = [parsed.tokens[verb.head]]
        return tuple(told) or None
    return None


def in_aid(parsed: Parsed, word: Token, verb: Token) -> bool:
    """Whether "in" leads on: "gave Chad $2 million in aid" did not give in."""
    led = list(parsed.below(word, "pobj"))
    return bool(led) and any(True for _ in parsed.below(verb, "dobj", "dative"))


def hangs(
    parsed: Parsed, token: Token, unit: Sequence[Token], after: Sequence[str]
) -> bool:
    """Whether `token` hangs on the verb of `unit`, at most three links down.

    "suspended aid in protest" does not suspend a protest: the noun has its own "in".
    """
    head = parsed.tokens[token.head]
    own = {t.i for t in unit}
    loose = token.dep in ("compound", "aux")
    if loose and not any(says(head, word) for word in after):
        return False
    if token.text.lower() == "in" and in_aid(parsed, token, unit[0]):
        return False
    if token.dep == "mark" or (token.dep == "pobj" and token.head not in own):
        # "called for him to resign", "fired hundreds of shells"
        loose = token.dep == "pobj" and head.text.lower() != "of"
        return head.head in own and not loose
    for links in range(3):
        if token.dep in APART and (links or token.head != unit[0].i):
            return False
        if token.head == unit[0].i:
            return True
        token = parsed.tokens[token.head]
    return False


APART = frozenset(("conj", "advcl", "relcl", "parataxis"))


def trigger(words: Sequence[Token]) -> Span:
    """Return the span of a unit: all of it when its words stand close together."""
    first, span = words[0], words[0].span
    for word in words[1:]:
        if 0 < word.i - first.i <= NEAR:
            span = span.join(word.span)
    return span
