"""The words that tell what was done to those counted, read once."""

from functools import cache
from importlib.resources import files

SOLDIERS = frozenset(
    """troop soldier marine battalion peacekeeper fighter reservist serviceman sailor
    commando paratrooper paramilitary force policeman officer""".split()
)
FORCES = frozenset(("troop", "soldier", "marine", "reservist", "commando", "force"))
WEAPONS = frozenset(
    """tank rifle missile warship ship jet plane aircraft helicopter gun rocket drone
    warplane frigate submarine launcher weapon artillery vehicle""".split()
)
PEOPLE = frozenset(
    """people person protester demonstrator worker farmer student resident marcher
    supporter hostage monk teacher activist villager civilian refugee family man
    woman""".split()
)
MONEY = frozenset(
    "dollar euro pound rupee yen yuan franc mark ruble rouble peso shekel dlr".split()
)
UNITS = frozenset(
    """year month week day hour minute second mile kilometer kilometre km meter metre
    foot percent per-cent degree ton tonne mm barrel round time goal point seat vote
    country nation state ministry acre hectare litre bridge village town house company
    agreement""".split()
)


@cache
def acts() -> dict[tuple[str, str], str]:
    """Return what was done, by word and kind."""
    table = (files("dateline.quantities") / "words.tsv").read_text(encoding="utf-8")
    rows = [r.split("\t") for r in table.split("\n") if r and not r.startswith("#")]
    return {(word, kind): what for word, what, kind in rows}


def done(lemma: str, *kinds: str) -> str | None:
    """Return what a word of one of these kinds says was done.

    >>> done("kidnap", "verb")
    'abducted'
    """
    return next((acts()[lemma, k] for k in kinds if (lemma, k) in acts()), None)
