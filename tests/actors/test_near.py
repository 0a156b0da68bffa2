from dateline.actors.country_evidence import AT, WIDTH
from dateline.actors.near import rival_countries, strongest_country


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
