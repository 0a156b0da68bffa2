import numpy as np

from dateline.nlp.coref.network import candidate_chances, networks, pooled


def test_a_name_has_what_all_names_of_its_figure_say() -> None:
    states = np.array([[1.0], [3.0], [7.0], [9.0]], np.float32)
    who = np.array([0, 0, -1, 2], np.int32)
    assert pooled(states, who).tolist() == [[2.0], [2.0], [7.0], [9.0]]
    nobody = np.full(4, -1, np.int32)
    assert pooled(states, nobody).tolist() == states.tolist()


def test_what_candidates_and_nobody_get_is_one_for_each_question() -> None:
    scores = np.array([1000.0, 999.0, -2.0], np.float32)
    alone = np.array([998.0, 0.5, 3.0], np.float32)  # the last has no candidates
    of = np.array([0, 0, 1], np.int32)
    likely, nobody = candidate_chances(scores, alone, of)
    sums = np.bincount(of, likely, 3) + nobody
    assert np.allclose(sums, 1)
    assert nobody[2] == 1
    assert likely[0] > likely[1] > nobody[0]


def test_nets_of_several_seeds_ship_in_one_file() -> None:
    nets = networks("pairs")
    assert len(nets) > 1
    assert len({net.width for net in nets}) == 1
