"""Which English words are usually written in lower case: counted, not copied.

Reads the running text of the public sets and WordNet's lemmas (Debian's wordnet-base,
WordNet licence); writes the word list that gives capitals-only wire copy its case back.

usage: lowercase.py DATA_FOLDER WORDNET_FOLDER OUT.txt.gz
"""

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

WORD = re.compile(r"(?<=[a-z,;] )[A-Za-z][A-Za-z'’-]*[A-Za-z]|(?<=[a-z,;] )[aA]\b")


def texts(data: Path):
    """Yield running text in usual case, from the sets that have it."""
    for path in sorted((data / "polnear/train/text").glob("*.txt")):
        yield path.read_text("utf-8")
    for name in ("times/timebank_docs", "places/lgl_docs", "places/gwn_docs"):
        for line in (data / f"{name}.jsonl").read_text("utf-8").split("\n"):
            if line:
                yield json.loads(line)["text"]


def lemmas(wordnet: Path):
    """Yield WordNet's lower-case lemmas of one word."""
    for kind in ("noun", "verb", "adj", "adv"):
        for line in (wordnet / f"data.{kind}").read_text("utf-8").split("\n"):
            if not line or line.startswith("  "):
                continue
            fields = line.split()
            words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
            yield from (w.split("(")[0] for w in words if "_" not in w)


def inflected(word: str):
    """Yield a lemma and its regular forms."""
    yield word
    stem = word[:-1] if word.endswith("e") else word
    yield from (word + "s", stem + "ed", stem + "ing", stem + "er")
    if word.endswith("y"):
        yield from (word[:-1] + "ies", word[:-1] + "ied")


def usual(word: str, low: Counter, high: Counter, names: Counter) -> bool:
    """Whether a dictionary word is mostly written small ("army", not "Jordan")."""
    if word in names:
        return low[word] >= 3 and 3 * low[word] > high[word]
    return high[word] <= 3 * low[word]


def main() -> None:
    data, wordnet, out = map(Path, sys.argv[1:4])
    low, high = Counter(), Counter()
    for text in texts(data):
        for hit in WORD.finditer(text):
            (low if hit[0][0].islower() else high)[hit[0].lower()] += 1
    words, names = Counter(), Counter()
    for lemma in lemmas(wordnet):
        (names if lemma[:1].isupper() else words)[lemma.lower()] += 1
    known = {w for w in low if low[w] > high[w]}
    for lemma in words:
        if lemma.isalpha() and len(lemma) > 2:
            known |= {f for f in inflected(lemma) if usual(f, low, high, names)}
    with gzip.GzipFile(out, "wb", mtime=0) as file:
        file.write("\n".join(sorted(known)).encode())
    print(len(known), "words,", out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
