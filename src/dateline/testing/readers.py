"""The promise that a reader must keep: a suite that ours pass and that yours can pass.

A format of your own: subclass `ReaderContract` in a test module, set `reader` to its
kind, `name` to a file's name as they are, `good` to the bytes of one that holds one
report, and `words` to some that the report has.
"""

import pickle
from collections.abc import Iterator
from typing import ClassVar

from dateline.model import Problem, Report, Source


def mutants(raw: bytes) -> Iterator[bytes]:
    """Yield the bytes cut, doubled, flipped and stuffed, in fixed ways."""
    yield b""
    for share in (0.1, 0.37, 0.63, 0.9):
        yield raw[: int(len(raw) * share)]
    for at in range(1, 8):
        place = len(raw) * at // 8
        flipped = bytes(b ^ 0xFF for b in raw[place : place + 9])
        yield raw[:place] + flipped + raw[place + 9 :]
        yield raw[:place] + b"\x00\xff\xfe<" * 50 + raw[place:]
    yield raw + raw


class ReaderContract:
    """What every reader promises of any bytes at all."""

    reader: ClassVar[str]
    name: ClassVar[str]
    good: ClassVar[bytes]
    words: ClassVar[str]

    def test_a_good_file_gives_its_report(self) -> None:
        """The words are found, with where they lie and the hash of their bytes."""
        (found,) = self.reports(self.good)
        assert self.words in found.text
        capture = found.capture
        assert capture is not None
        assert len(capture.sha256) == 64  # noqa: PLR2004
        assert capture.found_at.startswith(f"in/{self.name}")

    def test_its_name_or_first_bytes_lead_to_it(self) -> None:
        """A file is known for its format before anybody says what it is."""
        from dateline.ingest.reading.formats import sniff_reader

        assert sniff_reader(Source(self.name, raw=self.good)) == self.reader

    def test_the_same_bytes_give_the_same_reports(self) -> None:
        """Nothing is told by the clock, the order of a set or the run before."""
        assert self.reports(self.good) == self.reports(self.good)

    def test_what_it_gives_can_travel(self) -> None:
        """Every item pickles, for it may come from a child or go to a worker."""
        for item in self.reports(self.good):
            assert pickle.loads(pickle.dumps(item)) == item

    def test_broken_bytes_are_told_and_never_raise(self) -> None:
        """Each mutant gives reports or problems with a code, a place and words."""
        for raw in mutants(self.good):
            for item in self.every(raw):
                if isinstance(item, Problem):
                    assert item.code and item.message
                    assert item.report_id.startswith("in/")

    def test_no_bytes_are_silence(self) -> None:
        """Bytes that hold no report give a problem, not nothing at all."""
        assert self.every(b"\x00\x01\x02\x03" * 300)

    def reports(self, raw: bytes) -> list[Report]:
        """Return the reports in these bytes, wherever they are contained."""
        return [item for item in self.every(raw) if isinstance(item, Report)]

    def every(self, raw: bytes) -> list[Report | Problem]:
        """Return the reports and problems of these bytes, as a run finds them."""
        from dateline.ingest.reading.inputs import read_source
        from dateline.ingest.reading.worker import Child

        source = Source(f"in/{self.name}", raw=raw, kind=self.reader)
        child = Child(here=True)
        try:
            return list(read_source(source, child))
        finally:
            child.close()
