"""Tags become runs, runs become attributions."""

from functools import partial

import numpy as np

from benchmarks.engines.linker import Linked
from benchmarks.engines.tags import Tags
from dateline.model import Parsed, Report
from dateline.nlp.en import pack

TEXT = "The mayor said the army left the port."
ROLES = {"source": (0, 2), "cue": (2, 3), "content": (3, 8)}


def tag(parsed: Parsed, roles: dict[str, tuple[int, int]] = ROLES) -> Tags:
    found = {}
    for role, (a, b) in roles.items():
        table = np.tile(np.array([0.98, 0.01, 0.01], np.float32), (len(parsed.tokens), 1))
        table[a:b] = (0.01, 0.01, 0.98)
        found[role] = table
    return found


def test_tagged_words_are_linked() -> None:
    report = Report("r", TEXT)
    parsed = pack.parse(report, pack.sentences(report))
    (one,) = Linked(tag)(parsed)
    assert one.why.rule == "attribution.clause-before.v1"
    assert [s.of(TEXT) for s in one.source] == ["The mayor"]
    assert [s.of(TEXT) for s in one.content] == ["the army left the port"]


def test_what_only_the_tagger_reads_as_said_is_linked_by_the_linkers_rule() -> None:
    text = "On maps of the mayor the army left the port."
    roles = {"source": (3, 5), "cue": (1, 2), "content": (5, 10)}
    report = Report("r", text)
    parsed = pack.parse(report, pack.sentences(report))
    found = Linked(partial(tag, roles=roles))(parsed)
    assert {one.why.rule for one in found} == {"attribution.linked.v1"}
