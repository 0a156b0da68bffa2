"""Each answer of a claim, its rule in words, the words it read; a text in colours."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.text import Text

Record = dict[str, Any]
Line = tuple[str, str, str, str]
OWN = "What a pattern of the codebook tells is taken as sure."
READERS = {
    "both": "the program and {model} alike",
    "differ": "{model}; the program differs",
    "model": "{model} alone",
    "own": "the program alone",
}
NOTHING = "no single reason stands out: whole answers were weighed against each other"
CHANCE = "The calibrated chance that type, actor and recipient are all right."
STYLES = {
    "act": "bold white on dark_red",
    "actor": "green",
    "recipient": "cyan",
    "when": "yellow",
    "where": "magenta",
    "speaker": "blue",
    "wire": "dim strike",
}
HIDDEN = str.maketrans(
    {c: "\N{REPLACEMENT CHARACTER}" for c in [*range(9), *range(14, 32), *range(127, 160)]}
    | {c: "·" for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B)}
)


def explain_answers(claim: Record, text: str) -> Iterator[Line]:
    """Yield (question, answer, rule in words, words read) in a reader's order."""
    for why in claim["why"]:
        question = why["question"]  # one that a rule answers whole has no words here
        answer = ANSWERS[question](claim) if question in ANSWERS else ""
        yield (question, answer, explain_why(why), words_read(why, text))
    for side in ("actors", "recipients"):
        for who in claim[side]:
            told, because = party_in_words(who), explain_rule(who["why"]["rule"])
            yield (side, told, because, words_read(who["why"], text))
        if how := (claim.get("decided") or {}).get(side):
            yield from explain_side(side, how)
    for many in claim["quantities"]:
        answer = f"{count_in_words(many)} ({many['scope']})"
        because = explain_rule(many["why"]["rule"])
        yield ("how many", answer, because, words_read(many["why"], text))
    yield from second_opinion(claim)
    own = any(w["question"] == "what" and w.get("pattern") for w in claim["why"])
    yield ("confidence", f"{claim['confidence']:.2f}", OWN if own else CHANCE, "")


def explain_side(side: str, how: Record) -> Iterator[Line]:
    """Yield how a side was decided, and why its likeliest rival was not taken."""
    yield (side, f"right: {how['sure']:.2f}", list_evidence(how["spoke"]), "")
    if (rival := how.get("rival")) is not None:
        codes = " ".join([rival["country"] or "?", *rival["sector"]])
        name = f"{rival['name']} ({codes})" if rival["name"] else "nobody"
        answer = f"{rival['share']:.2f} likely"
        yield (f"why not {name}", answer, list_evidence(rival["spoke"]), "")


def list_evidence(names: Sequence[str]) -> str:
    """Return what spoke for an answer in words, the strongest first."""
    words = (load_rule_sentences().get(f"decide.{name}.v1", name).rstrip(".") for name in names)
    told = "; ".join(f"{each[:1].lower()}{each[1:]}" for each in words)
    return f"what spoke for it: {told}" if told else NOTHING


def second_opinion(claim: Record) -> Iterator[Line]:
    """Yield who decided, with the model's reason, and what the program alone said."""
    told = claim.get("opinion")
    if not told:
        return
    who = READERS[claim["reader"]].format(model=told["model"])
    yield ("who decided", who, told["why"] or "it gives no reason", "")
    if own := told["own"]:
        sides = (
            ", ".join(map(party_in_words, own[side])) or "nobody"
            for side in ("actors", "recipients")
        )
        act = " ".join([own["deed"], *own["mode"]])
        answer = f"{act}, {own['status']}: {' > '.join(sides)}"
        yield ("the program alone", answer, f"sure {own['confidence']:.2f}", "")


def party_in_words(who: Record) -> str:
    """Return who a party is, by which line of the user's own list if by any."""
    codes = " ".join([who["country"] or "?", *who["sector"]])
    own = str(who["entity"] or "").startswith("list:")
    how = f"{who['answer']}, {who['entity']}" if own else who["answer"]
    return f"{who['name'] or who['text']}: {codes} ({how})"


