"""Longer names in which a country's word tells no country: "New Mexico", "Niger Delta".

>>> from dateline import plugins
>>> from dateline.actors.words import split_words
>>> english = plugins.load_plugin("languages", "en").lexicon
>>> is_inside_longer_name(
...     list(split_words("South American presidents", english)), 1, 2, english
... )
True
"""

from collections.abc import Sequence

from dateline.actors.words import Word
from dateline.facts import Name
from dateline.model import Lexicon


def is_inside_longer_name(
    words: Sequence[Word], first: int, last: int, lexicon: Lexicon
) -> bool:
    """Whether a country's words `first` up to `last` are a piece of a longer name."""
    known = lexicon.words
    before = words[first - 1].key if first else ""
    after = words[last].key if last < len(words) else ""
    longer = f"{before} {words[first].key}" in known["actors.ends-as-land"]
    if longer or before in known["actors.town-begins"]:
        return True  # "El Congo" is a town of El Salvador
    wet = after in known["actors.water"] and words[last].capital
    name = f"{words[last - 1].key} {after}"
    if (wet or name in known["actors.begins-as-land"]) and not words[last - 1].owns:
        return True  # "Persian Gulf states"
    of = before in known["actors.of"] and first > 1
    return of and words[first - 2].key in known["actors.water-of"]


def stands_among_capitals(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a short form stands among capitals, where it may be any word: "A CAR"."""
    near = (*words[max(0, first - 1) : first], *words[last : last + 1])
    return any(word.text.isupper() and word.text.isalpha() for word in near)


def is_piece(
    words: Sequence[Word], at: int, names: Sequence[Name], lexicon: Lexicon
) -> bool:
    """Whether a paper's name of one word is a piece of a longer name: "State Dept"."""
    the = lexicon.words["actors.the"]
    papers = all(name.entity.startswith("media:") for name in names)
    forms = [name.form.lower().split() for name in names]
    single = all(len(form) == 2 and form[0] in the for form in forms)  # noqa: PLR2004
    beside = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
    return papers and single and any(w.capital and w.key not in the for w in beside)


def is_ship(
    words: Sequence[Word],
    first: int,
    last: int,
    names: Sequence[Name],
    before: Sequence[Name],
    lexicon: Lexicon,
) -> bool:
    """Whether a person's name is a ship's: "the USS Jo Foo", or "the Jo Foo" alone.

    The words `first` up to `last` are given and last name, `last` 0 where they are not;
    `before` are the known names of the words before.
    """
    if not all(name.entity.startswith("person:") for name in names):
        return False
    forces = [n.cased and n.entity.startswith("government-body:") for n in before]
    alone = last == len(words) or (last and not words[last].text.isalpha())
    article = first > 0 and words[first - 1].key in lexicon.words["actors.the"]
    return (bool(forces) and all(forces)) or bool(article and alone)
