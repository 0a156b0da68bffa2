"""Places told by pointing: here, there, the capital, where the text has just been."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from dateline.model import Place, Span, Token
from dateline.places.report import Placed, as_place
from dateline.places.sites import (
    BACK,
    OTHER_TIME,
    Scene,
    closest,
    gone,
    located,
    reached,
)
from dateline.places.ties import governors, hold, level_of, seat, tie
from dateline.places.words import word_list
from dateline.reference import countries

LEAD = 6  # sentences at the top that are told of the dateline's place
FAR = 3  # the loosest tie by which "in the capital" belongs to an act
SEATS = {"capital": "capital", "city": "city", "town": "city", "village": "city"}
SEATS |= {"port": "city", "province": "admin1", "region": "admin1"}
MISSIONS = frozenset(("embassy", "consulate", "mission", "ambassador"))
NOUNS = ("nsubj", "nsubjpass", "dobj", "pobj")
WARDENS = frozenset("police army troop soldier guard patrol gendarme officer".split())


def here(scene: Scene) -> Place | None:
    """Here is where the report was filed: "held talks here on Wednesday"."""
    filed = scene.known.filed
    if filed is None or not any(adverbs(scene, "here")):
        return None
    return as_place(filed, scene.parsed.text, "places.here.v1")


def there(scene: Scene) -> Place | None:
    """There is the place named last: "Rebels hold Goma. They killed six men there"."""
    word = next(adverbs(scene, "there"), None)
    if word is None:
        return None
    found = next(before(scene, word.start, standing), None)
    return as_place(found, scene.parsed.text, "places.there.v1") if found else None


def adverbs(scene: Scene, word: str) -> Iterator[Token]:
    """Yield "here" or "there" on an act, its governors, or who does or suffers it."""
    parsed, act = scene.parsed, scene.act
    over = {act.i}
    if word == "here" or act.pos != "VERB":  # "held talks there"
        over |= {t.i for t in governors(parsed, act)}
    for token in parsed.tokens[scene.sentence.first : scene.sentence.last]:
        if token.text.lower() != word or token.dep == "expl" or token.tag == "EX":
            continue
        head = parsed.tokens[token.head]
        beside = head.dep in NOUNS and head.head == act.i
        if head.i in over or (beside and scene.has("ground")):
            yield token  # "officials there said" only tells where they sit


def standing(scene: Scene, name: Placed) -> bool:
    """Whether a name tells a place of some country, no doer's and no speaker's seat."""
    if not (name.entry and name.entry.country) or seat(scene.parsed, name.span):
        return False
    head = scene.parsed.head_of(name.span)
    if head is None:
        return False
    way, holder = hold(scene.parsed, head)
    sent = way == "to" and holder.lemma.lower() in word_list("goes")
    return head.dep == "dobj" or sent or located(scene.parsed, name)  # "seized Goma"


def before(
    scene: Scene, at: int, fits: Callable[[Scene, Placed], bool]
) -> Iterator[Placed]:
    """Yield the names that fit before a character, the nearest first."""
    sentences = scene.parsed.sentences
    index = sentences.index(scene.sentence)
    for sentence in reversed(sentences[max(0, index - BACK) : index + 1]):
        for name in reversed(scene.known.at(sentence)):
            if name.span.start < at and fits(scene, name):
                yield name


def relative(scene: Scene) -> Place | None:
    """A clause with "where" tells of the place it hangs on: "Rio, where they met"."""
    parsed = scene.parsed
    for verb in (scene.act, *governors(parsed, scene.act)):
        words = [t.text.lower() for t in parsed.below(verb, "advmod")]
        if verb.dep != "relcl" or "where" not in words:
            continue
        named = parsed.tokens[verb.head]
        for p in scene.known.at(scene.sentence):
            if p.span.start <= named.start < p.span.end:
                return as_place(p, parsed.text, "places.relative.v1")
    return None


def bound(scene: Scene) -> Place | None:
    """Who leaves for a place is on his way there: "left Monday for Rome"."""
    if scene.act.lemma.lower() not in word_list("leaves"):
        return None
    return closest(scene, "places.bound.v1", 0, 1, lambda _, held: held.way == "to")


def seated(scene: Scene) -> Place | None:
    """The capital, the city is the one told last: "police fired in the capital"."""
    parsed = scene.parsed
    if scene.has("spoken"):
        return None
    for token in parsed.tokens[scene.sentence.first : scene.sentence.last]:
        kind = SEATS.get(token.text.lower())
        if kind is None or not bare(scene, token):
            continue
        level = level_of(parsed, scene.act, hold(parsed, token)[1])
        if level is not None and level <= FAR and (found := last(scene, token, kind)):
            return replace(found, span=token.span)
    return None


def bare(scene: Scene, token: Token) -> bool:
    """Whether a noun stands with "the" alone after a word that says where."""
    parsed = scene.parsed
    words = [t.text.lower() for t in parsed.below(token) if t.dep != "punct"]
    name = Placed(token.span, None, "")
    return token.dep == "pobj" and words == ["the"] and located(parsed, name)


def last(scene: Scene, token: Token, kind: str) -> Place | None:
    """Return the last place of a kind told before a word, else the dateline's."""

    def fits(_: Scene, name: Placed) -> bool:
        entry = name.entry
        if entry is None:
            return False
        return entry.feature == "PPLC" if kind == "capital" else entry.precision == kind

    filed = scene.known.filed
    found = next(before(scene, token.start, fits), None)
    if found is None and filed is not None and fits(scene, filed):
        found = filed
    return as_place(found, scene.parsed.text, "places.seat.v1") if found else None


