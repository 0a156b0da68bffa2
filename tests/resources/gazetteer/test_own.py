"""Our own landmarks, regions and waters, held against the cities of GeoNames."""

import csv
from importlib.resources import files

import numpy as np
import pytest

from dateline.resources.gazetteer.entry import km
from dateline.resources.gazetteer.lookup import gazetteer

FAR, ABROAD = (200, 15)  # kilometres to the nearest city at home; how much nearer one abroad
ALIKE = 150  # kilometres between our point and that of the same id


def rows(name):
    table = files("dateline.resources.gazetteer") / "own" / f"{name}.csv"
    return list(csv.DictReader(table.read_text("utf-8").splitlines()))


@pytest.fixture(scope="module")
def packed():
    return gazetteer().packed


def cities(packed):
    features = np.array(packed.pools["feature"])[packed.columns["feature"]]
    is_city = np.char.startswith(features.astype(str), "PPL")
    countries = np.array(packed.pools["country"])[packed.columns["country"]][is_city]
    return countries, point(*(packed.columns[c][is_city] / 1e4 for c in ("lat", "lon")))


def point(lat, lon):
    """Return places as points of a ball of radius one."""
    lat, lon = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def test_each_landmark_lies_in_its_country(packed):
    countries, points = cities(packed)
    codes, of_each = np.unique(countries, return_inverse=True)
    number = {code: i for i, code in enumerate(codes)}
    strays = []
    for row in rows("landmarks"):
        across = point(float(row["lat"]), float(row["lon"])) @ points
        away = 12742 * np.arcsin(np.sqrt((1 - across).clip(0) / 2))
        home = away[of_each == number.get(row["country"])].min(initial=99999)
        if home > FAR or home > away.min() + ABROAD and row["name"] not in BORDER:
            strays.append((row["name"], row["country"], round(float(home))))
    assert strays == []


BORDER = ("Al-Tanf", "Grand Renaissance Dam", "Humera")  # nearer to a town across the border


def test_the_ids_of_regions_and_waters_are_those_of_geonames(packed):
    at = {int(gid): i for i, gid in enumerate(packed.columns["gid"])}
    apart = []
    for row in (*rows("regions"), *rows("waters")):
        if row["geonameid"] and (i := at.get(int(row["geonameid"]))) is not None:
            same = packed.entry(i)
            if km(float(row["lat"]), float(row["lon"]), same.lat, same.lon) > ALIKE:
                apart.append((row["name"], same.name))
    assert apart == []
