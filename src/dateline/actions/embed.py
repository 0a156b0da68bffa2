"""Is an act told as fact or plan, or named as a wish, a condition, a purpose?"""

from dateline.actions import modality
from dateline.actions.match import lower
from dateline.codebook import FolderCodebook
from dateline.model import Parsed, Token

CONDITIONS = frozenset(("if", "unless", "until", "whether", "lest", "once", "till"))
TIMED = frozenset(("after", "before", "during", "since", "following", "amid"))
UNREAL_PREPS = frozenset(("without", "against", "like", "about", "instead", "barring"))
UNREAL_MODALS = frozenset(("could", "might", "may", "can", "should", "must", "ought"))
DUTY = frozenset(("should", "must", "ought"))
ACTIVE = frozenset(("VERB", "AUX"))


def unreal(book: FolderCodebook, parsed: Parsed, head: Token) -> str:
    """Return why the act at `head` is not told as done or planned; "" where it is."""
    token = head
    for _ in range(8):
        if token.head == token.i:
            return ""
        if asked_about(parsed, token):
            return ""
        governor = parsed.tokens[token.head]
        if apart(parsed, token, governor):
            return ""
        step = STEPS.get(token.dep)
        said = step(book, parsed, token, governor) if step else GO
        if said is not GO:
            return said
        token = governor
    return ""


GO = "go on"


def open_clause(b: FolderCodebook, p: Parsed, token: Token, governor: Token) -> str:
    """Under "wants to", "seeks to", "able to" nothing is done yet."""
    if token.pos not in ACTIVE and token.pos != "NOUN":
        return GO
    word = lower(governor)
    if governor.pos == "ADJ":
        return "wish" if word in b.classes["doubt"] else GO
    if word in b.classes["asking"] and not (
        word == "suggest" and modality.modal(p, token)
    ):
        return "asked"
    if word in b.classes["irreal"]:
        return "try" if word in b.classes["tried"] else "wish"
    to = any(t.text.lower() == "to" for t in p.below(token, "aux"))
    if to and (owing(p, governor) or modality.inverted(p, governor)):
        return "asked"
    return "purpose" if to and word in b.classes["purposeful"] else GO


def owing(parsed: Parsed, verb: Token) -> bool:
    """Whether somebody has to do it: not "had to flee", nor "has yet to leave"."""
    yet = any(t.text.lower() == "yet" for t in parsed.below(verb, "advmod"))
    return lower(verb) == "have" and verb.tag in ("VBZ", "VBP", "VB") and not yet


def that_clause(b: FolderCodebook, p: Parsed, token: Token, governor: Token) -> str:
    """What is hoped, feared or doubted is not told."""
    marks = {t.text.lower() for t in p.below(token, "mark", "advmod")}
    if marks & CONDITIONS:
        return "condition"
    return open_clause(b, p, token, governor)


def beside(b: FolderCodebook, p: Parsed, token: Token, governor: Token) -> str:
    """A condition or a purpose is not told; any other clause beside stands alone."""
    marks = {t.text.lower() for t in p.below(token, "mark", "advmod")}
    if marks & CONDITIONS or modality.inverted(p, token):
        return "condition"
    if token.tag == "VB" and any(t.text.lower() == "to" for t in p.below(token, "aux")):
        return "purpose"
    return ""


def of_noun(b: FolderCodebook, p: Parsed, token: Token, governor: Token) -> str:
    """An attempt, a right, a call to do something is not the deed."""
    if token.tag in ("VBG", "VBN", "VBD"):
        return ""
    if any(t.text.lower() in ("any", "no") for t in p.below(governor, "det")):
        return "wish"
    return "wish" if lower(governor) in b.classes["effort_noun"] else GO


def gerund(b: FolderCodebook, p: Parsed, token: Token, governor: Token) -> str:
    """After "without", "from", "instead of" the deed is not done."""
    word = governor.text.lower()
    if word in UNREAL_PREPS or word in ("from", "of") and blocked(b, p, governor):
        return "wish"
    return "" if word in ("by", "after", "since", "while", "before") else GO


