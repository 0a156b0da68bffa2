"""Names whose last syllable follows a hyphen in lower case: "Moon Jae-in".

The tagger takes such a syllable for a word of its own, "in" for a preposition.
"""

from dataclasses import replace

from dateline.language.en.quick import Read

TAIL = 4  # letters of the longest such syllable: "Lee Nak-yeon"
SYLLABLE = frozenset(("NN", "NNP", "IN", "RP", "RB", "UH", "FW", "XX"))
BEFORE_NOUN = frozenset(("compound", "amod", "nmod", "nummod"))  # "Tony Blair-era"
HYPHENS = ("-", "‑")
PERSON = "PERSON"


def tailed(read: Read, text: str) -> Read:
    """Return a sentence in which people's names go on to their last syllable."""
    if not any(hyphen in text for hyphen in HYPHENS):
        return read
    words, names = list(read.words), list(read.names)
    for at in range(3, len(words)):
        if not syllable(read, text, at):
            continue
        over = [n for n, (first, last, _) in enumerate(names) if first < at - 1 <= last]
        first, _, label = names[over[0]] if over else (at - 3, at, PERSON)
        if label == PERSON and first <= at - 3:
            start, stop, head, (_, _, dep, lemma) = words[at]
            words[at] = (start, stop, head, ("NNP", "PROPN", dep, lemma))
            names = [name for n, name in enumerate(names) if n not in over]
            names = sorted([*names, (first, at + 1, label)])
    return replace(read, words=words, names=names)


def syllable(read: Read, text: str, at: int) -> bool:
    """Whether a word is a short tail of two names before it, whatever its tag."""
    one, two, dash, (start, stop, _, forms) = read.words[at - 3 : at + 1]
    tail, proper = text[start:stop], (one[3][0], two[3][0]) == ("NNP", "NNP")
    whole = two[1] == dash[0] and dash[1] == start and text[slice(*dash[:2])] in HYPHENS
    short = len(tail) <= TAIL and tail.isalpha() and tail.islower()
    tag, _, dep, _ = forms
    return whole and short and proper and tag in SYLLABLE and dep not in BEFORE_NOUN
