"""The nets of training and those of the program give the same answers."""

import sys
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch, which no user has")
TRAINING = Path(__file__).parents[2] / "training"
sys.path[:0] = [str(TRAINING / n) for n in ("identity", "cast", "choose")]

from dateline.extract.actors.learned.scorer import Context, Network  # noqa: E402  after the path
from dateline.ml.ranker import Pointer, Weigher, squeezed  # noqa: E402
from dateline.nlp.coref.network import Network as Pairs  # noqa: E402

STATE, SITE = 8, 5


def script(name: str) -> Any:
    """Return a script of training as a module: several rooms have one of a name."""
    spec = spec_from_file_location(name.replace("/", "_"), TRAINING / f"{name}.py")
    assert spec and spec.loader
    made = module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


def test_the_net_over_countries_is_the_same_in_numpy() -> None:
    from nets import Country, arrays, summed

    torch.manual_seed(3)
    net = Country(6, 4, 7, STATE, SITE).eval()
    rng = np.random.default_rng(3)
    rows, about, meaning, own, states, placed = (
        rng.normal(size=size).astype(np.float32)
        for size in ((5, 6), (2, 4), (2, 7), (2, 2 * STATE), (4, STATE), (3, SITE))
    )
    group, which, sites = np.array([0, 0, 0, 1, 1]), [0, 2, 4], np.array([3, 1, 0])
    given = (squeezed(rows), squeezed(about), meaning, own)
    told = [torch.as_tensor(each) for each in (*given, group)]
    around = torch.as_tensor(which), torch.as_tensor(states[sites])
    with torch.no_grad():
        scores, unknown = net(*told, (*around, torch.as_tensor(placed)))
        every = torch.cat([torch.as_tensor(group), torch.arange(2)])
        whole = summed(torch.cat([scores, unknown]), every, 2)
        wanted = (scores - whole[group]).numpy()
    ships = Network.of(arrays(net, "net"), "net")
    ships.at.update(mean=np.zeros(6, "f"), scale=np.ones(6, "f"))  # type: ignore[attr-defined]
    party = np.array([0, 0, 1])
    context = Context(own, sites, np.array(which), party, placed)
    first, squeezed_about = np.array([0, 3]), squeezed(about)
    found = ships.candidates(ships.scaled(rows), first, squeezed_about, meaning, context, states)
    assert np.allclose(found, wanted, atol=5e-3)


def test_the_net_over_sectors_is_the_same_in_numpy() -> None:
    from nets import Sector, arrays, sorted_by

    torch.manual_seed(4)
    net = Sector(STATE, 3).eval()
    rng = np.random.default_rng(4)
    states = rng.normal(size=(4, STATE)).astype(np.float32)
    words = np.log(rng.dirichlet(np.ones(3), 4)).astype(np.float32)
    wanted = sorted_by(net, states, words, np.ones(4, bool))
    found = Network.of(arrays(net, "sort"), "sort").sectors(states, words)
    assert np.allclose(found, wanted, atol=5e-3)


@pytest.mark.parametrize("named", [False, True])
def test_the_net_over_pairs_is_the_same_in_numpy(named) -> None:
    from linking import Net, weights

    torch.manual_seed(5)
    net = Net(6, 4, STATE, figures=named).eval()
    rng = np.random.default_rng(5)
    rows, own, states, figures = (
        rng.normal(size=size).astype(np.float32)
        for size in ((3, 6), (2, 4), (5, STATE), (5, STATE))
    )
    later, earlier = np.array([2, 2, 4]), np.array([0, 1, 3])
    told = [rows, own, states[[2, 4]], states[earlier], figures[earlier], [0, 0, 1]]
    with torch.no_grad():
        given = [torch.as_tensor(each) for each in told]
        pairs, none = net(*given[:4], given[4] if named else None, given[5])
    ships, whole = Pairs(weights(net)), figures if named else None
    found = ships.paired(ships.views(states, whole), (later, earlier), rows)
    assert np.allclose(found, pairs, atol=5e-3)
    assert np.allclose(ships.unlinked(states, [2, 4], own), none, atol=5e-3)