def blocked(b: FolderCodebook, p: Parsed, prep: Token) -> bool:
    """Whether a preposition hangs on a word that keeps the deed from being done."""
    above = p.tokens[prep.head]
    word = lower(above)
    if word == "short":  # "stopped short of endorsing him"
        return True
    if prep.text.lower() == "from":
        return word in (
            "prevent",
            "bar",
            "stop",
            "keep",
            "ban",
            "deter",
            "refrain",
            "block",
        )
    return word in b.classes["unreal_noun"] or word in b.classes["effort_noun"]


def after_preposition(
    b: FolderCodebook, p: Parsed, token: Token, governor: Token
) -> str:
    """The threat of a war, the risk of a raid: no war, no raid."""
    above = p.tokens[governor.head]
    if governor.text.lower() in TIMED or above.text.lower() == "ahead":
        return ""
    if occasion(p, governor):
        return ""
    if above.pos == "ADJ" and lower(above) in b.classes["doubt"]:
        return "wish"
    if governor.text.lower() in UNREAL_PREPS and token.pos == "NOUN":
        above = p.tokens[governor.head]
        if governor.text.lower() not in ("against", "about") or above.pos == "NOUN":
            return "wish" if lower(above) in b.classes["unreal_noun"] else GO
        return "wish" if governor.text.lower() in ("without", "like") else GO
    return "wish" if blocked(b, p, governor) else GO


def as_object(b: FolderCodebook, p: Parsed, token: Token, governor: Token) -> str:
    """A war that is avoided, feared or wanted is no war."""
    if token.pos not in ("NOUN", "PROPN"):
        return GO
    if lower(governor) in b.classes["prepared"] | b.classes["factive"]:
        return ""
    if lower(governor) in b.classes["shown"] and b.lexicon.nouns.get(lower(token)):
        return "shown"
    return "wish" if lower(governor) in b.classes["irreal"] else GO


def as_subject(b: FolderCodebook, p: Parsed, token: Token, governor: Token) -> str:
    """What a strike could or would do is no strike."""
    unreal_now = modality.modal(p, governor) in (*UNREAL_MODALS, "would")
    return "wish" if token.pos == "NOUN" and unreal_now else GO


def as_subject_passive(
    b: FolderCodebook, p: Parsed, token: Token, governor: Token
) -> str:
    """What an attack would be taken for is no attack; "would be launched" is a plan."""
    carried = lower(governor) in b.classes["light"]
    return GO if carried else as_subject(b, p, token, governor)


def relative(b: FolderCodebook, p: Parsed, token: Token, governor: Token) -> str:
    """What is told of a commemorated act is history: "the raid that killed"."""
    above = p.tokens[governor.head]
    if governor.dep == "pobj" and lower(p.tokens[above.head]) in ANNIVERSARIES:
        return "history"
    return ""


ANNIVERSARIES = frozenset(("anniversary", "commemoration", "memory", "centenary"))
STEPS = {
    "xcomp": open_clause,
    "ccomp": that_clause,
    "advcl": beside,
    "acl": of_noun,
    "relcl": relative,
    "pcomp": gerund,
    "pobj": after_preposition,
    "dobj": as_object,
    "nsubj": as_subject,
    "nsubjpass": as_subject_passive,
}


def modal_unreal(parsed: Parsed, verb: Token, modals: frozenset[str]) -> bool:
    """Whether the deed only might, should or could be done."""
    for _ in range(3):
        if modality.modal(parsed, verb) in modals:
            perfect = [t for t in parsed.below(verb, "aux") if lower(t) == "have"]
            return not perfect
        if verb.dep not in ("xcomp", "dobj", "nsubjpass"):
            return False
        verb = parsed.tokens[verb.head]
    return False


