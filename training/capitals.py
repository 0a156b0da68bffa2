"""Which two words are written with capitals together: counted, not copied.

Reads the running text of articles that nobody has annotated and of PolNeAR; writes
pairs such as "white house", by which a headline Written So keeps its names.

usage: capitals.py DATA_FOLDER OUT.txt.gz
"""

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

from dateline.nlp.en.recase import is_headline_case, lowercase

TWO = re.compile(r"(?<=[a-z,;] )([A-Za-z][A-Za-z'’-]*[A-Za-z]) (?=([A-Za-z]['’\w-]*))")
DOCUMENTS, TIMES, USUAL = 4, 5, 3  # fewest, and how much oftener than written small


def texts(data: Path):
    """Yield the articles, whole."""
    for line in (data / "pool/articles.jsonl").read_text("utf-8").split("\n"):
        if line:
            yield json.loads(line)["text"]
    for path in sorted((data / "polnear/train/text").glob("*.txt")):
        yield path.read_text("utf-8")


def main() -> None:
    data, out = map(Path, sys.argv[1:3])
    high, low, documents = Counter(), Counter(), Counter()
    for text in texts(data):
        seen = set()
        for line in text.split("\n"):
            for hit in () if is_headline_case(line) else TWO.finditer(line):
                words = " ".join(hit.groups()).lower()
                if hit[1][0].isupper() and hit[2][0].isupper():
                    high[words] += 1
                    seen.add(words)
                elif hit[1][0].islower() and hit[2][0].islower():
                    low[words] += 1
        documents.update(seen)
    known = sorted(
        words
        for words, count in documents.items()
        if count >= DOCUMENTS
        and high[words] >= max(TIMES, USUAL * low[words] + 1)
        and any(word in lowercase() for word in words.split())
    )
    with gzip.GzipFile(out, "wb", mtime=0) as file:
        file.write("\n".join(known).encode())
    print(len(known), "pairs,", out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
