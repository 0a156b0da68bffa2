"""How a release describes itself: data sheet, citation, Data Package, Croissant."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from json import dumps as quote
from typing import Any

from dateline.analysis.share import bare_letters
from dateline.export.columns import (
    ACT,
    WHEN_WHERE,
    Column,
    Line,
    count_column,
    head_column,
    length_column,
    pick_columns,
    where_column,
)

Record = dict[str, Any]


def split_columns(name: str, side: str, states: str) -> tuple[Column, Column]:
    """Return the columns of a side's states and sectors, each once, by blanks."""

    def countries(line: Line) -> str:
        codes = (who["country"] for who in line[side])
        return " ".join(dict.fromkeys(filter(None, codes)))

    def sectors(line: Line) -> str:
        return " ".join(dict.fromkeys(s for who in line[side] for s in who["sector"]))

    return (
        Column(f"{name}_countries", "text", states, countries),
        Column(f"{name}_sectors", "text", "their sectors", sectors),
    )


HAPPENING = (*ACT, Column("status", "text", "happened, ongoing, planned, denied …"))
QUAD, SCORE = "quad class", "conflict to cooperation, -10 to 10"
REST = (
    *pick_columns(WHEN_WHERE, "when_from when_to where_country where_admin1 lat lon"),
    where_column(
        "where_precision", "precision", "text", "site, city, admin2, admin1, country or region"
    ),
    *split_columns("actor", "actors", "states of who acts, parted by blanks"),
    *split_columns("recipient", "recipients", "states of whom it is done to"),
    count_column("killed_low", "killed", "low", "killed, the least told"),
    count_column("killed_best", "killed", "best", "killed"),
    count_column("killed_high", "killed", "high", "killed, the most told"),
)
CLAIM = (
    Column("claim", "text", "id of the claim", lambda line: line["id"]),
    Column("event", "text", "id of the happening that it tells"),
    Column("report", "text", "id of the report"),
    *HAPPENING,
    Column("quad", "text", QUAD),
    Column("score", "float", SCORE),
    Column("confidence", "float", "how likely type and both parties are right"),
    *REST,
)
EVENT = (
    Column("event", "text", "id of the happening that it tells"),
    *HAPPENING,
    head_column("quad", "text", QUAD),
    head_column("score", "float", SCORE),
    *REST,
    Column("outlets", "int", "outlets that told it"),
    Column("origins", "int", "independent origins that tell it"),
    Column("first_told", "day", "day of the first report"),
    Column("last_told", "day", "day of the last report"),
    length_column("reports", "reports that tell it"),
    length_column("claims", "claims that tell it"),
)
REPORT = (
    Column("report", "text", "id of the report", lambda report: report["id"]),
    Column("outlet", "text", "who published it"),
    Column("url", "text", "address"),
    Column("language", "text", "ISO 639-1"),
    Column(
        "published",
        "text",
        "day or moment of publication, where told",
        lambda report: report["published"] or "",
    ),
    Column("sentences", "int", "sentences that were looked at"),
    Column(
        "letters",
        "int",
        "letters and digits of its text",
        lambda report: len(bare_letters(report["text"]).bare),
    ),
    Column(
        "sha256",
        "text",
        "SHA-256 of its text in UTF-8",
        lambda report: sha256(report["text"].encode("utf-8", "surrogatepass")).hexdigest(),
    ),
)
ID = (
    Column("event", "text", "an id that was ever released"),
    Column("fate", "text", "current, merged, split, corrected or gone"),
    Column("now", "text", "the ids that it points to, parted by blanks"),
    Column("why", "text", "what became of it"),
)
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


def data_package(about: About, date: str, made: Mapping[str, str]) -> Record:
    """Return the description of a release as a Data Package (frictionlessdata.io)."""
    resources = []
    for name, columns in TABLES.items():
        raw = made[f"{name}.csv"].encode()
        fields = [
            {"name": c.name, "type": KINDS[c.kind][0], "description": c.words} for c in columns
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
KINDS = {  # of a column: in a Data Package, in Croissant
    "text": ("string", "sc:Text"),
    "float": ("number", "sc:Float"),
    "int": ("integer", "sc:Integer"),
    "day": ("date", "sc:Date"),
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
                        "@id": f"{name}/{column.name}",
                        "name": f"{name}/{column.name}",
                        "description": column.words,
                        "dataType": KINDS[column.kind][1],
                        "source": {
                            "fileObject": {"@id": f"{name}.csv"},
                            "extract": {"column": column.name},
                        },
                    }
                    for column in columns
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
            f"reports tell; {words}, {names}."
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
            "`settings.json`."
        ],
        "How wrong it is": [
            "`confidence` is how likely type and both parties of a claim are right. An "
            "audit of one's own (`dateline audit draw`) tells more than any figure."
        ],
        "Files": [f"- `{name}.csv`: {len(found)} rows" for name, found in rows.items()],
        "Ids": [
            "`ids.csv` has every event id that a release of this line ever had: what "
            "was merged or split points on, what is gone says why."
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