def count_in_words(many: Record) -> str:
    """Return a count in words.

    >>> count = {"what": "killed", "low": None, "best": 50.0, "high": 50.0}
    >>> count_in_words({**count, "bound": "up to"})
    'up to 50 killed'
    """
    low, best, high = (many[name] for name in ("low", "best", "high"))
    bound = "" if many["bound"] == "exact" else f"{many['bound']} "
    if best is None and None not in (low, high):
        told = f"{write_number(low)}–{write_number(high)}"
    else:
        known = (value for value in (best, low, high) if value is not None)
        told = f"{bound}{write_number(next(known, 0))}"
    unit = f" {many['unit']}" if many.get("unit") else ""
    return f"{told}{unit} {many['what']}"


def write_number(value: float) -> str:
    """Return a number as people write it.

    >>> write_number(20000000.0), write_number(2.5)
    ('20,000,000', '2.5')
    """
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def told_interval(claim: Record) -> str:
    """Return the interval told."""
    found = claim["when"]
    if not found:
        return "not told"
    told = f"{found['from'] or '…'} to {found['to'] or '…'}"
    if found.get("answer") == "inferred":
        told += ", inferred, not told"
    base = found.get("counted_from")
    return f"{told}, counted from {base}" if base else told


def chain_of_speakers(claim: Record) -> str:
    """Return the chain of speakers."""
    from dateline.model.record import list_speakers  # not for the help: it takes NumPy

    return " › ".join(list_speakers(claim)) or "the report itself"


ANSWERS: dict[str, Callable[[Record], str]] = {
    "what": lambda claim: " ".join([claim["type"], *claim["mode"], claim["cameo"]]).strip(),
    "when": told_interval,
    "where": lambda claim: (
        f"{claim['where']['name']} ({claim['where']['precision']})"
        if claim["where"]
        else "not told"
    ),
    "background": lambda claim: "of before: no news of this report",
    "says who": chain_of_speakers,
    "how sure": lambda claim: str(claim["status"]),
    "how": lambda claim: " ".join(claim["mode"]),
    "mode": lambda claim: " ".join(claim["mode"]),
    "contexts": lambda claim: " ".join(claim["contexts"]),
}


def words_read(why: Record, text: str) -> str:
    """Return the words that a rule read."""
    if why["start"] is None:
        return ""
    return text[why["start"] : why["end"]]


def explain_why(why: Record) -> str:
    """Return what a rule does, in words, and the user's pattern that decided.

    >>> explain_why({"rule": "no.such.v1", "pattern": "U1"})
    'no.such.v1, pattern U1'
    """
    row = why.get("pattern")
    return explain_rule(why["rule"]) + (f", pattern {row}" if row else "")


def explain_rule(rule: str) -> str:
    """Return what a rule does, in words, with its name.

    >>> explain_rule("no.such.v1")
    'no.such.v1'
    """
    words = load_rule_sentences().get(rule)
    return f"{words} [{rule}]" if words else rule


@cache
def load_rule_sentences() -> dict[str, str]:
    """Return every rule's first sentence, as the docs are generated from it."""
    table = (files("dateline.resources.rules") / "rules.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in table.split("\n") if "\t" in line)
    return {name: words for name, words in lines}


def coloured(text: str, marks: list[list[Any]], claims: list[Record]) -> "Text":
    """Return the text with every span that a claim rests on in its colour."""
    from rich.text import Text

    shown = Text(text.translate(HIDDEN))
    for kind, start, end in marks:
        if kind != "headline":
            shown.stylize(STYLES["wire"], start, end)
    for claim in claims:
        spans = [("actor", who) for who in claim["actors"]]
        spans += [("recipient", who) for who in claim["recipients"]]
        spans += [("speaker", who) for who in claim["said_by"]]
        spans += [(name, claim[name]) for name in ("when", "where")]
        for style, span in [*spans, ("act", claim["trigger"])]:
            if span and span.get("start") is not None:
                shown.stylize(STYLES[style], span["start"], span["end"])
    return shown


def legend() -> "Text":
    """Return the line that tells what the colours mean."""
    from rich.text import Text

    return Text("  ").join(Text(name, style=style) for name, style in STYLES.items())
