"""Deeds of force, protest, retreat and help in the words of newswriting."""

import pytest

TOLD = [
    ("The ambush left nine soldiers dead.", "ASSAULT"),
    ("Two drones slammed into an apartment block in Kharkiv.", "ASSAULT"),
    ("Gunmen made off with six engineers from a dam site.", "ASSAULT"),
    ("Rebels uprooted railway tracks near Gao.", "ASSAULT"),
    ("Guards fired into the air to scatter the crowd.", "ASSAULT"),
    ("Troops mutinied in Bangui.", "ASSAULT"),
    ("Soldiers closed two roads near the palace.", "COERCE"),
    ("A fugitive gunman was caught by soldiers.", "COERCE"),
    ("Shops stayed shuttered in protest at the killing.", "PROTEST"),
    ("Nigeria beefed up its border patrols.", "MOBILIZE"),
    ("Chad pulled out of the peace treaty.", "SANCTION"),
    ("Troops put down a revolt in the north.", "ASSAULT"),
    ("Police scattered them with water cannon.", "ASSAULT"),
    ("The rebels seized the border post of Karmin.", "ASSAULT"),
    ("The two armies fought for five days near Paquisha.", "ASSAULT"),
    ("Townsfolk have thrown logs and rocks across the road.", "PROTEST"),
    ("Norway took in 40 wounded children.", "AID"),
    ("The army bolted and rebels took the town.", "RETREAT"),
]
SILENT = [
    "Shops stayed open late for the holidays.",
    "A gas explosion ripped through a kitchen in Milan.",
    "Workers uprooted old vines and planted new ones.",
    "The film took in $20 million over the weekend.",
    "He was caught in a lie.",
    "The band drew fire from critics for its new album.",
    "A passerby called police.",
    "The lion tore into the carcass.",
    "The coach suppressed a smile and put down his pen.",
    "The two brothers fought for years over the farm.",
]


@pytest.mark.parametrize(("text", "deed"), TOLD)
def test_deeds_are_read(acts, text, deed):
    assert deed in [told for told, *_ in acts(text)]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_no_deed_is_silent(acts, text):
    assert acts(text) == []
