"""Score modes and contexts, by rule and by head, on our own held-out tenth.

Needs the language's parser. A mode is asked of acts whose deed is right; a context of
the sentence that its act stands in.
"""

from __future__ import annotations

from collections import Counter

import own

from dateline.actions import FrameFinder
from dateline.actions.contents import contexts
from dateline.actions.judge import matters
from dateline.actions.propose import modes
from dateline.codebook.plover import load
from dateline.encoder import Encoder
from dateline.language.en import pack
from dateline.model import Report, Span

LEAST = 0.5


def count(n: Counter[str], name: str, said: set[str], gold: set[str]) -> None:
    """Add one answer: its hits, what was said, what is right, whether all is right."""
    n[f"{name} hit"] += len(said & gold)
    n[f"{name} said"] += len(said)
    n[f"{name} gold"] += len(gold)
    n[f"{name} right"] += said == gold
    n[f"{name} asked"] += 1


def main() -> None:
    book, encoder, n = load(), Encoder.load(), Counter()
    finder = FrameFinder(book, encoder, raw=True)
    for row in own.rows(True, 0, 1):
        report = Report("", row.text)
        parsed = pack.parse(report, pack.sentences(report))
        read, acts = encoder.read(parsed), finder(parsed, None)
        for deal in (d for d in row.deals if d.triggers and d.deeds != ("NONE",)):
            told = Span(*deal.triggers[0])
            said = {k for k, p in read.contexts(told).items() if p > LEAST}
            count(n, "contexts, head", said, set(deal.contexts))
            words = set(contexts(book, parsed))
            count(n, "contexts, words", words, set(deal.contexts))
            likely = set(matters(read, [told], ()))
            count(n, "contexts, both as shipped", words | likely, set(deal.contexts))
            act = next((a for a in acts if a.trigger.overlaps(told)), None)
            if act is not None and act.deed in deal.deeds:
                head = set(modes(book, read, act.deed, act.trigger))
                gold = set(deal.modes or ())
                count(n, "modes, rules", set(act.modes), gold)
                count(n, "modes, head", head, gold)
                count(n, "modes, head where no rule", set(act.modes) or head, gold)
    for name in sorted({k.rpartition(" ")[0] for k in n}):
        hit, said, gold, right, asked = (
            n[f"{name} {k}"] for k in ("hit", "said", "gold", "right", "asked")
        )
        f1 = 2 * hit / max(1, said + gold)
        print(f"{name}: F1 {f1:.3f}, all right {right / asked:.3f} of {asked}")


if __name__ == "__main__":
    main()