def host(scene: Scene) -> Place | None:
    """Who hosts has the guests at home: "Ghana, which hosted talks last month"."""
    verbs = (scene.act, *governors(scene.parsed, scene.act))
    if not scene.has("hosted") or all(v.lemma != "host" for v in verbs):
        return None
    spans = (*scene.action.actors, *scene.action.recipients)
    for p in scene.known.at(scene.sentence):
        if any(p.span == span for span in spans):
            return as_place(p, scene.parsed.text, "places.host.v1")
    return None


def shared(scene: Scene) -> Place | None:
    """What is done beside an act that goes to a place is done there, too."""
    parsed, act = scene.parsed, scene.act
    above = parsed.tokens[act.head]
    if act.dep != "conj" or above.pos != "VERB" or not scene.has("ground"):
        return None
    told = scene.known.at(scene.sentence)
    ties = [(p, held) for p in told if (held := tie(parsed, above, p.span)) is not None]
    at = replace(scene, act=above, ties=ties)
    if not at.goes:
        return None
    return closest(
        at, "places.shared.v1", 0, 1, lambda p, t: reached(p, t) or gone(p, t)
    )


def wardens(scene: Scene) -> Place | None:
    """Police in a city say what they did: they did it there."""
    parsed = scene.parsed
    whole = scene.has("scene") and alone(scene)
    for p in scene.known.at(scene.sentence) if whole else ():
        way, holder = hold(parsed, parsed.head_of(p.span) or scene.act)
        if way == "in" and holder.lemma.lower() in WARDENS and seat(parsed, p.span):
            return as_place(p, parsed.text, "places.wardens.v1")
    return None


def alone(scene: Scene) -> bool:
    """Whether the doers of an act are "they", or nobody is told to do it."""
    return all(
        span.of(scene.parsed.text).lower() in ("they", "it")
        for span in scene.action.actors
    )


def dateline(scene: Scene) -> Place | None:
    """What is told at a report's top, of no other country, is of its dateline's."""
    filed, parsed = scene.known.filed, scene.parsed
    index = parsed.sentences.index(scene.sentence)
    if filed is None or filed.entry is None or not scene.has("scene"):
        return None
    silent = OTHER_TIME.search(scene.sentence.span.of(parsed.text)) is None
    if not silent or index >= LEAD or left(scene, index) or abroad(scene):
        return None
    return as_place(filed, parsed.text, "places.dateline.v1")


def left(scene: Scene, index: int) -> bool:
    """Whether a report has told of a place in another country than its dateline's."""
    filed = scene.known.filed
    home = filed.entry.country if filed and filed.entry else None
    return any(
        p.entry is not None and p.entry.country != home and located(scene.parsed, p)
        for sentence in scene.parsed.sentences[: index + 1]
        for p in scene.known.at(sentence)
    )


def abroad(scene: Scene) -> bool:
    """Whether a foreign force acts, or foreigners who are no embassy suffer."""
    if any(foreign(scene, span) for span in scene.action.actors):
        return True
    return any(
        foreign(scene, span)
        and not MISSIONS & set(span.of(scene.parsed.text).lower().split())
        for span in scene.action.recipients
    )


def foreign(scene: Scene, span: Span) -> bool:
    """Whether words name another country than the dateline's."""
    known = countries()
    for token in scene.parsed.tokens_in(span):
        row = known.by_demonym(token.text) or known.by_name(token.text)
        if row is not None and row.answers != scene.filed:
            return True
    return False
