import pickle
from pathlib import Path
from time import process_time

import pytest

from dateline.resources.gazetteer import NOTICE, find_places, gazetteer, load_gazetteer, zone
from dateline.resources.gazetteer.lookup import PACKED


def features(name):
    return {(e.country, e.feature) for e in find_places(name)}


def test_towns_units_and_states_are_found():
    assert ("FRA", "PPLC") in features("Paris")
    assert ("SLV", "ADM1") in features("Usulutan Department")
    assert ("KEN", "PCLI") in features("Kenya")
    assert ("KOS", "PCLI") in features("Kosovo")


def test_accents_dots_and_case_do_not_matter():
    assert find_places("BOGOTA") == find_places("Bogotá")
    assert find_places("U.S.") == find_places("US")


def test_dependencies_fold_into_their_state():
    assert {e.country for e in find_places("San Juan") if e.name == "San Juan"} >= {"USA"}


@pytest.mark.parametrize(
    ("name", "country", "precision"),
    [
        ("Great Hall of the People", "CHN", "site"),
        ("the Blue House", "KOR", "site"),
        ("Panmunjom", "KOR", "city"),
        ("Camp David", "USA", "site"),
        ("Donbas", "UKR", "region"),
        ("Sahel", None, "region"),
        ("the Gulf", None, "region"),
        ("Strait of Hormuz", None, "region"),
        ("Senkaku Islands", None, "region"),
        ("Lake Albert", None, "region"),
    ],
)
def test_our_own_table_names_what_towns_lack(name, country, precision):
    first = find_places(name)[0]
    assert (first.country, first.precision) == (country, precision)


def test_own_tables_are_in_range_and_name_known_countries():
    codes = {e.country for e in find_places("Kenya")} | {None}
    codes |= set(gazetteer().packed.pools["country"])
    for entries in gazetteer().rows.values():
        for e in entries:
            assert -90 <= e.lat <= 90
            assert -180 <= e.lon <= 180
            assert e.country in codes, e


def test_landmarks_lie_in_their_country():
    state = gazetteer().state
    for entries in gazetteer().rows.values():
        for e in entries:
            home = state(e.country) if e.precision == "site" and e.country else None
            if home and e.country not in ("USA", "FRA", "GBR", "RUS", "AUS"):
                assert e.km(home) < 3000, e.name


def test_zones():
    assert zone("KOR") == "Asia/Seoul"
    assert zone(find_places("Nairobi")[0]) == "Africa/Nairobi"
    assert zone("XXX") == ""


def test_nothing_is_found_for_nonsense():
    for name in ("", " ", "qqxzj", "x" * 100_000, "\0", "\ud800", "123"):
        assert find_places(name) == ()


def test_a_users_rows_come_first(tmp_path: Path):
    table = tmp_path / "mine.csv"
    table.write_text("name,aliases,lat,lon,country\nCamp Delta|x,Site D,1.5,2.5,KEN\n")
    mine = load_gazetteer(table)
    assert mine.find("site d")[0].lat == 1.5
    assert mine.find("Paris") == find_places("Paris")


@pytest.mark.parametrize("row", ["A,95,0", "A,x,0", "A,,", "A,1"])
def test_bad_rows_are_named_by_line(tmp_path: Path, row):
    table = tmp_path / "mine.csv"
    table.write_text(f"name,lat,lon\n{row}\n")
    with pytest.raises(ValueError, match="line 2"):
        load_gazetteer(table)


def test_only_the_countries_asked_for():
    only = gazetteer().within({"SYR", "IRQ"})
    assert {e.country for e in only.find("Mosul")} == {"IRQ"}
    assert only.find("Paris") == ()


def test_the_notice_is_told_and_packed():
    assert "GeoNames" in NOTICE
    assert "CC BY 4.0" in NOTICE


def test_the_packed_file_stays_small():
    import dateline.resources.gazetteer as room

    packed = Path(room.__file__).with_name(PACKED)
    assert packed.stat().st_size < 12_000_000


def test_look_ups_are_quick():
    names = [f"Nowhere{i}" for i in range(1000)]
    began = process_time()
    for name in names:
        find_places(name)
    assert process_time() - began < 0.5


def test_gazetteers_travel_to_other_processes():
    again = pickle.loads(pickle.dumps(gazetteer().within({"IRQ"})))
    assert again.find("Mosul") == gazetteer().within({"IRQ"}).find("Mosul")
