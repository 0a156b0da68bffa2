from dateline.evaluate.figures import cluster_figures
from dateline.evaluate.merge import (
    ask_copies,
    ask_merge,
    cluster_event_mentions,
    score_merge,
)
from tests.merge.story import reports

QUAKE = (
    "A strong earthquake struck the town of Velm on Tuesday . The quake destroyed the"
    " old bridge over the Aster river , mayor Odo Brandt said ."
)
AGAIN = (
    "Odo Brandt , mayor of Velm , said the earthquake had destroyed the bridge over the"
    " Aster . Tuesday 's quake was felt in three valleys ."
)
STRIKE = (
    "Dockers at the port of Lume went on strike on Friday over pay . The strike stopped"
    " forty ships , union leader Ines Falk said ."
)


def lines(*asked: tuple[str, str, str]) -> list[dict]:
    return [
        {
            "id": i,
            "doc": str(hash(text)),
            "text": text,
            "trigger": [text.index(w), text.index(w) + len(w)],
        }
        for i, text, w in asked
    ]


ROWS = lines(
    ("1", QUAKE, "earthquake"),
    ("2", QUAKE, "destroyed"),
    ("3", AGAIN, "earthquake"),
    ("4", AGAIN, "destroyed"),
    ("5", STRIKE, "strike"),
)


def clusters(rows: list[dict]) -> dict[str, str]:
    return {said["id"]: said["cluster"] for said in ask_merge(rows)}


def test_mentions_of_one_event_across_documents_share_a_cluster() -> None:
    found = clusters(ROWS)
    assert found["2"] == found["4"]
    assert len({found["1"], found["2"], found["5"]}) == 3


def test_neither_order_nor_names_of_documents_tell_anything() -> None:
    def grouped(found: dict[str, str]) -> set[frozenset[str]]:
        names = set(found.values())
        return {frozenset(i for i, c in found.items() if c == n) for n in names}

    renamed = [{**row, "doc": f"x{i}"} for i, row in enumerate(ROWS[::-1])]
    assert grouped(clusters(renamed)) == grouped(clusters(ROWS))


def test_the_two_trivial_answers_stand_beside_ours() -> None:
    rows = [{**row, "chain": c} for row, c in zip(ROWS, "abacd", strict=True)]
    found = score_merge(rows, cluster_event_mentions(rows))
    assert {"CoNLL", "every mention alone, CoNLL", "same lemma, CoNLL"} <= set(found)
    assert found["every mention alone, pair recall"] == 0


def test_figures_of_clusters() -> None:
    assert set(cluster_figures("aabb", "xxyy").values()) == {1.0}
    one = cluster_figures("aabb", "xxxx")
    assert one["pair precision"] == 2 / 6
    assert one["pair recall"] == 1
    assert one["B3"] == 2 / 3


def test_copies_are_asked_of_reports() -> None:
    found = list(ask_copies(reports()))
    assert {(c["a"], c["b"]) for c in found} >= {("r01", "r02"), ("r01", "r03")}
    assert all(0.3 <= c["shared"] <= 1 for c in found)
