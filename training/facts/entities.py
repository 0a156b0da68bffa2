"""Who there is: states, people, groups and media, each a row from its table."""

from collections.abc import Iterator

from forms import form, people_form, surnames
from tables import HERE, Row, slug, split, table
from terms import deaths, former, parse

from dateline.resources.reference import countries, outlets


def states() -> Iterator[Row]:
    for each in countries():
        if each.kind == "nonstate":
            continue
        sectors = "GOV|PRE" if each.partial else "GOV"
        told = (f"state:{each.code}", "state", each.name, each.answers, sectors)
        row = Row(*told, "", each.kind, "reference/countries")
        row.forms.append(form(each.name, "full"))
        marked = countries().marked(each.code)
        row.forms += [form(text) for text in marked["names"]]
        row.forms += [form(text, "demonym") for text in marked["adjectives"]]
        row.forms += [people_form(text) for text in each.nouns]
        yield row


def people() -> Iterator[Row]:
    seen: dict[str, str] = {}
    for path in sorted((HERE / "people").glob("*.csv")):
        for cells, source in table(path):
            row = person(cells, source)
            if row.id in seen:
                raise SystemExit(f"{row.id}: in {seen[row.id]} and {path.name}")
            seen[row.id] = path.name
            yield row


def person(cells: dict[str, str], source: str) -> Row:
    country, name = cells["country"], cells["name"].lstrip("=?")
    told = ("person:" + slug(name), "person", name, country, "")
    row = Row(*told, "", cells.get("note", ""), source)
    row.forms.append(form(cells["name"], "full"))
    row.forms += [form(text) for text in split(cells["also"])]
    row.forms += surnames(cells)
    row.roles = [parse(text, row) for text in cells["roles"].split(";") if text.strip()]
    if not row.note.startswith("known until"):
        row.roles += former(row.roles, deaths().get(name, ""))
    return row


def groups() -> Iterator[Row]:
    for path in sorted((HERE / "groups").glob("*.csv")):
        for cells, source in table(path):
            kind = cells["kind"] or path.stem
            told = (f"{kind.replace(' ', '-')}:{slug(cells['name'].lstrip('=?'))}", kind)
            name = cells["name"].lstrip("=?")
            row = Row(*told, name, cells["country"], cells["sectors"], "", "", source)
            row.note = cells.get("note", "")
            row.forms.append(form(cells["name"], "metonym" if kind == "metonym" else "full"))
            row.forms += [form(text) for text in split(cells["also"])]
            if kind == "ethnic group":
                row.forms = [(f, "plural demonym", flags) for f, _, flags in row.forms]
            told = cells.get("roles", "")
            row.roles = [parse(text, row) for text in told.split(";") if text.strip()]
            yield row


def media() -> Iterator[Row]:
    for each in outlets():
        told = (f"media:{slug(each.name)}", "media", each.name, each.country)
        row = Row(*told, "|".join(each.sectors), "", each.kind, "general knowledge")
        row.forms = [form(each.name, "full"), *map(form, each.also)]
        yield row


def wikidata() -> dict[str, str]:
    return {cells["entity"]: cells["qid"] for cells, _ in table(HERE / "wikidata.csv")}
