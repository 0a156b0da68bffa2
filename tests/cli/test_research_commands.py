"""The commands of research, as a person calls them."""

from pathlib import Path

from tests.analysis.made import Told, make_store, speaker, text_of
from tests.command import run

KCNA = speaker("KCNA", "PRK", "JRN", "GOV")


def kept(folder: Path) -> str:
    told = [
        Told("e1", "r1", said_by=(KCNA,)),
        Told("e2", "r2", "AID"),
        Told("e2", "r1", "AID", said_by=(KCNA,)),
    ]
    make_store(folder, told, days={"r1": "2025-03-04", "r2": "2025-03-05"}).close()
    return "s.db"


def test_panel_prints_and_writes(tmp_path: Path) -> None:
    store = kept(tmp_path)
    done = run(tmp_path, "panel", "--store", store, "--format", "csv", "--ids", "gw")
    assert done.returncode == 0, done.stderr
    head, row = done.stdout.splitlines()
    assert head.startswith("country,gw,month,events,reports_read,outlets_read,")
    assert row.startswith("KEN,501,2025-03,2,2,1,20")
    assert "events in scope: 2" in done.stderr
    out = ("--format", "parquet", "--out", "p.parquet")
    assert run(tmp_path, "panel", "--store", store, *out).returncode == 0
    assert (tmp_path / "p.parquet.scope.toml").exists()
    late = ("--until", "2025-04-30", "--format", "csv")
    gap = run(tmp_path, "panel", "--store", store, *late)
    assert "! no report of 1 months was read" in gap.stderr
    assert gap.stdout.splitlines()[2].startswith("KEN,2025-04,,0,0,0,")
    less = run(tmp_path, "panel", "--store", store, "--type", "AID", "--format", "csv")
    assert ",1," in less.stdout.splitlines()[1]


def test_panel_tells_what_is_wrong(tmp_path: Path) -> None:
    store = kept(tmp_path)
    for words, told in (
        (["--unit", "planet-month"], "no unit 'planet-month'"),
        (["--format", "parquet"], "name it with --out"),
        (["--without", "Nobody"], "nothing in this store rests on 'Nobody'"),
        (["--status", "maybe"], "no statuses 'maybe'"),
        (["--scope", "none.toml"], "none.toml is no scope"),
    ):
        done = run(tmp_path, "panel", "--store", store, *words)
        assert (done.returncode, told in done.stderr) == (2, True), done.stderr
    assert run(tmp_path, "panel", "--store", "no.db").returncode == 2


