"""Longer names in which a country's word tells no country: "New Mexico", "Niger Delta".

>>> from dateline.actors.words import words
>>> inside(list(words("South American presidents")), 1, 2)
True
"""

from collections.abc import Sequence

from dateline.actors.words import Word
from dateline.facts import Name

BEFORE = {  # the word that makes another name of the country's word after it
    "new": frozenset(("mexico", "england", "jersey", "mexican", "englanders")),
    "south": frozenset(("america", "american", "americans", "wales", "georgia")),
    "latin": frozenset(("america", "american", "americans")),
    "central": frozenset(("america", "american", "americans")),
    "north": frozenset(("america", "american", "americans")),
    "pan": frozenset(("american",)),
    "inter": frozenset(("american",)),
    "west": frozenset(("indian", "indians")),
    "east": frozenset(("indian",)),
    "american": frozenset(("indian", "indians")),
}
AFTER = {  # the word that makes another name of the country's word before it
    "indian": frozenset(("subcontinent", "wells")),
    "american": frozenset(("continent", "continents")),
    "jordan": frozenset(("valley",)),
    "niger": frozenset(("delta", "state")),
    "panama": frozenset(("canal", "papers")),
    "guinea": frozenset(("pig", "pigs", "worm", "fowl")),
    "japan": frozenset(("airlines",)),
    "georgia": frozenset(("tech",)),
    "turkey": frozenset(("farm", "farms", "vulture")),
    "chile": frozenset(("pepper", "peppers")),
    "vietnam": frozenset(("veteran", "veterans", "vet", "vets")),
    "sudan": frozenset(("grass",)),
}
SAINTS = frozenset("el la los las san santa santo saint fort lake villa puerto".split())
WET = frozenset(("gulf", "sea", "ocean", "river", "basin"))
WATERS = frozenset(("gulf", "sea", "strait", "straits", "bight", "isthmus"))


def inside(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a country's words `first` up to `last` are a piece of a longer name."""
    before = words[first - 1].key if first else ""
    after = words[last].key if last < len(words) else ""
    if before in SAINTS or words[first].key in BEFORE.get(before, ()):
        return True  # "El Congo" is a town of El Salvador
    wet = after in WET and words[last].capital  # "Persian Gulf states"
    longer = wet or after in AFTER.get(words[last - 1].key, ())
    if longer and not words[last - 1].owns:
        return True
    return before == "of" and first > 1 and words[first - 2].key in WATERS


def shouted(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a short form stands among capitals, where it may be any word: "A CAR"."""
    near = (*words[max(0, first - 1) : first], *words[last : last + 1])
    return any(word.text.isupper() and word.text.isalpha() for word in near)


def is_piece(words: Sequence[Word], at: int, names: Sequence[Name]) -> bool:
    """Whether a paper's name of one word is a piece of a longer name: "State Dept"."""
    papers = all(name.entity.startswith("media:") for name in names)
    single = all(name.form.lower().split()[:-1] == ["the"] for name in names)
    beside = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
    return papers and single and any(w.capital and w.key != "the" for w in beside)


def is_ship(
    words: Sequence[Word],
    first: int,
    last: int,
    names: Sequence[Name],
    before: Sequence[Name],
) -> bool:
    """Whether a person's name is a ship's: "the USS Jo Foo", or "the Jo Foo" alone.

    The words `first` up to `last` are given and last name, `last` 0 where they are not;
    `before` are the known names of the words before.
    """
    if not all(name.entity.startswith("person:") for name in names):
        return False
    forces = [n.cased and n.entity.startswith("government-body:") for n in before]
    alone = last == len(words) or (last and not words[last].text.isalpha())
    article = first > 0 and words[first - 1].key == "the"
    return (bool(forces) and all(forces)) or bool(article and alone)
