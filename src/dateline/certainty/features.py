"""What the learned judge looks at: the rules' reading and the words around."""

from collections.abc import Iterator

from dateline.certainty.chain import operators, upward
from dateline.certainty.rules import judge_event_word
from dateline.model import Parsed, Token

NEAR = (
    "auxiliary",
    "passive-auxiliary",
    "negation",
    "determiner",
    "subordinator",
    "adverb",
    "expletive",
    "preposition",
    "particle",
    "owner",
)
CLIMB = 6
MARKS = frozenset("?!")


def judge_features(parsed: Parsed, token: Token) -> list[str]:
    """Return the names of all that is so of an act in its sentence."""
    told = judge_event_word(parsed, token)
    found = [f"status={told.status}", f"rule={told.why.rule}"]
    found.append(f"both={told.status}|{token.relation}|{token.form}")
    found += operators_in_order(parsed, token)
    found += itself(parsed, token)
    found += above(parsed, token)
    found += surroundings_of_act(parsed, token)
    return list(dict.fromkeys(found))


def operators_in_order(parsed: Parsed, token: Token) -> Iterator[str]:
    """Yield what each operator over the act is, and in which order they stand."""
    over = operators(parsed, token)
    yield "effects=" + " ".join(o.affirmed for o in over[:4])
    for operator in over[:6]:
        rule = operator.why.rule.split(".")[1]
        words = operator.why.span.of(parsed.text).lower() if operator.why.span else ""
        yield f"op={rule}:{operator.affirmed}"
        yield f"op={rule}:{words}"


def itself(parsed: Parsed, token: Token) -> Iterator[str]:
    """Yield the act's own word, its form, and the small words on it."""
    lemma = token.lemma.lower()
    yield from (f"lemma={lemma}", f"form={token.form}", f"relation={token.relation}")
    yield from (f"form+relation={token.form}|{token.relation}", f"end={lemma[-4:]}")
    below = list(parsed.below(token))
    for child in below:
        word = child.text.lower()
        yield f"below={child.relation}"
        if child.relation in NEAR:
            yield f"below={child.relation}:{word}"
        elif child.relation in ("subject", "passive-subject"):
            yield f"subject={word if child.pos == 'PRON' else child.form}"
    auxiliaries = [
        c.text.lower()
        for c in below
        if c.relation in ("auxiliary", "passive-auxiliary", "negation")
    ]
    yield f"group={token.form}:{' '.join(auxiliaries)}"


def above(parsed: Parsed, token: Token) -> Iterator[str]:
    """Yield the words that stand over the act, and the way up to them."""
    path = [token.relation]
    for n, head in zip(range(CLIMB), parsed.above(token), strict=False):
        lemma = head.lemma.lower()
        if n < 3:
            yield f"path={'<'.join(path)}"
            yield f"over{n}={lemma}"
            yield f"over={path[-1]}<{lemma}"
        yield f"above={lemma}|{path[0] if n == 0 else 'far'}"
        for child in parsed.below(
            head, "auxiliary", "negation", "subordinator", "passive-auxiliary"
        ):
            yield f"overhead={child.relation}:{child.text.lower()}|{min(n, 2)}"
        path.append(head.relation)
        path = path[-3:]
    yield f"reach={upward(parsed, token) is not None}"


def surroundings_of_act(parsed: Parsed, token: Token) -> Iterator[str]:
    """Yield how the sentence is built and which words stand near."""
    sentence = parsed.sentence_at(token.start)
    if sentence is None:
        return
    inside = parsed.tokens[sentence.first : sentence.last]
    yield f"ends={inside[-1].text if inside else ''}"
    root = next((t for t in inside if t.head == t.i), token)
    yield f"root form={root.form}"
    yield f"root={root.lemma.lower()}"
    for step in (-3, -2, -1, 1, 2):
        at = token.i + step
        if sentence.first <= at < sentence.last:
            yield f"near{step}={parsed.tokens[at].text.lower()}"
    telltale = parsed.words("certainty.telltale") | MARKS
    yield from (f"has={t.text.lower()}" for t in inside if t.text.lower() in telltale)


def manner(parsed: Parsed, token: Token) -> list[str]:
    """Return what tells edited news from people's own talk: words, case, marks.

    Which kind of word is asked about tells too: of talk, any predicate was.
    """
    words = [t.text.lower() for t in parsed.tokens]
    found = {f"w={w}" for w in words}
    found.add(f"length={min(len(words) // 8, 6)}")
    found.add(f"asked={token.form}|{token.relation}")
    if parsed.text[:1].islower():
        found.add("lowercase")
    return sorted(found)