def test_without_tells_what_falls(tmp_path: Path) -> None:
    done = run(tmp_path, "without", "KCNA", "--store", kept(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "2 events rest on KCNA: 1 are gone without, 1 change" in done.stderr
    state = run(tmp_path, "without", "state:PRK", "--store", "s.db", "--format", "csv")
    assert state.stdout.splitlines()[1].startswith("e1,gone,1 tellings fall")


def test_the_multiverse_is_a_table_and_a_picture(tmp_path: Path) -> None:
    days = {"r1": "2025-03-04", "r2": "2025-04-02"}
    make_store(tmp_path, [Told("e1", "r1", killed=(1, 2, 9))], days=days).close()
    words = ("--multiverse", "--measure", "killed", "--picture", "m.svg")
    done = run(tmp_path, "panel", "--store", "s.db", *words, "--out", "m.csv")
    assert done.returncode == 0, done.stderr
    assert "81 universes" in done.stderr
    assert (tmp_path / "m.svg").read_text().startswith("<svg")
    assert len((tmp_path / "m.csv").read_text().splitlines()) == 82


def test_an_audit_from_draw_to_report(tmp_path: Path) -> None:
    told = [Told(f"e{n}", f"r{n % 3}", "AID") for n in range(12)]
    make_store(tmp_path, told).close()
    draw = ("audit", "draw", "-n", "8", "--strata", "type", "--store", "s.db")
    assert run(tmp_path, *draw).returncode == 0
    again = run(tmp_path, *draw)
    assert (again.returncode, "is there already" in again.stderr) == (2, True)
    empty = run(tmp_path, "audit", "report", "audit.csv")
    assert (empty.returncode, "without a type" in empty.stderr) == (2, True)
    sheet = tmp_path / "audit.csv"
    lines = sheet.read_text().replace(",,,,,", ",AID,KEN,UGA,,").splitlines()
    sheet.write_text("\n".join(lines) + "\n")
    done = run(tmp_path, "audit", "report", "audit.csv", "--second", "audit.csv")
    assert done.returncode == 0, done.stderr
    assert "undefined (all alike)" in done.stderr
    fix = ("panel", "--corrected", "audit.csv", "--format", "csv", "--store", "s.db")
    fixed = run(tmp_path, *fix)
    assert fixed.stdout.splitlines()[0].endswith("corrected_low,corrected_high")


def test_releases_are_cut_and_told_apart(tmp_path: Path) -> None:
    store = ("--store", kept(tmp_path))
    assert run(tmp_path, "release", "cut", "2025.1", *store).returncode == 0
    after = ("--after", "2025.1")
    assert run(tmp_path, "release", "cut", "2025.2", *after, *store).returncode == 0
    same = run(tmp_path, "release", "diff", "2025.1", "2025.2")
    assert (same.returncode, "the same" in same.stderr) == (0, True)
    for words, told in (
        (("cut", "2025.1", *store), "never overwritten"),
        (("diff", "2025.1", "nothing"), "is no release"),
        (("diff", "2025.1", "2025.2", "--by", "mood"), "no --by 'mood'"),
    ):
        done = run(tmp_path, "release", *words)
        assert (done.returncode, told in done.stderr) == (2, True), done.stderr


def test_shared_claims_come_back_to_life(tmp_path: Path) -> None:
    store = ("--store", kept(tmp_path))
    assert run(tmp_path, "share", "--no-text", "--out", "x", *store).returncode == 0
    copies = tmp_path / "copies"
    copies.mkdir()
    for name in ("r1", "r2"):
        (copies / f"{name}.txt").write_text(text_of(name).replace(" ", "\n"))
    done = run(tmp_path, "rehydrate", "x", "copies")
    assert done.returncode == 0, done.stderr
    assert "of 2 reports are joined" in done.stderr
    (copies / "r2.txt").unlink()
    less = run(tmp_path, "rehydrate", "x", "copies", "--out", "y")
    assert (less.returncode, "! r2: no copy" in less.stderr) == (3, True)


def test_promises_people_and_forgetting(tmp_path: Path) -> None:
    told = [Told("e1", "r1", "AID", status="planned", name="Ann Karlov"), Told("e1", "r2", "AID")]
    days = {"r1": "2025-03-04", "r2": "2025-03-05"}
    make_store(tmp_path, told, days=days).close()
    store = ("--store", "s.db")
    ledger = run(tmp_path, "promises", *store, "--format", "csv")
    assert ledger.stdout.splitlines()[1] == "(the report itself),1,1,0,0,0,0,1.0"
    assert "Ann Karlov" in run(tmp_path, "people", *store).stdout
    assert run(tmp_path, "people", "--kind", "odd", *store).returncode == 2
    assert run(tmp_path, "forget", *store).returncode == 2
    done = run(tmp_path, "forget", "Ann Karlov", "--yes", *store)
    assert done.returncode == 0, done.stderr
    assert "Karlov" not in run(tmp_path, "people", *store).stdout
    gone = run(tmp_path, "forget", "Ann Karlov", "--yes", *store)
    assert (gone.returncode, "has the name" in gone.stderr) == (2, True)
    back = run(tmp_path, "forget", "--again", *store)
    assert "nobody who was forgotten has come back" in back.stderr


def test_what_an_event_loses_without_somebody_is_told_in_words() -> None:
    from dateline.analysis.source_exclusion import tell_changes

    changed = {"change": "changed", "left": "2 of 3 tellings stay"}
    assert tell_changes(changed | {"changes": {}}) == "2 of 3 tellings stay"
    both = {"type": ("ASSAULT", "COERCE"), "day": ("1 May", "2 May")}
    told = tell_changes(changed | {"changes": both})
    assert told == "type: ASSAULT → COERCE; day: 1 May → 2 May"
    assert tell_changes({"change": "gone", "claims": 3}) == "3 tellings fall"
