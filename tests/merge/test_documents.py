"""Which documents tell one story, and which only one like it."""

import numpy as np

from dateline.evaluate.merge import ask_merge
from dateline.merge.documents import (
    ALIKE,
    PARTED,
    damp_like_documents,
    damp_like_stories,
    read_document,
    stories,
    told_together,
)

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
