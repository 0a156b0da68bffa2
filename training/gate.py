"""Learn the gate from the reader's own answers: gate.py DATA KEPT; needs scikit-learn.

DATA is the folder of public sets. Every article of them is read by the network that
ships, sentence by sentence, without a parse: how sure is it that an act stands there?
What it said is kept in the folder KEPT, in parts, so that a second run goes on (some
.08 CPU seconds an article, 7 minutes in all). The gate learns which sentences the
reader takes for acts (from .5 on), from hashed words and word pairs; our own lines
without an act (sport, business and culture, talk) are learnt as quiet.

A report is judged by its likeliest sentences. The bar is chosen on articles that were
not learnt (five parts): the highest at which no more than LOSS of the sentences with a
sure act stand in reports that are turned away, of all articles and of annotated/train
alone. `--figures` prints that and ends.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "corpus"), str(HERE.parent / "src")]

from dateline.extract.triggers import gate  # noqa: E402
from dateline.nlp.en.lexicon import load_english_lexicon  # noqa: E402

LOSS, OWN_LOSS = 0.003, 0.0015  # of all articles' sure acts, of annotated/train's
SURE, TELLS = 0.84, 0.5  # an act that is told, and one that is learnt as one
SNIPPET = 0.005  # of sentences with a sure act that may be lost where one is all
PARTS, FOLDS, LONGEST = 20, 5, 20_000
FILLED = 4  # times that each of our own lines is filled


@dataclass(frozen=True, slots=True)
class Article:
    """Its set, its sentences, and how sure the reader is of an act in each."""

    of: str
    texts: tuple[str, ...]
    sure: np.ndarray

    @property
    def clear(self) -> int:
        """How many sentences hold a sure act."""
        return int((self.sure >= SURE).sum())


def texts(data: Path) -> Iterator[tuple[str, str]]:
    """Yield every article, with the set it is of."""
    for line in (data / "pool/articles.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        yield f"pool-{row['id'].split('-')[0]}", row["text"]
    for name in ("places/lgl", "places/gwn", "times/timebank", "merge/ecb_dev", "merge/gvc_val"):
        for line in (data / f"{name}_docs.jsonl").open(encoding="utf-8"):
            yield name.split("/")[1], json.loads(line)["text"]
    for path in sorted((data / "polnear/train").rglob("*.txt"))[::2]:
        yield "polnear", path.read_text("utf-8")
    for path in sorted((data / "annotated/train/texts").glob("*.txt")):
        yield "train", path.read_text("utf-8")


def read_part(data: Path, part: int, out: Path) -> None:
    """Write what the reader says of each sentence of one part of the articles."""
    from dateline.ingest.reading.inputs import complete_report
    from dateline.ml.encoder import Reader
    from dateline.model import Report
    from dateline.model.parsed import group_kept
    from dateline.pipeline.factory import Options, make_coder

    program, reader = make_coder(Options(gate=False)), Reader.load()
    rows = []
    for n, (of, text) in enumerate(texts(data)):
        report = complete_report(Report(f"{n}", text, language=""))
        if n % PARTS != part or len(text) > LONGEST or report.language == "zxx":
            continue
        _, kept = program.cut_sentences(report)
        states = reader.encode(report.text, group_kept(*program.cut_sentences(report)))
        best = dict.fromkeys((s.span for s in kept), 0.0)
        for _, some in groupby(states.stretches, key=lambda each: each.window):
            near = list(some)
            told = reader.heads.chances_of_pieces(np.concatenate([p.rows for p in near]))[:, 0]
            ends = np.cumsum([len(p.rows) for p in near])
            for piece, odds in zip(near, np.split(told, ends[:-1]), strict=True):
                best[piece.sentence] = max(best[piece.sentence], float(odds.max()))
        said = [(" ".join(span.of(report.text).split()), round(p, 4)) for span, p in best.items()]
        rows.append(json.dumps([of, said]))
    out.write_text("\n".join(rows) + "\n", "utf-8")


def articles(data: Path, kept: Path) -> list[Article]:
    """Return all articles as the reader reads them, those read before from KEPT."""
    kept.mkdir(parents=True, exist_ok=True)
    found = []
    for part in range(PARTS):
        path = kept / f"{part}.jsonl"
        if not path.exists():
            read_part(data, part, path)
        for line in path.read_text("utf-8").strip().split("\n"):
            of, said = json.loads(line)
            if said:
                told, sure = zip(*said, strict=True)
                found.append(Article(of, told, np.array(sure)))
    return found


def quiet_lines() -> list[str]:
    """Return our own lines without an act, filled."""
    import corpus

    rng = random.Random(1)
    every = [row for p in sorted((HERE / "corpus").glob("none-*.txt")) for row in corpus.read(p)]
    return [corpus.fill(row, rng).plain()[0] for row in every for _ in range(FILLED)]


def matrix(found: Sequence[str]) -> csr_matrix:
    """Return the features of texts as the gate weighs them."""
    buckets, owners = gate.bucket_sentences(found)
    count = np.maximum(np.bincount(owners, minlength=len(found)), 1)
    values = 1 / np.sqrt(count[owners])
    return csr_matrix((values, (owners, buckets)), (len(found), 1 << gate.BITS))


def fit(rows: csr_matrix, sure: np.ndarray) -> tuple[np.ndarray, float]:
    """Return weights and intercept; what the reader is unsure of weighs least."""
    model = LogisticRegression(C=3, max_iter=60, solver="liblinear")
    model.fit(rows, sure >= TELLS, sample_weight=0.2 + 1.6 * np.abs(sure - TELLS))
    return model.coef_[0], float(model.intercept_[0])


def out_of_fold(some: Sequence[Article]) -> list[np.ndarray]:
    """Return the score of every sentence by a model that saw nothing of its article."""
    flat = [t for a in some for t in a.texts]
    of = np.repeat(np.arange(len(some)), [len(a.texts) for a in some])
    sure = np.concatenate([a.sure for a in some])
    own = quiet_lines()
    rows, quiet = matrix(flat), matrix(own)
    fold = np.random.default_rng(1).integers(0, FOLDS, len(some))[of]
    scores = np.zeros(len(flat))
    for n in range(FOLDS):
        rest = fold != n
        given = vstack([rows[rest], quiet]).tocsr()
        weights, bias = fit(given, np.concatenate([sure[rest], np.zeros(len(own))]))
        scores[~rest] = rows[~rest] @ weights + bias
    return np.split(scores, np.cumsum([len(a.texts) for a in some])[:-1])


def bar_of(some: Sequence[Article], likely: np.ndarray) -> float:
    """Return the highest bar at which both losses are kept."""
    clear = np.array([a.clear for a in some])
    train = np.array([a.of == "train" for a in some])
    bars = []
    for which, loss in ((train | ~train, LOSS), (train, OWN_LOSS)):
        order = np.argsort(likely[which])
        lost = np.cumsum(clear[which][order])
        first = int((lost <= loss * lost[-1]).sum())
        bars.append(float(likely[which][order][min(first, len(order) - 1)]))
    return min(bars)


def show_figures(some: Sequence[Article], likely: np.ndarray, bar: float) -> None:
    """Print what reports the gate turns away, and what is lost with them."""
    away = likely < bar
    clear = np.array([a.clear for a in some])
    none = np.array([a.sure.max() for a in some]) < 0.3  # noqa: PLR2004  no act is read
    train = np.array([a.of == "train" for a in some])
    print(
        f"{len(some)} articles; turned away: {away[clear == 0].mean():.3f} of"
        f" {(clear == 0).sum()} without a sure act, {away[none].mean():.3f} of"
        f" {none.sum()} without any, {away[clear > 0].mean():.3f} of the others;"
        f" sure acts lost {clear[away].sum() / clear.sum():.4f}, of annotated/train"
        f" {clear[away & train].sum() / clear[train].sum():.4f}"
    )


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("data", type=Path)
    ask.add_argument("kept", type=Path)
    ask.add_argument("--figures", action="store_true")
    ask.add_argument("--out", type=Path, default=gate.WEIGHTS)
    args = ask.parse_args()
    every = articles(args.data, args.kept)
    whole = [a for a in every if len(a.texts) >= gate.REPORT]
    scores = out_of_fold(whole)
    likely = np.array([gate.report_likelihood(s) for s in scores])
    bar = bar_of(whole, likely)
    show_figures(whole, likely, bar)
    before = [gate.scores(a.texts) for a in whole]
    old = np.array([gate.report_likelihood(s) for s in before])
    print("what ships:", end=" ")
    show_figures(whole, old, gate.model().likely)
    if args.figures:
        return
    flat = np.concatenate(scores)
    sure = np.concatenate([a.sure for a in whole]) >= SURE
    plain = gate.guarded(load_english_lexicon(), [t for a in whole for t in a.texts])
    told = np.sort(flat[sure & ~plain])
    lone = float(told[int(SNIPPET * sure.sum())])
    print(f"a sentence alone: {(flat[~sure] < lone).mean():.3f} of the others turned away")
    own = quiet_lines()
    given = [t for a in every for t in a.texts] + own
    said = np.concatenate([*(a.sure for a in every), np.zeros(len(own))])
    weights, bias = fit(matrix(given), said)
    lone, bar = lone - bias, bar - bias  # the gate adds no constant
    scale = float(np.abs(weights).max() / 127)
    small = np.round(weights / scale).astype(np.int8)
    np.savez_compressed(args.out, weights=small, scale=scale, threshold=lone, likely=bar)
    print(f"bars {lone:.3f}, {bar:.3f}")


if __name__ == "__main__":
    main()
