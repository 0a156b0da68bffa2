"""Learn what stands around a story: furniture.py DATA [--check]; needs scikit-learn.

DATA holds annotated/train/texts and pool/articles.jsonl. Under half of the articles
goes invented furniture (furniture/learn.tsv) with headlines of other articles as its
links; the other half stays as it is. The price of a change is chosen on articles that
were not learnt, with other furniture of the same file. `--check` prints, for the lines
of furniture/show.tsv under articles that were not learnt, what of them is found, and
what is taken from the articles themselves; the annotated ones also tell how many of
their tellings are lost.
"""

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))
from dateline.model.layout import paragraphs  # noqa: E402
from dateline.nlp import boilerplate as f  # noqa: E402

OUT = HERE.parent / "src/dateline/nlp/furniture.json"
CHANGES = (2.0, 3.0, 4.0, 5.0, 6.0, 8.0)
LEAST = 0.02  # a weight below it is dropped
Text = tuple[str, tuple[bool, ...]]  # and which of its paragraphs are furniture


def lines(name: str) -> dict[str, list[str]]:
    """Return the invented lines of a file, by kind."""
    found: dict[str, list[str]] = {}
    for row in (HERE / "furniture" / name).read_text("utf-8").splitlines():
        if not row.startswith("#"):
            kind, words = row.split("\t")
            found.setdefault(kind, []).append(words.strip())
    return found


def articles(data: Path) -> tuple[list[str], list[str]]:
    """Return the texts of the annotated reports, and those of the pool."""
    own = sorted((data / "annotated/train/texts").glob("*.txt"))
    rows = (data / "pool/articles.jsonl").read_text("utf-8").strip().split("\n")
    return [p.read_text("utf-8") for p in own], [json.loads(r)["text"] for r in rows]


def headlines(texts: Sequence[str]) -> list[str]:
    """Return first lines that look like headlines."""
    first = [t.lstrip().split("\n")[0].strip() for t in texts]
    return [w for w in first if 20 < len(w) < 110 and w[-1] not in ".!?:"]  # noqa: PLR2004


def dressed(words: str, rng: random.Random) -> str:
    """Return a link as pages show it."""
    way = rng.random()
    if way < 0.5:  # noqa: PLR2004
        return words
    ends = (" - 2 hours ago", " | World", " (video)", " »", f" {rng.randint(1, 90)}")
    starts = ("- ", "• ", "1. ", "World: ", "READ ALSO: ", "» ", "* ")
    return words + rng.choice(ends) if way < 0.7 else rng.choice(starts) + words  # noqa: PLR2004


def block(own: dict[str, list[str]], links: list[str], rng: random.Random) -> list[str]:
    """Return the lines of one block of furniture."""
    kinds = [k for k in own if k not in ("header", "link")]
    size = rng.randint(1, 14)
    if rng.random() < 0.65:  # noqa: PLR2004
        out = [rng.choice(own["header"])] if rng.random() < 0.8 else []  # noqa: PLR2004
        out += [dressed(rng.choice(links), rng) for _ in range(size)]
        if rng.random() < 0.5:  # noqa: PLR2004
            out += [rng.choice(own[rng.choice(kinds)]) for _ in range(rng.randint(1, 4))]
        return out
    return [rng.choice(own[rng.choice(kinds)]) for _ in range(size)]


def furnished(text: str, own: dict[str, list[str]], links: list[str], rng: random.Random) -> Text:
    """Return an article with furniture under it, at times also at its head or within.

    Which paragraphs are furniture is told by their place, so that each is one line.
    """
    gap = "\n\n" if "\n\n" in text or rng.random() < 0.5 else "\n"  # noqa: PLR2004
    story = [p.of(text) for p in paragraphs(text)]
    rows = [(words, False) for words in story]
    if rng.random() < 0.85:  # noqa: PLR2004
        rows += [(words, True) for words in block(own, links, rng)]
    if rng.random() < 0.25 and len(story) > 2:  # noqa: PLR2004
        few = [(w, True) for w in block(own, links, rng)[: rng.randint(1, 4)]]
        at = rng.choice((1, rng.randint(1, len(story) - 1)))
        rows[at:at] = few
    joined = gap.join(words for words, _ in rows)
    found = [p.of(joined) for p in paragraphs(joined)]
    if found != [words for words, _ in rows]:  # taken for wrapped copy
        return text, (False,) * len(paragraphs(text))
    return joined, tuple(flag for _, flag in rows)