def conditional(parsed: Parsed, verb: Token) -> bool:
    """Whether the verb stands in an "if" clause of its own, or "had it left"."""
    marks = parsed.below(verb, "mark", "advmod")
    return any(t.text.lower() in CONDITIONS for t in marks) or modality.inverted(
        parsed, verb
    )


def swallowed(
    parsed: Parsed, anchors: tuple[Token, ...], head: Token
) -> frozenset[int]:
    """Return the words that are the content of a verbal act, and no acts of their own.

    What a past participle or a relative clause adds inside stands: "demanded an end
    of the raids that killed twelve" tells the raids.
    """
    inside: set[int] = set()
    todo = [
        t
        for a in anchors
        for t in parsed.below(a)
        if t.i > head.i
        and (t.dep in OWN or for_infinitive(parsed, t))
        and t.i not in {x.i for x in anchors}
    ]
    while todo:
        token = todo.pop()
        if token.i in inside or factual(parsed, token):
            continue
        inside.add(token.i)
        todo.extend(t for t in parsed.below(token) if not apart(parsed, t, token))
    return frozenset(inside)


def apart(parsed: Parsed, verb: Token, before: Token) -> bool:
    """Whether a verb tied to an infinitive is a deed told beside it.

    "asked them to leave and accused the army": the accusation is nobody's request,
    nor is the vow in "said Chad had lied and vowed that it would pay" Chad's.
    """
    if verb.dep != "conj" or verb.tag not in ("VBD", "VBZ"):
        return False
    says = list(parsed.below(verb, "ccomp")) and list(parsed.below(before, "aux"))
    return bool(before.tag == "VB" or says) and not list(parsed.below(verb, "aux"))


def for_infinitive(parsed: Parsed, verb: Token) -> bool:
    """Whether a clause is what is called for: "called for him to resign"."""
    marks = (t.text.lower() for t in parsed.below(verb, "mark"))
    return verb.dep == "advcl" and "for" in marks


OWN = frozenset(
    ("xcomp", "ccomp", "prep", "dobj", "acl", "pobj", "dative", "oprd", "pcomp")
)


def asked_about(parsed: Parsed, token: Token) -> bool:
    """Whether a clause asks who or how: "asks who shot" takes the shots as told."""
    if token.dep not in ("ccomp", "pcomp", "advcl") or token.pos not in ACTIVE:
        return False
    return any(
        t.tag in ("WP", "WRB", "WP$") and t.text.lower() != "when"
        for t in parsed.below(token, "nsubj", "nsubjpass", "advmod")
    )


def occasion(parsed: Parsed, prep: Token) -> bool:
    """Whether it was said at a meeting: "urged a truce in a meeting with Chad"."""
    if prep.text.lower() not in ("in", "during", "at"):
        return False
    if lower(parsed.tokens[prep.head]) in ("participate", "take", "engage", "be"):
        return False
    return any(
        lower(t) in OCCASIONS and t.tag == "NN" and list(parsed.below(t, "prep"))
        for t in parsed.below(prep, "pobj")
    )


OCCASIONS = frozenset(("meeting", "conversation", "call", "visit", "talk", "trip"))


def factual(parsed: Parsed, token: Token) -> bool:
    """Whether a clause inside the content tells a fact."""
    if asked_about(parsed, token):
        return True
    if token.dep in ("relcl", "acl") and token.tag in ("VB", "VBN"):
        return not any(t.text.lower() == "to" for t in parsed.below(token, "aux"))
    if token.dep == "relcl" or occasion(parsed, token):
        return True
    if token.dep == "pcomp" and list(parsed.below(token, "nsubj")):
        return True  # "rejected it, with its envoy calling it a trap"
    if token.dep in ("prep", "advcl", "mark") and token.text.lower() in (
        "after",
        "since",
    ):
        return True
    return token.dep == "advcl" and any(
        t.text.lower() in ("after", "as", "while", "when", "because")
        for t in parsed.below(token, "mark", "advmod")
    )
