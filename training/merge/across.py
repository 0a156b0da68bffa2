"""Learns what joins tellings of two reports: across.npz, sense.npz of event_coref.

    PYTHONPATH=src PYTHON_WITH_SKLEARN training/merge/across.py \\
        code POOL TRAIN MERGE STORIES KEPT
    PYTHONPATH=src PYTHON_WITH_SKLEARN training/merge/across.py axes KEPT
    PYTHONPATH=src PYTHON_WITH_SKLEARN training/merge/across.py fit MERGE STORIES KEPT

POOL is pool/articles.jsonl, TRAIN annotated/train. `across.tsv.gz` beside this file has
pairs of acts in two of their reports, by id and offsets, with what a reader said of
them: one happening (same), one part of the other (part), two (other), or not to be told
(unsure). They were drawn among what the program compared, by the score that it gave
then, so that every score is met. MERGE is the folder with ecb_dev_*.jsonl and
gvc_val_*.jsonl: what one report tells there has the chain of the mentions that it
overlaps, in GVC of the whole incident, as in our events; pairs of two chains or topics
are two. STORIES is the folder with us.jsonl and world.jsonl: of what is compared there
all pairs are learned from but those that are open. All are coded by the program (some
10 minutes on a core), claims and states are kept in the folder KEPT.

`axes` lays the states of triggers and clauses along those axes on which they differ
most. `fit` prints figures with happenings and topics held out in turn, then fits all;
boosted trees, seed 0. Pairs are learned from twice, once as if no state had been kept.
"""

import gzip
import json
import pickle
import re
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from claims import DEEDS, exported
from report import states, texts
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score

from dateline.extract.event_coref.clustering import nearby
from dateline.extract.event_coref.constraints import conflicts
from dateline.extract.event_coref.lexicon import Stories, story
from dateline.extract.event_coref.mention_table import AT, SENSES, Numbering
from dateline.extract.event_coref.mentions import (
    identity_of_record,
    join_tellings,
    of_record,
    text_near,
)
from dateline.extract.event_coref.pair_scorer import (
    BETWEEN,
    LEVELS,
    cannot_be_one,
    claims_judge,
    compare_reports,
)
from dateline.extract.event_coref.within_report import report_judge, unit_direction
from dateline.ingest.reading.inputs import complete_report
from dateline.model import Report
from dateline.model.record import claim_record
from dateline.nlp.date_formats import parse_moment
from dateline.pipeline.factory import Options, make_coder
from dateline.resources.codebook.plover import deeds_with_traits

PAIRS = Path(__file__).with_name("across.tsv.gz")
OUT = Path(__file__).parents[2] / "src/dateline/extract/event_coref/across.npz"
AXES = 32
SUBSTITUTED = 4000
TOGETHER = frozenset(deeds_with_traits("mutual"))
FOLDS = 6
WEIGHT = (1.0, 0.5)  # of a pair with what the encoder read, and of it without
THRESHOLD = 0.55
SETS = ("ecb_dev", "gvc_val")
STORIES = ("us", "world")
DAY = re.compile(r"(\d{4}-\d\d-\d\d) ")
UNREAD = ("sense of triggers", "sense of clauses", *LEVELS, "shared words")


