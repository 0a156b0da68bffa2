"""The figures that several scorers share."""

from collections.abc import Hashable, Sequence


def macro(
    gold: Sequence[Hashable],
    said: Sequence[Hashable],
    labels: Sequence[Hashable] | None = None,
) -> float:
    """Return the mean of the labels' F1, over the labels that gold has.

    >>> macro(["a", "b"], ["a", "a"])
    0.3333
    """
    chosen = labels or list(dict.fromkeys(gold))
    each = [of_label(gold, said, label) for label in chosen]
    return round(sum(each) / max(1, len(each)), 4)


def of_label(
    gold: Sequence[Hashable], said: Sequence[Hashable], label: Hashable
) -> float:
    """Return one label's F1."""
    pairs = list(zip(gold, said, strict=True))
    both = sum(g == label == s for g, s in pairs)
    either = sum((g == label) + (s == label) for g, s in pairs)
    return 2 * both / max(1, either)


def accuracy(gold: Sequence[Hashable], said: Sequence[Hashable]) -> float:
    """Return the share of answers that are right."""
    right = sum(g == s for g, s in zip(gold, said, strict=True))
    return round(right / max(1, len(gold)), 4)


def harmonic(precision: float, recall: float) -> float:
    """Return the harmonic mean of the two.

    >>> harmonic(0.5, 1.0)
    0.6666666666666666
    """
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0
