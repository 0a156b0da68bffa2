"""Which words tell one event, and which documents one story."""

import numpy as np

from benchmarks.engines.mentions import (
    ALIKE,
    PARTED,
    damp_like_documents,
    damp_like_stories,
    read_document,
    stories,
    told_together,
)
from benchmarks.figures import cluster_figures
from benchmarks.merge import ask_copies, ask_merge, cluster_event_mentions, score_merge
from tests.events.story import reports

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


KEEPER = (
    "Harbour Rangers goalkeeper Tomas Velden was arrested on suspicion of drunken "
    "driving early on Sunday after his car ran a red light on Mill Street, police "
    "in Port Aldery said. Velden, who came from Ostrava two years ago, failed a "
    "breath test and was set free on bail before noon. His lawyer said Velden had "
    "drunk one glass at a wedding in Corrigan.",
    "Tomas Velden, who keeps goal for the Harbour Rangers, failed a breath test and "
    "was arrested for drunken driving on Mill Street on Sunday. Police in Port "
    "Aldery set Velden free on bail. He had been at a wedding in Corrigan, and one "
    "glass was all he drank, his lawyer said. The club brought Velden from Ostrava.",
)
WINGER = (
    "Harbour Rangers winger Pieter Okonda was arrested on suspicion of drunken "
    "driving late on Friday after a jogger found him asleep at the wheel beside "
    "Quay Road, police in Port Aldery said. Okonda, the captain, has scored nine "
    "times since he came from Maribor. The league may suspend Okonda for six "
    "matches.",
    "A jogger found Pieter Okonda, captain of the Harbour Rangers, asleep at the "
    "wheel beside Quay Road, and Port Aldery police arrested him on Friday for "
    "drunken driving. Okonda, who scored nine times this season after Maribor sold "
    "him, may be suspended for six matches, the league said.",
)
TEXTS = (*KEEPER, *WINGER)


def test_like_stories_of_other_people_are_two_stories() -> None:
    documents = [read_document(text) for text in TEXTS]
    alike = stories(documents)
    story = told_together(alike)
    assert story.min() >= ALIKE
    found = damp_like_stories(documents, alike, story) >= PARTED
    want = np.kron(np.eye(2), np.ones((2, 2))).astype(bool)
    assert (found == want).all()


def test_how_alike_is_much_depends_on_the_story() -> None:
    pairs = np.kron(np.eye(2), np.full((4, 4), 0.6)).astype(np.float32)
    loose = np.where(pairs > 0, pairs, np.float32(0.25))
    np.fill_diagonal(loose, 1)
    assert ((damp_like_documents(loose) > 0) == (pairs > 0)).all()
    even = np.full((8, 8), 0.25, np.float32)
    np.fill_diagonal(even, 1)
    assert (damp_like_documents(even) == even).all()


def test_the_same_word_in_two_like_stories_tells_two_events() -> None:
    rows = []
    for i, text in enumerate(TEXTS):
        at = text.index("arrested")
        rows.append({"id": i, "text": text, "trigger": [at, at + 8]})
    home = {said["id"]: said["cluster"] for said in ask_merge(rows)}
    assert home[0] == home[1]
    assert home[2] == home[3]
    assert home[0] != home[2]


def test_other_stories_are_never_brought_together() -> None:
    other = "Snow closed the pass above Lenz for a third day. Lorries waited in Sils."
    documents = [read_document(text) for text in (*KEEPER, other)]
    alike = stories(documents)
    found = damp_like_stories(documents, alike, told_together(alike))
    assert found[0, 1] >= PARTED
    assert found[2, :2].max() == 0
