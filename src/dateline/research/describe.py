"""How a release describes itself: data sheet, citation, Data Package, Croissant."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from json import dumps as quote
from typing import Any

Record = dict[str, Any]
CLAIM = {
    "claim": "string: id of the claim",
    "event": "string: id of the happening that it tells",
    "report": "string: id of the report",
    "type": "string: event type as the ontology files it",
    "deed": "string: the act itself",
    "status": "string: happened, ongoing, planned, denied …",
    "quad": "string: quad class",
    "score": "number: conflict to cooperation, -10 to 10",
    "confidence": "number: how likely type and both parties are right",
    "when_from": "date: first day on which it may have happened",
    "when_to": "date: last day",
    "where_country": "string: its state, ISO-3166 alpha-3",
    "where_admin1": "string: its province",
    "lat": "number: latitude in degrees",
    "lon": "number: longitude in degrees",
    "where_precision": "string: site, city, admin2, admin1, country or region",
    "actor_countries": "string: states of who acts, parted by blanks",
    "actor_sectors": "string: their sectors",
    "recipient_countries": "string: states of whom it is done to",
    "recipient_sectors": "string: their sectors",
    "killed_low": "number: killed, the least told",
    "killed_best": "number: killed",
    "killed_high": "number: killed, the most told",
}
OF_CLAIM = ("claim", "report", "confidence")  # what no event has
EVENT = {
    **{n: told for n, told in CLAIM.items() if n not in OF_CLAIM},
    "outlets": "integer: outlets that told it",
    "origins": "integer: independent origins that tell it",
    "first_told": "date: day of the first report",
    "last_told": "date: day of the last report",
    "reports": "integer: reports that tell it",
    "claims": "integer: claims that tell it",
}
REPORT = {
    "report": "string: id of the report",
    "outlet": "string: who published it",
    "url": "string: address",
    "language": "string: ISO 639-1",
    "published": "string: day or moment of publication, where told",
    "sentences": "integer: sentences that were looked at",
    "letters": "integer: letters and digits of its text",
    "sha256": "string: SHA-256 of its text in UTF-8",
}
ID = {
    "event": "string: an id that was ever released",
    "fate": "string: current, merged, split, corrected or gone",
    "now": "string: the ids that it points to, parted by blanks",
    "why": "string: what became of it",
}
TABLES = {"events": EVENT, "claims": CLAIM, "reports": REPORT, "ids": ID}


@dataclass(frozen=True, slots=True)
class About:
    """What a release says of itself; `date` is an ISO day, "" the last report's."""

    name: str
    title: str = ""
    authors: tuple[str, ...] = ()
    license: str = ""
    url: str = ""
    date: str = ""
    words: bool = False
    names: bool = False


def citation(about: About, date: str) -> str:
    """Return how to cite a release, in the Citation File Format 1.2.0."""
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this data set, please cite it as below.",
        "type: dataset",
        f"title: {quote(about.title or about.name, ensure_ascii=False)}",
        f"version: {quote(about.name)}",
    ]
    lines += [f"date-released: {date}"] if date else []
    lines += [f"license: {about.license}"] if about.license else []
    lines += [f"url: {quote(about.url)}"] if about.url else []
    lines.append("authors:")
    authors = about.authors or ("not stated",)
    lines += [f"  - name: {quote(name, ensure_ascii=False)}" for name in authors]
    return "\n".join(lines) + "\n"


def kind_and_words(told: str) -> tuple[str, str]:
    """Return the kind of a column and what it says."""
    kind, _, words = told.partition(": ")
    return kind, words


def data_package(about: About, date: str, made: Mapping[str, str]) -> Record:
    """Return the description of a release as a Data Package (frictionlessdata.io)."""
    resources = []
    for name, columns in TABLES.items():
        raw = made[f"{name}.csv"].encode()
        fields = [
            {"name": column, "type": kind_and_words(told)[0]}
            | {"description": kind_and_words(told)[1]}
            for column, told in columns.items()
        ]
        resources.append(
            {
                "name": name,
                "type": "table",
                "path": f"{name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(raw),
                "hash": f"sha256:{sha256(raw).hexdigest()}",
                "schema": {"fields": fields, "missingValues": [""]},
            }
        )
    told: Record = {"name": "dateline-" + about.name, "version": about.name}
    told["title"] = about.title or about.name
    told |= {"created": f"{date}T00:00:00Z"} if date else {}
    told |= {"licenses": [{"name": about.license}]} if about.license else {}
    told |= {"contributors": [{"title": n, "role": "author"} for n in about.authors]}
    return told | {"resources": resources}