def matrix(texts: Sequence[Text], names: list[str]) -> tuple[csr_matrix, np.ndarray]:
    """Return the features of all paragraphs, and which are furniture."""
    numbers, at, of, flags = [], [], [], []
    for text, told in texts:
        blocks = [f.read_block(p.of(text)) for p in paragraphs(text)]
        for block, row in zip(blocks, f.describe_blocks(blocks), strict=True):
            numbers.append([row[name] for name in names])
            found = sorted(f.word_buckets(block))
            of += [len(numbers) - 1] * len(found)
            at += found
        flags += told
    size = len(numbers), f.BUCKETS
    words_ = csr_matrix((np.ones(len(at)), (of, at)), size)
    return hstack([csr_matrix(np.array(numbers)), words_]).tocsr(), np.array(flags)


def fit(texts: Sequence[Text], change: float) -> f.Weights:
    """Return the weights that tell furniture from story, line by line."""
    names = list(f.describe_blocks([f.read_block("One.")])[0])
    rows, flags = matrix(texts, names)
    model = LogisticRegression(C=0.5, penalty="l1", solver="liblinear", max_iter=300)
    model.fit(rows, flags)
    told = model.coef_[0]
    numbers = {n: round(float(w), 3) for n, w in zip(names, told, strict=False)}
    words = {k: round(float(w), 2) for k, w in enumerate(told[len(names) :]) if abs(w) >= LEAST}
    return f.Weights(round(float(model.intercept_[0]), 3), numbers, words, change)


def taken(text: str, weights: f.Weights, change: float) -> list[bool]:
    """Return which paragraphs of a text are taken for furniture."""
    odds = f.weigh_blocks([f.read_block(p.of(text)) for p in paragraphs(text)], weights)
    return f.choose_blocks(odds, change)


def judged(texts: Sequence[Text], weights: f.Weights, change: float) -> str:
    """Return what is found of the furniture, and what is lost of the stories."""
    found = all_ = lost = story = 0
    for text, flags in texts:
        for took, flag in zip(taken(text, weights, change), flags, strict=True):
            all_, found = all_ + flag, found + (flag and took)
            story, lost = story + (not flag), lost + (took and not flag)
    return (
        f"{found / max(1, all_):.3f} of {all_} lines found,"
        f" {1000 * lost / max(1, story):.2f} in 1,000 of {story} of stories lost"
    )


def losses(data: Path, weights: f.Weights) -> str:
    """Return how many tellings of annotated reports stand in what is taken."""
    lost = every = 0
    for path in sorted((data / "annotated/train/gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = (data / "annotated/train/texts" / f"{path.stem}.txt").read_text("utf-8")
        spans = paragraphs(text)
        flags = taken(text, weights, weights.change)
        out = [s for s, no in zip(spans, flags, strict=True) if no]
        for event in gold.get("tellings") or gold.get("events", []):
            at = event["trigger"]["start"]
            every += 1
            lost += any(s.start <= at < s.end for s in out)
    return f"{lost} of {every} tellings of annotated/train stand in what is taken"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("data", type=Path)
    ask.add_argument("--check", action="store_true")
    args = ask.parse_args()
    rng = random.Random(1)
    own, pool = articles(args.data)
    every = [*own, *pool[::2]]
    rng.shuffle(every)
    links = headlines(every)
    fifth = len(every) // 5
    learn, rest = every[fifth:], every[:fifth]
    given = lines("learn.tsv")
    half = len(links) // 2

    def made(texts: Sequence[str], some: list[str]) -> list[Text]:
        dressed_ = [furnished(t, given, some, rng) for t in texts[::2]]
        return dressed_ + [(t, (False,) * len(paragraphs(t))) for t in texts[1::2]]

    weights = fit(made(learn, links[half:]), CHANGES[0])
    held = made(rest, links[:half])
    for change in CHANGES:
        print(f"change {change}: {judged(held, weights, change)}")
    weights = f.Weights(weights.bias, weights.numbers, weights.words, 4.0)
    if args.check:
        shown = lines("show.tsv")
        other = [furnished(t, shown, shown["link"], random.Random(n)) for n, t in enumerate(rest)]
        print(f"other furniture: {judged(other, weights, weights.change)}")
        print(losses(args.data, weights))
    told = {
        "bias": weights.bias,
        "change": weights.change,
        "numbers": weights.numbers,
        "words": {str(k): w for k, w in sorted(weights.words.items())},
    }
    OUT.write_text(json.dumps(told, separators=(",", ":")) + "\n", "utf-8")
    print(len(weights.words), "buckets;", weights.numbers)


if __name__ == "__main__":
    main()