def test_the_pairs_are_learnt() -> None:
    from linking import fit, weights

    rng = np.random.default_rng(6)
    states = rng.normal(size=(400, STATE)).astype(np.float16)
    some = []
    for n in range(100):
        states[4 * n] = states[4 * n + 1 + n % 3]
        rows = np.zeros((3, 2), np.float16)
        right = np.arange(3) == n % 3
        j = 4 * n + 1 + np.arange(3)
        own = np.zeros(2, np.float32)
        some.append({"rows": rows, "own": own, "right": right, "i": 4 * n, "j": j})
    net = Pairs(weights(fit(some, states, epochs=150)))
    hits = 0
    for q in some:
        i = np.full(3, q["i"])
        views = net.views(states.astype("f"))
        scores = net.paired(views, (i, q["j"]), q["rows"].astype("f"))
        hits += int(scores.argmax()) == int(q["right"].argmax())
    assert hits > 80


def given_to_a_net(rows: Any, act: Any, words: Any, cues: Any) -> Any:
    """Return one act with its candidates as the nets of choices take them."""
    every = (torch.as_tensor(each) for each in (rows, act[None], words, cues))
    of = torch.zeros(len(rows), dtype=torch.int64)
    return script("choose/fit_choices").Given(*every, of, torch.zeros(len(rows)))


@pytest.mark.parametrize("form", ["Pointer", "Weigher"])
def test_the_nets_that_choose_are_the_same_in_numpy(form: str) -> None:
    from nets import arrays

    torch.manual_seed(5)
    net = getattr(script("choose/fit_choices"), form)(6, 12, STATE).eval()
    rng = np.random.default_rng(5)
    rows, act, words, cues = (
        rng.normal(size=size).astype(np.float32) for size in ((4, 6), STATE, (4, STATE), (4, STATE))
    )
    with torch.no_grad():
        wanted = net.told(given_to_a_net(rows, act, words, cues)).numpy()
    ships = {"Pointer": Pointer, "Weigher": Weigher}[form].of(arrays(net, "net"), "net")
    ships.at.update(mean=np.zeros(6, "f"), scale=np.ones(6, "f"))  # type: ignore[attr-defined]
    if isinstance(ships, Pointer):
        found = ships.odds(rows, act, words)
    else:
        assert isinstance(ships, Weigher)
        found = ships.logits(rows, np.zeros(4, np.intp), (act[None], words, cues))
    assert np.allclose(found, wanted, atol=5e-3)


def planted(name: str, form: str) -> tuple[Any, list[Any]]:
    """Return a question and cases in which one feature tells who is right."""
    fits, asks = script("choose/fit_choices"), script("choose/questions")
    choice = fits.QUESTIONS[name].choice
    rng, at, cases = np.random.default_rng(1), choice.names.index("letters"), []
    for n in range(60):
        rows = np.zeros((4, len(choice.names)), np.float32)
        rows[:, at] = rng.permutation([0, 1, 2, 60])
        words = rng.normal(size=(4, fits.WIDTH)).astype(np.float16)
        right = (rows[:, at] == 60) & (n % 4 > 0)
        act = np.full(fits.WIDTH, 2.0 * (n % 4 > 0), np.float16)
        cases.append(asks.Case(f"r{n}", rows, act, words, right, bool(n % 4)))
    made = replace(fits.QUESTIONS[name], net=getattr(fits, form), epochs=12, seeds=1)
    return replace(made, batch=8), cases


@pytest.mark.parametrize("form", ["Pointer", "Weigher"])
def test_what_tells_who_is_right_has_a_share_and_what_says_nothing_has_none(form: str) -> None:
    question, cases = planted("time", form)
    fits = script("choose/fit_choices")
    asked, shares, _ = fits.fit(question, cases)
    names = (*question.choice.names, fits.STATES)
    assert shares.sum() == pytest.approx(1)
    brings = {n: s for n, s in zip(names, shares, strict=True) if s > 0}
    assert brings.keys() <= {"letters", fits.STATES}
    assert brings["letters"] > 0.05
    kept = question.written(asked)
    assert {name.split("_")[0] for name in kept} == {"net0"}


def test_figures_tell_how_often_each_threshold_answers_rightly() -> None:
    fits, (_, cases) = script("choose/fit_choices"), planted("time", "Pointer")
    sure = [np.asarray(case.right, np.float32) * 0.45 for case in cases]
    lines = list(fits.show_times(cases, sure))
    assert lines[0] == "60 acts, 45 of them answered by the marks"
    assert lines[1] == "0.1: 45 answers; 45 told by the marks, 45 right"
    assert lines[-1] == "0.5: 0 answers; 0 told by the marks, 0 right"
