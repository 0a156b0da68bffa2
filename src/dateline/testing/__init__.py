"""Promises that a part must keep: suites that ours pass and that yours can pass too.

A store of your own: subclass `StoreContract` in a test module and give it a fixture
`store` that returns an empty one.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from dateline.model import (
    Action,
    Actor,
    Attribution,
    Certainty,
    Claim,
    Place,
    Problem,
    Quantity,
    Report,
    Span,
    Speaker,
    When,
    Why,
)
from dateline.model.protocols import Store
from dateline.model.record import claim_record

MADE: dict[str, Any] = {"version": "1", "codebook": "plover", "gate": True}
TEXT = "Kenya freed two Ugandan pilots in Mombasa on Monday, the army said."
REPORT = Report(
    "wire-1", TEXT, title="Pilots freed", outlet="Global Wire", url="https://example.org"
)
REPORT = replace(REPORT, published=date(2025, 3, 4))


def span(words: str, text: str = TEXT) -> Span:
    """Return where words stand in a text."""
    start = text.index(words)
    return Span(start, start + len(words))


def party(words: str, country: str | None, *sectors: str, text: str = TEXT) -> Actor:
    """Return a party that the sample report, or another text, names."""
    at = span(words, text)
    answer: Any = "resolved" if country else "unknown"
    return Actor(words, country, sectors, None, answer, at, Why("actors.test.v1", at))


def freeing(deed: str, text: str = TEXT) -> Action:
    """Return the act of the sample report, or of another text that tells it so."""
    why = Why("actions.test.v1", span("freed", text))
    return Action(
        trigger=span("freed", text),
        evidence=span(text.partition(",")[0], text),
        deed=deed,
        modes=("release",),
        contexts=("military",),
        actors=(span("Kenya", text),),
        recipients=(span("two Ugandan pilots", text),),
        mutual=False,
        sure=0.8,
        why=(("what", why),),
    )


def sample(report: str = REPORT.id, deed: str = "RETREAT", event: str = "e1") -> Claim:
    """Return a claim of the sample report with an answer to every question."""
    action, day = freeing(deed), date(2025, 3, 3)
    at, town, two = span("Monday"), span("Mombasa"), span("two")
    says = Speaker("the army", "named", span("the army"), party("the army", "KEN", "MIL"))
    claim = Claim(
        report_id=report,
        action=action,
        type=deed,
        cameo="0841",
        quad="material cooperation",
        score=6.5,
        actors=(party("Kenya", "KEN", "GOV"),),
        recipients=(party("two Ugandan pilots", "UGA", "CVL"),),
        when=When(day, day, "day", at, Why("times.test.v1", at)),
        where=Place(
            *("Mombasa", "KEN", "Mombasa", None, -4.05, 39.67, 186301, "PPLA"),
            precision="city",
            span=town,
            why=Why("places.test.v1", town),
        ),
        places=(),
        quantities=(
            Quantity(
                *("other", 2, 2, 2, "exact", "Ugandan pilots", "this act", None),
                *(two, Why("quantities.test.v1", two)),
            ),
        ),
        attribution=Attribution((says,), Why("attribution.test.v1", span("said"))),
        certainty=Certainty("happened", Why("certainty.test.v1")),
        why=action.why,
    )
    return replace(claim, event=event)


class StoreContract:
    """What every store promises; `store` is a fixture that gives an empty one."""

    def test_saving_twice_keeps_one(self, store: Store) -> None:
        """The same coding again changes nothing."""
        assert store.save(REPORT, [sample()], [], MADE) == 1
        before = store.counts()
        assert store.save(REPORT, [sample()], [], MADE) is None
        assert store.counts() == before
        assert list(store.claims({})) == [claim_record(sample(), TEXT)]

    def test_a_claim_and_its_report_come_back_whole(self, store: Store) -> None:
        """What was given is returned: every field, every character."""
        odd = "NUL \0, \u202e, 한국, 𐍈, 'quotes', \\ and\r\n" + TEXT
        report = replace(REPORT, text=odd, id="odd \0 id")
        shifted = replace(sample(report.id), event="e2")
        store.save(report, [shifted], [], MADE)
        assert kept_report(store, report.id)["text"] == odd
        assert kept_report(store, report.id)["title"] == "Pilots freed"
        assert list(store.claims({})) == [claim_record(shifted, odd)]
        assert store.claim(shifted.id[:9]) == claim_record(shifted, odd)

    def test_other_settings_take_the_place_of_the_old_coding(self, store: Store) -> None:
        """A new run replaces what the old one read in the same text."""
        store.save(REPORT, [sample()], [], MADE)
        store.save(REPORT, [sample(deed="CONCEDE")], [], {**MADE, "gate": False})
        assert [c["deed"] for c in store.claims({})] == ["CONCEDE"]
        assert (store.counts()["runs"], store.counts()["claims"]) == (2, 1)

    def test_a_new_text_under_an_old_id_is_a_new_version(self, store: Store) -> None:
        """The old version stays, no longer current."""
        store.save(REPORT, [sample()], [], MADE)
        newer = replace(REPORT, text=TEXT + " More.")
        store.save(newer, [sample(deed="AID")], [], MADE)
        assert [c["deed"] for c in store.claims({})] == ["AID"]
        assert store.counts()["reports"] == 2
        assert kept_report(store, REPORT.id)["text"].endswith("More.")
        assert store.report_ids() == [REPORT.id]

    def test_claims_come_in_order_of_reports(self, store: Store) -> None:
        """Ids are ordered by code points, whatever the database's language."""
        names = ["b", "a", "B", "Z", "é", "a-1", "_"]
        for name in names:
            store.save(replace(REPORT, id=name), [sample(name)], [], MADE)
        assert [c["report"] for c in store.claims({})] == sorted(names)
        assert store.report_ids() == sorted(names)

    def test_claims_come_with_the_heads_of_their_reports(self, store: Store) -> None:
        """In order of reports, or gathered by event: what writers make rows of."""
        for name, event in (("a", "e2"), ("b", "e1"), ("c", "e2")):
            coded = sample(name, event=event)
            store.save(replace(REPORT, id=name, title=name * 3), [coded], [], MADE)
        found = list(store.claims_and_heads({}))
        assert [(c["report"], head["title"]) for c, head in found] == [
            ("a", "aaa"),
            ("b", "bbb"),
            ("c", "ccc"),
        ]
        gathered = store.claims_and_heads({"status": "happened"}, by_event=True)
        assert [c["event"] for c, _ in gathered] == ["e1", "e2", "e2"]
        assert [r["title"] for r in store.reports()] == ["aaa", "bbb", "ccc"]

    def test_filters(self, store: Store) -> None:
        """Each filter keeps what it names and nothing else."""
        store.save(REPORT, [sample()], [], MADE)
        for where, count in FILTERED:
            assert len(list(store.claims(dict(where)))) == count, where

    def test_wrong_filters_and_values_are_told(self, store: Store) -> None:
        """Names and values that cannot be are refused with those that can."""
        store.save(REPORT, [sample()], [], MADE)
        for name, value, told in WRONG:
            message = refused(store, name, value)
            assert told in message, (name, value, message)
        assert len(list(store.claims({}))) == 1

    def test_problems_are_kept(self, store: Store) -> None:
        """A problem noted twice is one."""
        bad = Problem("bad \0", "read", "unreadable", "binary data: \0")
        store.note(bad)
        store.note(bad)
        assert store.counts()["problems"] == 1
        assert [p["message"] for p in store.problems()] == ["binary data: \0"]

    def test_words_are_found_in_reports(self, store: Store) -> None:
        """Full-text search knows the current texts, and only those."""
        store.save(REPORT, [sample()], [], MADE)
        other = replace(REPORT, id="wire-2", text="Ministers met.", title="A summit")
        store.save(other, [], [], MADE)
        assert [r["id"] for r in store.search("pilot")] == ["wire-1"]
        assert [r["id"] for r in store.search('"Ugandan pilots" -summit')] == ["wire-1"]
        assert [r["id"] for r in store.search("summit OR mombasa")] != []
        assert "[pilots]" in store.search("pilots")[0]["brief"].lower()
        assert store.search("zebra") == []
        assert store.search("it's \"broken *:^( AND") == []
        store.save(replace(other, text="A zebra.", title=""), [], [], MADE)
        assert [r["id"] for r in store.search("zebra")] == ["wire-2"]
        assert store.search("ministers") == []
        assert len(list(store.claims({"search": "pilots"}))) == 1
        assert len(list(store.claims({"search": "zebra"}))) == 0

    def test_readers_go_on_while_claims_are_written(self, store: Store) -> None:
        """A reader sees one state of the store from the first row to the last."""
        for n in range(3):
            name = f"r{n}"
            store.save(replace(REPORT, id=name), [sample(name)], [], MADE)
        reading: Iterator[Any] = store.claims({})
        first = list(islice(reading, 1))
        store.save(replace(REPORT, id="r9"), [sample("r9")], [], MADE)
        assert len(first) + len(list(reading)) == 3
        assert len(list(store.claims({}))) == 4


