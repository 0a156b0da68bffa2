"""Who said that an act was done, chosen among all who may have.

Which of them it is, nobody among them, was learned from annotated reports (`which.py`).
"""

from collections.abc import Sequence

import numpy as np

from dateline.attribution.rivals import Candidate, Rivals
from dateline.attribution.which import SAYS, Asking, Beside
from dateline.infer.choose import States
from dateline.infer.layers import Floats
from dateline.model import Action

LEAN = 5.0  # log-odds by which nobody must be likelier than the likeliest speaker
INNER = 0.3  # how likely a further speaker of the chain must be
LABEL = "label"  # the rule of a turn of a transcript
Asked = tuple[Action, Sequence[Candidate]]  # an act, and who may say that it was done


def weigh_speakers(rivals: Rivals, action: Action, some: Sequence[Candidate]) -> Floats:
    """Return what is weighed of everybody who may say so: candidates x features."""
    asking = Asking(rivals, action, some)
    return SAYS.rows(asking, [Beside(asking, one) for one in some])


def choose_speakers(rivals: Rivals, asked: Sequence[Asked]) -> list[list[Candidate]]:
    """Return the likeliest speakers of each act, the outermost first; [] is nobody.

    All acts of a report are judged at once.
    """
    open_ = [n for n, (_, some) in enumerate(asked) if len(some) > 1]
    found: list[list[Candidate]] = [[] for _ in asked]
    if not open_:
        return found
    few = [asked[n] for n in open_]
    rows = np.concatenate([weigh_speakers(rivals, act, some) for act, some in few])
    of = np.repeat(np.arange(len(few)), [len(some) for _, some in few])
    told = SAYS.weigh(rows, of, rival_states(rivals, few))
    for k, n in enumerate(open_):
        found[n] = likeliest_speakers(asked[n][1], told[of == k])
    return found


def likeliest_speakers(some: Sequence[Candidate], logits: Floats) -> list[Candidate]:
    """Return the likeliest of some speakers, nobody being the first of them.

    A turn of a transcript is never nobody's.
    """
    best = 1 + int(logits[1:].argmax())
    turn = any(one.place >= 0 and one.rule == LABEL for one in some)
    if logits[0] - logits[best] >= LEAN and not turn:
        return []
    if some[best].place < 0:
        return [some[best]]
    further = [n for n, logit in enumerate(logits) if odds(logit) >= INNER or n == best]
    said = [some[n] for n in further if some[n].place >= 0]
    return sorted(said, key=lambda one: one.place)


def rival_states(rivals: Rivals, asked: Sequence[Asked]) -> States:
    """Return the states of acts, of all candidates' words and of their cues."""
    words, cues = [], []
    for _, some in asked:
        for n, one in enumerate(some):
            words.append(rivals.state(one.words) if n else rivals.blank)
            said = one.saying.cue if one.saying else ()
            cues.append(rivals.state(said[0]) if said else words[-1])
    acts = [rivals.state(action.trigger) for action, _ in asked]
    return np.stack(acts), np.stack(words), np.stack(cues)


def odds(logit: float) -> float:
    """Return the probability of log-odds."""
    return float(1 / (1 + np.exp(-logit)))
