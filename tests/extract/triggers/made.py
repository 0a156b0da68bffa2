"""A made-up report and what a model might read in it."""

from dateline.model import Act, Parsed, Report, Sentence, Span, Token, Words
from dateline.resources import plugins

ENGLISH = plugins.load_plugin("languages", "en").lexicon
TEXT = "Rebels shelled Arva on Friday, and Norway condemned the attack."


def parsed(text: str = TEXT) -> Parsed:
    tokens, at = [], 0
    for i, word in enumerate(text.replace(",", " ,").replace(".", " .").split()):
        at = text.index(word, at)
        end = at + len(word)
        tokens.append(Token(i, at, end, word, word.lower(), "X", "X", "unclear", i))
        at = end
    whole = Sentence(Span(0, len(text)), 0, len(tokens))
    below = tuple(() for _ in tokens)
    return Parsed(Report("r", text), (whole,), tuple(tokens), below, lexicon=ENGLISH)


def span(words: str, text: str = TEXT) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


def words(told: str, sure: float = 0.9) -> Words:
    return Words(span(told), sure)


def act(trigger: str, deed: str, **more: object) -> Act:
    given: dict[str, object] = {
        "trigger": span(trigger),
        "sentence": Span(0, len(TEXT)),
        "sure": 0.95,
        "deeds": ((deed, 0.8), ("NOTHING", 0.1)),
        "statuses": (("happened", 0.9),),
        "modes": (("", 0.9),),
        "contexts": (("military", 0.7), ("economic", 0.1)),
        "mutual": 0.0,
    }
    return Act(**{**given, **more})  # type: ignore[arg-type]
