"""The installed command, run as a person runs it, in a private home and folder."""

import json
import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest

from dateline.model import Report
from dateline.nlp.report_identity import identify_report
from tests.command import Done, run

EXAMPLES = Path(__file__).parents[2] / "examples"
COMMAND = Path(sys.executable).parent / "dateline"


def claims(done: Done) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def told(found: list[dict]) -> list[dict]:
    """Claims in one order, without the event, which reports that come later change."""
    return sorted(({**c, "event": ""} for c in found), key=lambda c: c["id"])


PLAIN = "Kenya expelled two Ugandan diplomats on Tuesday. The police arrested them.\n"


@pytest.fixture(scope="module")
def coded(tmp_path_factory) -> Path:
    """A folder with a store of the examples."""
    folder = tmp_path_factory.mktemp("coded")
    done = run(folder, "code", str(EXAMPLES), "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    (folder / "claims.jsonl").write_text(done.stdout, encoding="utf-8")
    return folder


def test_the_examples_are_coded_and_kept(coded: Path) -> None:
    first = (coded / "claims.jsonl").read_text(encoding="utf-8")
    assert len(first.splitlines()) > 25
    again = run(coded, "code", str(EXAMPLES), "--format", "jsonl")
    assert again.stdout == ""
    assert "read 11 = stored 0 + rejected 0 + quarantined 0 + dup" in again.stderr
    fresh = run(coded, "code", str(EXAMPLES), "--format", "jsonl", "--no-store")
    assert fresh.stdout == first
    listed = run(coded, "events", "--claims", "--format", "jsonl")
    assert told(claims(listed)) == told([json.loads(x) for x in first.splitlines()])


def test_a_day_without_events_has_none(coded: Path) -> None:
    assert claims(run(coded, "events", "--report", "quiet-day.txt", "--format", "jsonl")) == []


@pytest.mark.parametrize(
    ("filters", "type"),
    [
        (("--actor", "EUR", "--recipient", "BLR"), "SANCTION"),
        (("--actor", "ZWE COP", "--mode", "arrest"), "COERCE"),
        (("--text", "TEAR gas"), "ASSAULT"),
    ],
)
def test_filters_find_what_was_coded(coded: Path, filters: tuple[str, ...], type: str) -> None:
    found = claims(run(coded, "events", "--claims", *filters, "--format", "jsonl"))
    assert type in {claim["type"] for claim in found}


def test_events_of_several_origins_alone_are_listed_on_request(coded: Path) -> None:
    every = claims(run(coded, "events", "--format", "jsonl"))
    found = claims(run(coded, "events", "--origins", "2", "--format", "jsonl"))
    assert {e["event"] for e in found} == {e["event"] for e in every if e["origins"] > 1}
    assert 0 < len(found) < len(every)
    told = claims(run(coded, "events", "--origins", "2", "--claims", "--format", "jsonl"))
    assert {claim["event"] for claim in told} == {e["event"] for e in found}


def test_a_table_leaves_out_what_is_only_possible_or_denied(coded: Path) -> None:
    every = claims(run(coded, "events", "--format", "jsonl"))
    less = [e for e in every if e["status"] in ("possible", "denied", "negated")]
    assert less
    short = run(coded, "events", COLUMNS="160")
    whole = run(coded, "events", "--status", "all", COLUMNS="160")
    assert "more are" in short.stderr and "--status all" in short.stderr
    assert "more are" not in whole.stderr
    for event in less:
        assert event["event"][:8] not in short.stdout
        assert event["event"][:8] in whole.stdout


def test_offsets_and_words_agree(coded: Path) -> None:
    files = EXAMPLES.glob("*.txt")
    made = (Report("", path.read_text(encoding="utf-8")) for path in files)
    texts = {identify_report(report): report.text for report in made}
    for line in (EXAMPLES / "lake-accord.jsonl").read_text(encoding="utf-8").splitlines():
        texts[json.loads(line)["id"]] = json.loads(line)["text"]
    for claim in claims(run(coded, "events", "--claims", "--format", "jsonl")):
        text = texts[claim["report"]]
        spans = [claim["trigger"], claim["evidence"], *claim["actors"], *claim["recipients"]]
        for at in (*spans, *filter(None, [claim["when"], claim["where"]])):
            if at["start"] is not None:
                assert text[at["start"] : at["end"]] == at["text"]


def test_where_each_act_is_a_claim_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text(PLAIN, encoding="utf-8")
    assert run(tmp_path, "code", "plain.txt").returncode == 0
    whole = run(tmp_path, "show", "plain.txt")
    assert "each act that was seen is a claim" in whole.stderr


def test_show_explain_and_speakers_read_the_record(coded: Path) -> None:
    shown = run(coded, "show", "grain-sanctions.txt")
    assert "imposed sanctions" in shown.stdout
    left = run(coded, "show", "state-visit.txt").stdout
    assert "Left out" in left and "[actions.unsure.v1]" in left
    unread = run(coded, "show", "quiet-day.txt").stdout
    assert "Left out" in unread and "[actions.gate.v1]" in unread
    assert unread.count("old customs") == 2
    found = claims(run(coded, "events", "--claims", "--type", "SANCTION", "--format", "jsonl"))
    told = run(coded, "explain", found[0]["id"][:10])
    assert "according" in told.stdout.lower() or "says who" in told.stdout
    assert ".v1" in told.stdout
    who = run(coded, "speakers", "state-visit.txt")
    assert "Ethiopian News Agency" in who.stdout


def test_the_clock_and_the_zone_of_the_machine_change_nothing(tmp_path: Path) -> None:
    path = str(EXAMPLES / "lake-accord.jsonl")
    said = {
        run(tmp_path, "code", path, "--no-store", "--format", "jsonl", TZ=zone).stdout
        for zone in ("UTC", "Pacific/Kiritimati", "Asia/Kolkata")
    }
    assert len(said) == 1


BAD = [
    (("code", "none.txt"), 2, "no such file"),
    (("code", "."), 2, "no reports"),
    (("code",), 2, "missing argument"),
    (("code", "x.txt", "--codebook", "none"), 2, "no codebooks called 'none'"),
    (("code", "x.txt", "--actors", "none.csv"), 2, "--actors"),
    (("code", "x.txt", "--gazetteer", "none.csv"), 2, "--gazetteer: none.csv: no such"),
    (("code", "x.txt", "--countries", "SYRIA"), 2, "no country 'syria'"),
    (("code", "x.txt", "--codebook", "torn"), 2, "types.tsv: no such file"),
    (("code", "x.txt", "--store", "."), 2, "is a folder"),
    (("code", "x.txt", "--store", "no/folder/s.db"), 5, "unable to open"),
    (("code", "x.txt", "--store", "text.db"), 6, "no store"),
    (("code", "x.txt", "--published", "soon"), 2, "no date"),
    (("code", "x.txt", "--nonsense"), 2, "no such option"),
    (("code", "binary.txt", "x.txt"), 3, "binary data"),
    (("code", "empty.txt"), 3, "no words"),
    (("code", "korean.txt"), 3, "written in 'ko'"),
    (("events", "--store", "none.db"), 2, "run `dateline code` first"),
    (("events", "--since", "soon", "--store", "s.db"), 2, "no date"),
    (("events", "--type", "SANKTION", "--store", "good.db"), 2, "there are accuse"),
    (("events", "--mode", "fly", "--store", "good.db"), 2, "no mode 'fly'"),
    (("event", "zzz", "--store", "good.db"), 2, "no event"),
    (("merge", "--explain", "zzz", "yyy", "--store", "good.db"), 2, "no claim"),
    (("merge", "--store", "none.db"), 2, "run `dateline code` first"),
    (("show", "none", "--store", "good.db"), 2, "no report"),
    (("explain", "zzz", "--store", "good.db"), 2, "no claim"),
    (("codebook", "check", "none"), 2, "no such folder"),
    (("actors", "check", "none.csv"), 2, "no such file"),
]


@pytest.fixture(scope="module")
def bad(tmp_path_factory) -> Path:
    """A folder of things that are wrong."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "x.txt").write_text("Kenya freed two pilots on Monday, the army said.")
    (folder / "torn").mkdir()
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "empty.txt").write_text(" \n\n")
    (folder / "korean.txt").write_text("대통령은 화요일 베이징에 도착했다고 통신이 보도했다.")
    (folder / "text.db").write_text("This is not a database but a long text. " * 90)
    run(folder, "code", "x.txt", "--store", "good.db")
    return folder


@pytest.mark.parametrize(("words", "code", "told"), BAD, ids=lambda x: str(x)[:30])
def test_bad_input_is_told_in_a_line(
    bad: Path, tmp_path: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    folder = bad if words[:2] != ("code", ".") else tmp_path
    done = run(folder, *words)
    assert done.returncode == code, done.stderr
    assert told.lower() in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_good_input_beside_bad_is_still_coded(bad: Path) -> None:
    done = run(bad, "code", "binary.txt", "x.txt", "none.txt", "--no-store", "--format", "jsonl")
    assert done.returncode == 3
    assert [c["type"] for c in claims(done)] == ["RETREAT"]
    assert "read 3 = coded 1 + rejected 2 + quarantined 0 + dup" in done.stderr


def test_a_model_that_is_not_installed_is_told(bad: Path) -> None:
    done = run(bad, "code", "x.txt", "--no-store", DATELINE_MODEL="none_such")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no spaCy model 'none_such'" in done.stderr


def test_a_pipe_may_be_cut(coded: Path) -> None:
    line = f"'{COMMAND}' events --format jsonl | head -1"
    done = subprocess.run(
        line, shell=True, cwd=coded, capture_output=True, text=True, timeout=60, check=False
    )
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_help_is_there_at_once(tmp_path: Path) -> None:
    run(tmp_path, "--help")
    began = process_time()
    done = run(tmp_path, "--help")
    assert "explain" in done.stdout
    assert process_time() - began < 2  # aim 0.4 s on a quiet machine


def test_the_doctor_finds_a_fresh_install_well(coded: Path) -> None:
    done = run(coded, "doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "GeoNames" in done.stdout


def test_the_doctor_misses_the_reader(
    coded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.ml.encoder.reader.WEIGHTS", tmp_path)
    done = run(coded, "doctor")
    assert done.returncode == 3
    assert "no reader's weights" in done.stdout


def test_a_report_whose_claims_are_not_so_sure_is_not_told_to_be_silent(bad: Path) -> None:
    done = run(bad, "code", "x.txt", "--no-store", "--sure", "1")
    assert done.stdout == "x.txt: no event 1 sure or more\n"


def test_a_list_of_ones_own_that_was_edited_is_coded_again(bad: Path) -> None:
    words = "code", "x.txt", "--store", "edited.db", "--actors", "own.csv"
    for country in ("MLI", "NER"):
        (bad / "own.csv").write_text(f"name,country,sector\nTavo,{country},REB\n")
        done = run(bad, *words)
        assert "stored 1 " in done.stderr
    assert "duplicate 1;" in run(bad, *words).stderr


def test_an_empty_name_is_not_this_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAIN)
    done = run(tmp_path, "code", "", "--no-store")
    assert (done.returncode, done.stdout) == (2, "")
    assert "for this folder say ." in done.stderr


def test_a_folder_without_shards_makes_no_store(tmp_path: Path) -> None:
    done = run(tmp_path, "load", "nowhere", "--store", "new.db")
    assert (done.returncode, "no shards here" in done.stderr) == (2, True)
    assert not (tmp_path / "new.db").exists()


def test_a_report_that_quotes_nobody_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained in Mombasa on Monday.\n")
    assert run(tmp_path, "speakers", "a.txt").stdout == "nobody is quoted\n"


def test_one_event_has_no_csv(coded: Path) -> None:
    done = run(coded, "event", "e", "--format", "csv")
    assert done.returncode == 2
    assert "no csv" in done.stderr


def test_the_columns_that_are_there_are_told_whole(tmp_path: Path) -> None:
    names = [f"column{n}" for n in range(60)]
    (tmp_path / "a.csv").write_text(f"{','.join(names)}\n{'x,' * 59}x\n")
    told = run(tmp_path, "code", "a.csv", "--no-store").stderr
    shown = told.partition("there are ")[2].partition(" …")[0].rstrip(",").split(", ")
    assert shown == names[: len(shown)]


def test_who_has_read_enough_of_the_output_may_close_it(coded: Path) -> None:
    words = [str(COMMAND), "events", "--claims", "--format", "jsonl"]
    for read in (0, 10):
        made = subprocess.Popen(  # noqa: S603  our own command
            words, cwd=coded, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert made.stdout is not None
        assert made.stderr is not None
        made.stdout.read(read)
        made.stdout.close()
        told = made.stderr.read().decode()
        made.stderr.close()
        assert made.wait() == 0, told
        assert "Broken" not in told


def test_a_question_may_begin_with_a_comment(coded: Path) -> None:
    done = run(coded, "query", "-- all of them\nSELECT 7 AS n", "--format", "csv")
    assert (done.returncode, done.stdout) == (0, "n\n7\n")


def test_what_is_wrong_with_every_row_is_not_told_of_every_row(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"body": "Kim left."}\n' * 30)
    done = run(tmp_path, "code", "a.jsonl", "--columns", "text=words", "--no-store")
    assert done.stderr.count("no column 'words'") == 3
    assert "more such follow" in done.stderr
    assert "rejected 30" in done.stderr


def test_without_a_store_nothing_of_one_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Turkish police held a reporter on Monday.")
    asks = (
        "import sys; from dateline.cli import main\n"
        "try: main()\n"
        "finally: print('sqlalchemy' in sys.modules, 'dateline.ingest.run' in sys.modules)"
    )
    words = ("code", "a.txt", "--no-store", "--quiet", "--format", "jsonl")
    done = subprocess.run(
        [sys.executable, "-c", asks, *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[-1] == "False True", done.stderr
