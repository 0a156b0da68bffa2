"""Towns abroad that share their name with a land or its capital: "Paris, Texas".

>>> from dateline import plugins
>>> from dateline.actors.words import split_words
>>> english = plugins.load_plugin("languages", "en").lexicon
>>> text = "Police in Vienna, Va., and in London, Ontario."
>>> towns_abroad(list(split_words(text, english)), english)
{'vienna': 'USA', 'london': 'CAN'}
"""

from collections.abc import Sequence

from dateline.actors.nations import nation_at
from dateline.actors.words import Word, fold
from dateline.gazetteer import Entry, find_places
from dateline.model import Lexicon
from dateline.reference import countries
from dateline.reference.countries import filed_under

LONGEST = 3  # letters: a longer short form of a state is how its name begins
SIZES = (1, 2)  # words of a state or province: "North Carolina"


def towns_abroad(found: Sequence[Word], lexicon: Lexicon) -> dict[str, str]:
    """Return what a report calls a land or capital and is a town elsewhere.

    So is the state behind the town: "Athens, Georgia" is of no Georgians.
    """
    told: dict[str, str] = {}
    for at in range(1, len(found) - 1):
        town, state = found[at - 1], found[at + 1]
        if found[at].text == "," and town.capital and state.capital:
            told |= of_town(found, at, lexicon)
    return told


def of_town(found: Sequence[Word], comma: int, lexicon: Lexicon) -> dict[str, str]:
    """Return the countries of a town and of the state after it, where none is its own.

    A list of lands or of capitals is none: "Lebanon, Jordan", "Paris, Washington".
    """
    town, state = found[comma - 1], found[comma + 1]
    own, land = (nation_at(found, at, lexicon) for at in (comma - 1, comma + 1))
    if state.key in lexicon.words["actors.courtesy"] and not state.text.isupper():
        return {}  # "in Mexico, Mr Foo said": no short form of Missouri
    if land and (land[0].kind != "name" or (own and own[0].kind != "capital")):
        return {}
    entries = find_places(town.text)
    here = [e for e in entries if e.country and lies_in_province(e, found, comma + 1)]
    if not here or (land and land[0].country.answers in {e.country for e in entries}):
        return {}
    code = filed_under(str(here[0].country))
    names = [town.key] if own and own[0].country.answers != code else []
    row = countries().by_name(here[0].admin1 or "")
    names += [fold(row.name)] if row and row.answers != code else []
    return dict.fromkeys(names, code)


def lies_in_province(town: Entry, found: Sequence[Word], at: int) -> bool:
    """Whether the words at a place are the state or province of a town."""
    state = fold(town.admin1 or "")
    names = {" ".join(w.key for w in found[at : at + size]) for size in SIZES}
    return state in names or short_for(found[at].key, state)


def short_for(short: str, name: str) -> bool:
    """Whether letters are a short form of a state's name: they stand in it in order.

    >>> short_for("va", "virginia"), short_for("nc", "north carolina")
    (True, True)
    >>> short_for("ky", "virginia"), short_for("tex", "texas")
    (False, True)
    """
    if len(short) > LONGEST:
        return name.startswith(short)  # "Calif."
    letters = iter(name)
    first = short[:1] == name[:1] and len(short) > 1
    return first and all(letter in letters for letter in short)
