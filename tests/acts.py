"""A bare action for tests: words and a deed, with the codebook's properties of it."""

from dateline.model import Action, Span
from dateline.resources.codebook.plover import load

TYPES = load().types


def bare(at: Span, deed: str) -> Action:
    kind = TYPES.get(deed)
    return Action(
        trigger=at,
        evidence=at,
        deed=deed,
        modes=(),
        contexts=(),
        actors=(),
        recipients=(),
        mutual=False,
        sure=1.0,
        why=(),
        traits=kind.traits if kind else frozenset(),
        counts=kind.counts if kind else (),
    )