FILTERED: tuple[tuple[dict[str, str], int], ...] = (
    ({"actor": "KEN"}, 1),
    ({"actor": "KEN GOV"}, 1),
    ({"actor": "KEN MIL"}, 0),
    ({"actor": "kenya"}, 1),
    ({"recipient": "pilots"}, 1),
    ({"recipient": "KEN"}, 0),
    ({"said_by": "army"}, 1),
    ({"own_voice": "yes"}, 0),
    ({"type": "retreat,AID"}, 1),
    ({"type": "AID"}, 0),
    ({"deed": "RETREAT"}, 1),
    ({"mode": "release"}, 1),
    ({"mode": "resign"}, 0),
    ({"status": "denied"}, 0),
    ({"country": "KEN"}, 1),
    ({"country": "UGA"}, 0),
    ({"since": "2025-03-03", "until": "2025-03-03"}, 1),
    ({"since": "20250303", "until": "2025-W10-1"}, 1),
    ({"since": "2025-03-04"}, 0),
    ({"text": "ugandan PILOTS"}, 1),
    ({"text": "100%"}, 0),
    ({"report": "wire-1"}, 1),
    ({"event": "e2"}, 0),
    ({"actor": "x' OR 1=1 --"}, 0),
)
WRONG = (
    ("sort", "id; DROP TABLE claims", "no filter 'sort'"),
    ("type", "RETREET", "ACCUSE"),
    ("deed", "x' OR 1=1--", "ASSAULT"),
    ("mode", "relase", "release"),
    ("status", "done", "happened"),
    ("country", "KENYA", "KEN"),
    ("since", "Monday", "no date"),
    ("type", " ", "ACCUSE"),
)


def kept_report(store: Store, name: str) -> dict[str, Any]:
    """Return a report that a store must have."""
    found = store.report(name)
    assert found is not None, f"the store lost report {name!r}"
    return found


def refused(store: Store, name: str, value: str) -> str:
    """Return the message with which a store refuses a filter, or nothing."""
    from dateline.store.errors import StoreError

    try:
        list(store.claims({name: value}))
    except StoreError as error:
        return str(error)
    return ""
