"""Reports of different events in one template stay apart; those of one event join."""

from tests.adversarial.measure import measure, read_pairs, table

EVERY = 4  # one pair of so many: all of them are `make adversarial`


def test_few_pairs_of_different_events_join_and_many_of_one_do() -> None:
    pairs = read_pairs()[::EVERY]
    results = measure(pairs)
    joined = {pair["id"] for pair in pairs if results[pair["id"]][0]}
    different = [pair["id"] for pair in pairs if not pair["same"]]
    same = [pair["id"] for pair in pairs if pair["same"]]
    report = "\n".join(table(pairs, results))
    assert len(joined & {*different}) <= 0.12 * len(different), report
    assert len(joined & {*same}) >= 0.25 * len(same), report


def test_the_pairs_cover_every_family_in_both_ways_of_telling() -> None:
    kinds = {(pair["family"], pair["kind"]) for pair in read_pairs()}
    assert len(kinds) == 20
    for pair in read_pairs():
        assert all(pair[side]["trigger"] in pair[side]["text"] for side in "ab")
