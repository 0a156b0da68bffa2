from zlib import crc32

from dateline.extract.actors.evidence import AT, WIDTH
from dateline.extract.actors.learned.features import (
    rival_countries,
    string_openings,
    strongest_country,
)


def told(**sure: float) -> dict[str, list[float]]:
    rows = {code: [0.0] * WIDTH for code in sure}
    for code, value in sure.items():
        rows[code][AT["strong"]] = value
    return rows


def test_the_strongest_country_of_a_source_and_the_next() -> None:
    assert strongest_country(told(TCD=1.0, MLI=3.0, NER=2.0)) == ("MLI", 3.0, 2.0)
    assert strongest_country(told(TCD=1.0)) == ("TCD", 1.0, 0)
    assert strongest_country({})[1:] == (0, 0)


def test_what_speaks_for_others_is_the_best_of_them() -> None:
    sources = (told(TCD=1.0, MLI=3.0), {}, told(NER=2.0), {}, told(TCD=1.0))
    rows = list(rival_countries(sources, ("MLI", "TCD", "SDN")))
    assert [row[:3] for row in rows] == [(1.0, 2.0, 0), (3.0, 2.0, 0), (3.0, 2.0, 0)]
    assert [row[3:] for row in rows] == [(1, 2), (2, 2), (0, 3)]


def test_a_string_is_its_opening_and_a_code() -> None:
    openings, _ = string_openings("rebels", ["the", "rebels", "the"], [])
    assert len(openings) == 4  # "the" twice is one word, its pairs are two
    wanted = {f"w:{w}|TCD" for w in ("the", "rebels")}
    wanted |= {"b:the_rebels|TCD", "b:rebels_the|TCD"}
    found = {crc32(b"TCD", opening) for opening in openings}
    assert found == {crc32(text.encode()) for text in wanted}


def test_words_that_come_twice_are_said_once() -> None:
    given = "rebels", ["the", "the"], ["p:said", "p:said"]
    every = [crc32(b"own+top", opening) for opening in string_openings(*given)[1]]
    assert len(every) == len(set(every))
    assert crc32(b"ws:the|own+top") in every