def pairs():
    """What was said of pairs: (report, start, end) of either, and the word."""
    with gzip.open(PAIRS, "rt", encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if cells[0] != "report":
                a, b = cells[:3], cells[3:6]
                yield ((a[0], int(a[1]), int(a[2])), (b[0], int(b[1]), int(b[2])), cells[6])


def rows(path):
    """The lines of a file of JSON; a text may hold other ends of lines."""
    with Path(path).open(encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def articles(pool, train):
    """The reports of the pairs: id, text, title, moment, outlet."""
    names = {at[0] for one, two, _ in pairs() for at in (one, two)}
    for row in rows(pool):
        if row["id"] in names:
            yield told(row, row["id"], row["text"])
    for row, text in texts(Path(train), names):
        yield told(row, row["report"], text)


def told(row, name, text):
    """A report as `code` takes it."""
    day = parse_moment(row["published"]) if row.get("published") else None
    return name, text, row.get("title") or "", day, row.get("outlet") or ""


def docs(folder):
    """The texts of ECB+ dev and GVC val, whose first words may be their day."""
    for name in SETS:
        for row in rows(Path(folder) / f"{name}_docs.jsonl"):
            found = DAY.match(row["text"])
            day = date.fromisoformat(found[1]) if found else None
            yield f"{name}/{row['doc']}", row["text"], "", day, ""


def outlets(folder):
    """The reports of the stories."""
    for one in every_story(folder):
        for row in one["reports"]:
            yield told(row, row["id"], row["text"])


def every_story(folder):
    """The stories, each with its reports and happenings."""
    return [one for name in STORIES for one in rows(Path(folder) / f"{name}.jsonl")]


def code(pool, train, merge, stories, kept):
    """Codes all; keeps texts, titles, days, claims, senses and states."""
    program, last = make_coder(Options()), []
    encode = program.encode
    program = replace(program, encode=lambda *p: last.append(encode(*p)) or last[-1], seconds=600.0)
    every = (articles(pool, train), docs(merge), outlets(stories))
    for name, some in zip(("news", "docs", "stories"), every, strict=True):
        found = {}
        for key, text, title, when, outlet in some:
            report = Report(key, text, title=title, outlet=outlet, published=when)
            coded = program.code(complete_report(report)).claims
            claims = [claim_record(claim, text) for claim in coded]
            day = when and when.toordinal()
            read = states(last[-1], claims) if name == "news" else None
            senses = [claim.sense for claim in coded]
            found[key] = (text, title, day, claims, senses, read)
            last.clear()
        (Path(kept) / f"across-{name}.pkl").write_bytes(pickle.dumps(found))


def kept_of(folder, name):
    """What `code` kept of the news or of the docs."""
    return pickle.loads((Path(folder) / f"across-{name}.pkl").read_bytes())


def directions(read):
    """States of triggers and clauses as the program compares them."""
    both = zip(read, report_judge().centre, strict=True)
    return [unit_direction(some.astype(np.float32), centre) for some, centre in both]


def axes(kept):
    """Writes the axes on which states of triggers and of clauses differ most."""
    every = [[], []]
    for *_, read in kept_of(kept, "news").values():
        for k, told in enumerate(directions(read)):
            every[k].append(told[np.isfinite(told).all(1)])
    made = []
    for part in every:
        _, _, lines = np.linalg.svd(np.concatenate(part)[::3], full_matrices=False)
        made.append(lines[:AXES].T)
    np.savez_compressed(SENSES, axes=np.stack(made).astype(np.float16))


def units(found):
    """What reports tell, a claim each, and the words that tell it."""
    made, marks = [], defaultdict(list)
    for name, (text, _, day, claims, senses, _) in found.items():
        for claim, sense in zip(claims, senses, strict=True):
            lead, around = text_near(text, claim["trigger"]["start"] or 0)
            identity = identity_of_record(claim, text)
            one = of_record(claim, lead, day, sense, around, identity)
            marks[name].append((claim["trigger"], len(made)))
            made.append(replace(join_tellings([one], claim["event"]), id=claim["id"]))
    return made, marks


def met(marks, at):
    """The unit whose words lie over a mark, the one that shares most; None if none."""
    name, start, end = at
    over = [
        (min(m["end"], end) - max(m["start"], start), i)
        for m, i in marks[name]
        if m["start"] is not None and m["start"] < end and start < m["end"]
    ]
    return max(over)[1] if over else None


def compared(found, told, one, two):
    """The figures of pairs of units, the lower first, as the program has them."""
    seen = Numbering(DEEDS).columns(told)
    about = {name: story(text, title) for name, (text, title, *_) in found.items()}
    low, high = np.minimum(one, two), np.maximum(one, two)
    return compare_reports(seen, Stories(about, [u.report for u in told]), low, high)


def judged(found):
    """Figures of judged pairs, whether they are one, what was said, which happening."""
    told, marks = units(found)
    some = [(met(marks, a), met(marks, b), word) for a, b, word in pairs()]
    some = [p for p in some if None not in p[:2] and p[2] != "unsure"]
    one, two = (np.array([p[k] for p in some], np.intp) for k in (0, 1))
    cells = compared(found, told, one, two)
    said = np.array([word for *_, word in some])
    seen = Numbering(DEEDS).columns(told)
    fine = ~conflicts(seen, claims_judge().kinds, np.minimum(one, two), np.maximum(one, two))
    home = happenings(len(told), one, two)
    return cells[fine], (said == "same")[fine], said[fine], home[fine]


def substituted(found, seed=0):
    """Figures of pairs made of one claim and a copy of it in a report of its own.

    In half of the copies one known answer is exchanged: a country, a place, the day. They
    are two events in like words. In the others at most an answer is missing: one event.
    Pairs that a constraint forbids are left out, as the program never scores them.
    """
    chance = np.random.RandomState(seed)
    told, _ = units(found)
    named = [t for t in told if any(p.country for p in (*t.actors, *t.recipients))]
    lands = sorted({p.country for t in named for p in (*t.actors, *t.recipients)} - {None})
    sites = [t.site for t in told if t.site]
    made, same, about = [], [], dict(found)
    for number in chance.permutation(len(named))[:SUBSTITUTED]:
        one, exchanged = named[number], bool(number % 2)
        other = (exchange if exchanged else thinned)(one, lands, sites, chance)
        if other is None:
            continue
        name = f"{one.report}/copy{number}"
        about[name] = found[one.report]
        made += [one, replace(other, report=name, id=f"{one.id}/copy{number}")]
        same.append(not exchanged)
    one = np.arange(0, len(made), 2)
    seen = Numbering(DEEDS).columns(made)
    fine = ~conflicts(seen, claims_judge().kinds, one, one + 1)
    cells = compared(about, made, one[fine], one[fine] + 1)
    return cells, np.array(same)[fine], np.array([made[i].report for i in one[fine]])


def exchange(one, lands, sites, chance):
    """A telling with one of its known answers exchanged; None where it has none."""
    first = one.actors and (chance.rand() < 0.5 or not one.recipients)
    side = "actors" if first else "recipients"
    kind = chance.randint(4)
    if kind < 2 and (some := getattr(one, side)) and some[0].country:
        land = lands[chance.randint(len(lands))]
        if land == some[0].country:
            return None
        other = replace(some[0], country=land, name=land.lower(), entity=None, label=land)
        return replace(one, **{side: (other, *some[1:])})
    if kind == 2 and one.site:
        return replace(one, site=sites[chance.randint(len(sites))])
    if one.first and one.last:
        days = int(chance.randint(2, 40))
        unstated = replace(one.identity, stated=(0, 0))
        return replace(one, first=one.first + days, last=one.last + days, identity=unstated)
    return None


def thinned(one, lands, sites, chance):
    """A telling of the same event as another report words it: an answer may be missing."""
    kind = chance.randint(5)
    if one.deed in TOGETHER and one.actors and one.recipients and kind > 1:
        return replace(one, actors=one.recipients, recipients=one.actors)
    changes = (
        {"actors": ()},
        {"recipients": ()},
        {"site": None},
        {"first": None, "last": None},
        {},
    )
    return replace(one, **changes[kind])


def chained(found, folder, name):
    """Figures of the pairs of one set that are compared, whether one, their topics."""
    gold, topic = defaultdict(list), {}
    for row in rows(Path(folder) / f"{name}_gold.jsonl"):
        doc = f"{name}/{row['doc']}"
        gold[doc].append(row)
        topic[doc] = row["topic"].replace("plus", "")
    found = {doc: found[doc] for doc in sorted(topic)}
    told, marks = units(found)
    chains = [chain(u, marks, gold, topic, name == "gvc_val", i) for i, u in enumerate(told)]
    topics = [topic[u.report] for u in told]
    seen = Numbering(DEEDS).columns(told)
    one, two = nearby(seen)
    kept = seen.plain[one, AT["report"]] != seen.plain[two, AT["report"]]
    kept &= ~cannot_be_one(seen, one, two)
    kept &= ~conflicts(seen, claims_judge().kinds, one, two)
    some = [
        (a, b, bool(chains[a]) and chains[a] == chains[b])
        for a, b in zip(one[kept].tolist(), two[kept].tolist(), strict=True)
        if (chains[a] and chains[b]) or topics[a] != topics[b]
    ]
    one, two, same = (np.array(column) for column in zip(*some, strict=True))
    cells = compared(found, told, one, two)
    return cells, same, np.array([topics[i] for i in one])


def storied(found, folder):
    """Figures of the pairs of the stories that are compared, whether one, stories."""
    told, marks = units(found)
    every = every_story(folder)
    home = {row["id"]: one["story"] for one in every for row in one["reports"]}
    tells = happenings_told(every, marks)
    seen = Numbering(DEEDS).columns(told)
    one, two = nearby(seen)
    kept = seen.plain[one, AT["report"]] != seen.plain[two, AT["report"]]
    kept &= ~cannot_be_one(seen, one, two)
    kept &= ~conflicts(seen, claims_judge().kinds, one, two)
    some = [
        (a, b, same)
        for a, b in zip(one[kept].tolist(), two[kept].tolist(), strict=True)
        if (same := one_happening(tells[a], tells[b])) is not None
    ]
    one, two, same = (np.array(column) for column in zip(*some, strict=True))
    names = np.array([[home[told[i].report] for i in side] for side in (one, two)])
    return compared(found, told, one, two), same, names.T


def happenings_told(every, marks):
    """What each claim of a unit tells: ids, whether open, and of which whole."""
    told = defaultdict(list)
    for report, some in marks.items():
        for mark, number in some:
            told[number].append(
                [
                    (h["id"], bool(h.get("loose")), h.get("group"))
                    for one in every
                    for h in one["happenings"]
                    for name, start, end in h["tellings"] + h["also"]
                    if name == report and mark["start"] is not None
                    if start < mark["end"] and mark["start"] < end
                ]
            )
    return told


def one_happening(some, others):
    """Whether two units tell one happening by most claims; None where that is open."""
    votes = Counter(verdict(a, b) for a in some for b in others)
    if votes["one"] >= max(1, votes["two"] / 2):
        return True
    return None if votes["open"] >= votes["two"] else False


def verdict(a, b):
    """Whether two claims tell one happening, two, or what is open."""
    both = {h[0] for h in a} & {h[0] for h in b}
    if any(name in both and not loose for name, loose, _ in a):
        return "one"
    wholes = {h[2] for h in a if h[2]} & {h[2] for h in b if h[2]}
    return "open" if both or wholes else "two"


def chain(told, marks, gold, topic, whole, number):
    """The chain of a unit: that of most mentions under its words, or of its topic."""
    if whole:
        return topic[told.report]
    here = [mark for mark, i in marks[told.report] if i == number]
    met_ = Counter(
        row["chain"]
        for mark in here
        for row in gold[told.report]
        if row["trigger"][0] < mark["end"] and mark["start"] < row["trigger"][1]
    )
    return met_.most_common(1)[0][0] if met_ else None


def happenings(n, one, two):
    """A number for each pair, the same for pairs that hang together."""
    home = list(range(n))

    def root(i):
        while home[i] != i:
            i = home[i]
        return i

    for a, b in zip(one.tolist(), two.tolist(), strict=True):
        home[root(a)] = root(b)
    return np.array([root(a) for a in one.tolist()])


def unread(cells):
    """Figures as if neither states nor what identifies an event had been kept."""
    blind = cells.copy()
    blind[:, [BETWEEN.index(name) for name in UNREAD]] = np.nan
    return blind


def learn(sets):
    """Trees fitted to pairs, each once with its states and once without."""
    cells = np.concatenate([x for some in sets for x in (some[0], unread(some[0]))])
    right = np.concatenate([some[1] for some in sets for _ in range(2)])
    weight = np.concatenate([np.full(len(some[1]), w) for some in sets for w in WEIGHT])
    model = HistGradientBoostingClassifier(
        max_iter=200,
        learning_rate=0.06,
        max_leaf_nodes=6,
        min_samples_leaf=30,
        l2_regularization=5.0,
        max_features=0.3,
        early_stopping=False,
        random_state=0,
    )
    return model.fit(cells, right, weight)


def held_out(sets, number):
    """Odds of the pairs of one set, parts of it left out: with states and without.

    A pair of two parts is judged without either.
    """
    cells, right, groups = sets[number]
    groups = groups.reshape(len(right), -1)
    names = np.unique(groups)
    odds = np.full((2, len(right)), np.inf)
    drawn = np.random.RandomState(0).permutation(names)
    part = {name: k % FOLDS for k, name in enumerate(drawn)}
    fold = np.array([[part[name] for name in row] for row in groups])
    for k in range(min(FOLDS, len(names))):
        out = (fold == k).any(1)
        rest = [x for i, x in enumerate(sets) if i != number]
        model = learn([*rest, (cells[~out], right[~out])])
        for row, given in zip(odds, (cells, unread(cells)), strict=True):
            row[out] = np.minimum(row[out], model.predict_proba(given[out])[:, 1])
    return odds


def shown(name, right, odds, part):
    """Prints how well odds tell pairs of one happening from others."""
    print(f"{name}: average precision {average_precision_score(right, odds):.3f}")
    for bar in (0.5, 0.6, 0.7, 0.8):
        kept = odds >= bar
        found = right[kept].sum() / right.sum()
        few = f", {part[kept].mean():.3f} a part" if part is not None else ""
        print(f"  from {bar}: {right[kept].mean():.3f} right{few}, {found:.3f} found")


def fit(merge, stories, kept, check="yes"):
    """Prints figures unless `check` is no, fits all pairs and writes the trees."""
    cells, right, said, home = judged(kept_of(kept, "news"))
    sets = [(cells, right, home)]
    sets += [chained(kept_of(kept, "docs"), merge, name) for name in SETS]
    sets.append(storied(kept_of(kept, "stories"), stories))
    sets.append(substituted(kept_of(kept, "news")))
    for number, name in enumerate(("news", *SETS, "stories", "substituted")):
        _, right, groups = sets[number]
        few = f"{right.sum()} of {len(right)} pairs, {len(np.unique(groups))} held out in turn"
        part = said == "part" if number == 0 else None
        for how, odds in zip(
            ("kept", "not kept"), held_out(sets, number) if check == "yes" else (), strict=False
        ):
            shown(f"{name}, {few}, states {how}", right, odds, part)
    told = exported(learn(sets), BETWEEN)
    trees = {f"pairs.{name}": value for name, value in told.items()}
    np.savez_compressed(OUT, threshold=THRESHOLD, **trees)


if __name__ == "__main__":
    {"code": code, "axes": axes, "fit": fit}[sys.argv[1]](*sys.argv[2:])
