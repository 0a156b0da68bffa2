"""Places told by pointing: here, there, the capital, where the text has just been."""

from collections.abc import Callable, Iterator

from dateline.model import Place, Token
from dateline.places.report import Placed, as_place
from dateline.places.sites import (
    Scene,
    has_locative_before,
)
from dateline.places.ties import governors, hold, is_speaker_seat

BACK = 3  # sentences before one in which what it speaks of may stand
HERE, THERE = "places.here", "places.there"
NOUNS = ("subject", "passive-subject", "object", "oblique")


def here(scene: Scene) -> Place | None:
    """Here is where the report was filed: "held talks here on Wednesday"."""
    filed = scene.known.filed
    if filed is None or not any(adverbs(scene, HERE)):
        return None
    return as_place(filed, scene.parsed.text, "places.here.v1")


def resolve_there(scene: Scene) -> Place | None:
    """There is the place named last: "Rebels hold Goma. They killed six men there"."""
    word = next(adverbs(scene, THERE), None)
    if word is None:
        return None
    found = next(places_before(scene, word.start, is_free_place), None)
    return as_place(found, scene.parsed.text, "places.there.v1") if found else None


def adverbs(scene: Scene, pointing: str) -> Iterator[Token]:
    """Yield "here" or "there" on an act, its governors, or who does or suffers it."""
    parsed, act = scene.parsed, scene.act
    over, words = {act.i}, parsed.words(pointing)
    if pointing == HERE or act.pos != "VERB":  # "held talks there"
        over |= {t.i for t in governors(parsed, act)}
    for token in parsed.tokens[scene.sentence.first : scene.sentence.last]:
        if (
            token.text.lower() not in words
            or token.relation == "expletive"
            or token.form == "expletive"
        ):
            continue
        head = parsed.tokens[token.head]
        beside = head.relation in NOUNS and head.head == act.i
        if head.i in over or (beside and scene.has("ground")):
            yield token  # "officials there said" only tells where they sit


def is_free_place(scene: Scene, name: Placed) -> bool:
    """Whether a name tells a place of some country, no doer's and no speaker's seat."""
    if not (name.entry and name.entry.country) or is_speaker_seat(
        scene.parsed, name.span
    ):
        return False
    head = scene.parsed.head_of(name.span)
    if head is None:
        return False
    way, holder = hold(scene.parsed, head)
    sent = way == "to" and holder.lemma.lower() in scene.parsed.words("places.move")
    return (
        head.relation == "object" or sent or has_locative_before(scene.parsed, name)
    )  # "seized Goma"


def places_before(
    scene: Scene, at: int, fits: Callable[[Scene, Placed], bool]
) -> Iterator[Placed]:
    """Yield the names that fit before a character, the nearest first."""
    sentences = scene.parsed.sentences
    index = sentences.index(scene.sentence)
    for sentence in reversed(sentences[max(0, index - BACK) : index + 1]):
        for name in reversed(scene.known.at(sentence)):
            if name.span.start < at and fits(scene, name):
                yield name


def resolve_where_clause(scene: Scene) -> Place | None:
    """A clause with "where" tells of the place it hangs on: "Rio, where they met"."""
    parsed = scene.parsed
    where = parsed.words("places.where")
    for verb in (scene.act, *governors(parsed, scene.act)):
        words = {t.text.lower() for t in parsed.below(verb, "adverb")}
        if verb.relation != "relative-clause" or where.isdisjoint(words):
            continue
        named = parsed.tokens[verb.head]
        for p in scene.known.at(scene.sentence):
            if p.span.start <= named.start < p.span.end:
                return as_place(p, parsed.text, "places.relative.v1")
    return None