CROISSANT = (  # terms of the standard context that are of its own vocabulary
    "citeAs column equivalentProperty extract field fileObject fileProperty fileSet "
    "format includes isLiveDataset jsonPath key md5 parentField path recordSet "
    "references regex repeated replace samplingRate separator source subField transform"
).split()
CONTEXT = dict(
    sorted(
        {
            "@language": "en",
            "@vocab": "https://schema.org/",
            "conformsTo": "dct:conformsTo",
            "cr": "http://mlcommons.org/croissant/",
            "data": {"@id": "cr:data", "@type": "@json"},
            "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
            "dct": "http://purl.org/dc/terms/",
            "examples": {"@id": "cr:examples", "@type": "@json"},
            "rai": "http://mlcommons.org/croissant/RAI/",
            "sc": "https://schema.org/",
            **{name: f"cr:{name}" for name in CROISSANT},
        }.items()
    )
)
KINDS = {
    "string": "sc:Text",
    "number": "sc:Float",
    "integer": "sc:Integer",
    "date": "sc:Date",
}


def croissant(about: About, date: str, made: Mapping[str, str]) -> Record:
    """Return the description of a release in Croissant 1.0 (mlcommons.org)."""
    objects, sets = [], []
    for name, columns in TABLES.items():
        raw = made[f"{name}.csv"].encode()
        objects.append(
            {
                "@type": "cr:FileObject",
                "@id": f"{name}.csv",
                "name": f"{name}.csv",
                "contentUrl": f"{name}.csv",
                "contentSize": f"{len(raw)} B",
                "encodingFormat": "text/csv",
                "sha256": sha256(raw).hexdigest(),
            }
        )
        sets.append(
            {
                "@type": "cr:RecordSet",
                "@id": name,
                "name": name,
                "field": [
                    {
                        "@type": "cr:Field",
                        "@id": f"{name}/{column}",
                        "name": f"{name}/{column}",
                        "description": kind_and_words(told)[1],
                        "dataType": KINDS[kind_and_words(told)[0]],
                        "source": {
                            "fileObject": {"@id": f"{name}.csv"},
                            "extract": {"column": column},
                        },
                    }
                    for column, told in columns.items()
                ],
            }
        )
    told: Record = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "dateline-" + about.name,
        "description": f"{about.title or about.name}: political events read from news.",
        "version": about.name,
        "license": about.license or "not stated",
        "url": about.url or "not stated",
        "citeAs": f"{'; '.join(about.authors) or 'Not stated'}: "
        f"{about.title or about.name}, {about.name}.",
        "creator": [{"@type": "sc:Organization", "name": n} for n in about.authors],
    }
    told |= {"datePublished": date} if date else {}
    return told | {"distribution": objects, "recordSet": sets}


def data_sheet(
    about: About,
    date: str,
    rows: Mapping[str, Sequence[Record]],
    claims: Sequence[Record],
    settings: Record,
) -> str:
    """Return the data sheet of a release, after Gebru et al. (2021)."""
    reports = rows["reports"]
    days = sorted(r["published"][:10] for r in reports if r["published"])
    outlets = Counter(r["outlet"] or "(not told)" for r in reports)
    program = settings["program"]
    words = "with the words that tell them" if about.words else "without anybody's text"
    names = "all names" if about.names else "private people, victims and minors masked"
    sections = {
        "What it is": [
            f"{len(rows['events'])} events that {len(claims)} claims of {len(reports)} "
            f"reports tell; {words}, {names}.",
        ],
        "What was read": [
            f"{len(reports)} reports of {len(outlets)} outlets, {len(days)} of them "
            f"with a day, from {(days or '?')[0]} to {(days or '?')[-1]}.",
            *(f"- {name}: {n}" for name, n in outlets.most_common(20)),
            "What no outlet here reported, or nobody collected, is not in the data: a "
            "count that grows with what was read tells of the reading.",
        ],
        "What it holds": [
            *table_lines("type", (c["type"] for c in claims)),
            "",
            *table_lines("status", (c["status"] for c in claims)),
        ],
        "How it was made": [
            f"By Dateline {program['version']}, weights `{program['weights'][:16]}`, "
            f"codebooks `{program['codebooks'][:16]}`; the settings of each run are in "
            "`settings.json`.",
        ],
        "How wrong it is": [
            "`confidence` is how likely type and both parties of a claim are right. An "
            "audit of one's own (`dateline audit draw`) tells more than any figure.",
        ],
        "Files": [f"- `{name}.csv`: {len(found)} rows" for name, found in rows.items()],
        "Ids": [
            "`ids.csv` has every event id that a release of this line ever had: what "
            "was merged or split points on, what is gone says why.",
        ],
    }
    lines = [f"# {about.title or about.name}", "", f"Release {about.name}, {date}."]
    for title, told in sections.items():
        lines += ["", f"## {title}", *told]
    return "\n".join(lines) + "\n"


def table_lines(name: str, values: Iterable[str]) -> list[str]:
    """Return how often each value stands, as a table."""
    found = Counter(values)
    head = [f"| {name} | claims |", "|---|---|"]
    return head + [f"| {value} | {found[value]} |" for value in sorted(found)]
