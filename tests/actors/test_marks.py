from zlib import crc32

from dateline.actors.marks import Said


def test_a_string_is_its_opening_and_a_code() -> None:
    said = Said("rebels", ["the", "rebels", "the"], [])
    openings = said.openings()
    assert len(openings) == 4  # "the" twice is one word, its pairs are two
    wanted = {f"w:{w}|TCD" for w in ("the", "rebels")}
    wanted |= {"b:the_rebels|TCD", "b:rebels_the|TCD"}
    found = {crc32(b"TCD", opening) for opening in openings}
    assert found == {crc32(text.encode()) for text in wanted}


def test_words_that_come_twice_are_said_once() -> None:
    said = Said("rebels", ["the", "the"], ["p:said", "p:said"])
    every = [crc32(b"own+top", opening) for opening in said.openings_by_way()]
    assert len(every) == len(set(every))
    assert crc32(b"ws:the|own+top") in every
