"""A plainly told act: done, going on, repeated, or fixed for a day to come."""

from collections.abc import Iterator
from itertools import islice
from typing import cast

from dateline.model import SUBJECTS, Certainty, Parsed, Relations, Status, Token, Why

NOW = ("present-third", "present")
WHEN: Relations = (
    "adverbial-noun",
    "adverb",
    "preposition",
    "adverbial-clause",
    "noun-modifier",
)


def judge_plain_act(parsed: Parsed, token: Token) -> Certainty:
    """Judge a plainly told act by its verb, or by the verb that a noun hangs on."""
    verb = verb_telling_noun(parsed, token)
    for judge in (judge_repetition, scheduled, going_on, judge_imperative, awaited):
        told = judge(parsed, verb)
        if told is not None:
            return told
    return Certainty("happened", Why("certainty.plain.v1", token.span))


def came_about(parsed: Parsed, token: Token) -> bool:
    """Whether a verb in the past tells that an act took place.

    "The trip began", "sanctions imposed by the council": neither is still to come. Of
    one who is to stay, "with meetings held in the hall", the meetings are.
    """
    if token.pos not in ("NOUN", "PROPN"):
        return False
    light = parsed.words("certainty.light")
    below = parsed.below(token, "adnominal-clause")
    done = [c for c in below if c.form == "participle" and c.lemma in light]
    if any(any(parsed.below(c, "agent")) for c in done):
        return True
    verb = parsed.tokens[token.head]
    began = verb.form == "past" and verb.lemma in parsed.words("certainty.occur")
    if token.relation == "subject" and began:
        return True
    above = (a for verb in parsed.above(token) for a in parsed.below(verb, "auxiliary"))
    return bool(done) and all(
        a.form not in ("infinitive-marker", "modal") for a in above
    )


def verb_telling_noun(parsed: Parsed, token: Token) -> Token:
    """Return the verb that tells a noun's act: "are holding talks", "talks begin"."""
    head = parsed.tokens[token.head]
    while token.pos == "NOUN" and token.relation == "oblique":
        above = parsed.tokens[head.head]
        part = head.lemma in parsed.words("certainty.of")
        if not part or above.lemma not in parsed.words("certainty.container"):
            break
        token, head = above, parsed.tokens[above.head]
    over: frozenset[str] = frozenset()
    if token.relation in ("object", "predicate", "passive-subject"):
        over = parsed.words("certainty.light")
    elif token.relation == "subject":
        over = parsed.words("certainty.occur") | parsed.words("certainty.be")
    elif token.relation == "open-clause":
        over = parsed.words("certainty.phase")
    return head if head.lemma in over else token


def judge_question(parsed: Parsed, verb: Token) -> Certainty | None:
    """Judge an act in a question: possible, no more.

    Who, why and how it was done is asked of what is known: "who killed the envoy?"
    """
    sentence = parsed.sentence_at(verb.start)
    if sentence is None:
        return None
    if not sentence.span.of(parsed.text).rstrip("\"'”’) ").endswith("?"):
        return None
    before = parsed.tokens[sentence.first : verb.i]
    if any(
        t.form
        in (
            "relative-pronoun",
            "relative-owner",
            "relative-adverb",
            "relative-determiner",
        )
        for t in before
    ):
        return None
    rule = "question"
    if is_inverted_question(parsed, verb) or (
        before and opens_question(parsed, verb, before[0])
    ):
        rule = "asked"
    return Certainty("possible", Why(f"certainty.{rule}.v1", sentence.span))


def is_inverted_question(parsed: Parsed, verb: Token) -> bool:
    """Whether it is asked whether a verb is so: "will the ministers meet"."""
    helping = list(parsed.below(verb, "auxiliary", "passive-auxiliary"))
    subjects = list(parsed.below(verb, *SUBJECTS))
    return bool(helping and subjects) and helping[0].i < subjects[0].i


def opens_question(parsed: Parsed, verb: Token, first: Token) -> bool:
    """Whether "was" or "have" opens a question that the parser hangs a verb on."""
    opening = first.lemma in parsed.words("certainty.be-or-have")
    if not opening or verb.form not in ("participle", "past", "gerund"):
        return False
    return any(above.i == first.i for above in islice(parsed.above(verb), 2))


def judge_repetition(parsed: Parsed, verb: Token) -> Certainty | None:
    """Judge an act told of "every Friday", "twice a year": it recurs."""
    every, units = parsed.words("certainty.every"), parsed.words("certainty.time-unit")
    times = parsed.words("certainty.times")
    days = [s for s in parsed.below(verb, "subject") if subject_holds_day(parsed, s)]
    for child in (*parsed.below(verb, *WHEN), *days):
        inside = [t.lemma.lower() for t in parsed.subtree(child)[:6]]
        each = child.relation != "adverbial-clause" and not every.isdisjoint(inside)
        often = not (times.isdisjoint(inside) or units.isdisjoint(inside))
        if each or (often and verb.form in NOW):
            return Certainty("recurring", Why("certainty.repeated.v1", child.span))
    return None


def subject_holds_day(parsed: Parsed, subject: Token) -> bool:
    """Whether the parser has drawn a day into the subject: "Every Friday villagers"."""
    days = parsed.words("certainty.weekday")
    return any(c.text.lower() in days for c in parsed.below(subject, "compound"))


def scheduled(parsed: Parsed, verb: Token) -> Certainty | None:
    """Judge a present tense with a day to come: "is travelling to Cairo next week"."""
    progressive = verb.form == "gerund" and is_in_present(parsed, verb)
    simple = verb.form in NOW and verb.lemma in parsed.words("certainty.schedule")
    if not (progressive or simple):
        return None
    later, since = parsed.words("certainty.later"), parsed.words("certainty.since")
    weekdays = parsed.words("certainty.weekday")
    for child in parsed.below(verb, *WHEN):
        inside = {t.text.lower() for t in parsed.subtree(child)[:6]}
        if inside & later or (inside & weekdays and not inside & since):
            return Certainty("planned", Why("certainty.scheduled.v1", child.span))
    return None


def going_on(parsed: Parsed, verb: Token) -> Certainty | None:
    """Judge an act told as under way: "are shelling", "continues to besiege"."""
    reason = Why("certainty.progressive.v1", verb.span)
    helping = {
        a.text.lower() for a in parsed.below(verb, "auxiliary", "passive-auxiliary")
    }
    been = helping & parsed.words("certainty.been")
    if verb.form == "gerund" and (been or is_in_present(parsed, verb)):
        return Certainty("ongoing", reason)
    being = helping & parsed.words("certainty.being")
    if being and helping & parsed.words("certainty.present"):
        return Certainty("ongoing", reason)
    phase = verb.lemma in parsed.words("certainty.phase")
    if phase and (governs(parsed, verb) or verb.form != "past"):
        return Certainty("ongoing", Why("certainty.continues.v1", verb.span))
    return under_way(parsed, verb)


def governs(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb has an infinitive or a gerund under it."""
    return any(True for _ in parsed.below(verb, "open-clause", "content-clause"))


def under_way(parsed: Parsed, verb: Token) -> Certainty | None:
    """Judge "is under way", "is still held", "remains deployed"."""
    reason = Why("certainty.under-way.v1", verb.span)
    head = parsed.tokens[verb.head]
    remain = parsed.words("certainty.remain-form")
    for child in parsed.below(verb, "auxiliary", "passive-auxiliary"):
        if child.text.lower() in remain:
            return Certainty("ongoing", Why("certainty.under-way.v1", child.span))
    above = parsed.tokens[head.head]
    be = parsed.words("certainty.be")
    on = verb.relation == "oblique" and head.lemma in parsed.words("certainty.on")
    if on and above.lemma in be and above.form in NOW:  # "is on a visit to Cairo"
        return Certainty("ongoing", Why("certainty.under-way.v1", above.span))
    below = {c.text.lower() for c in parsed.below(verb)}
    state = below & parsed.words("certainty.under-way")
    if state and verb.form in NOW and verb.lemma in be:
        return Certainty("ongoing", reason)
    helping = parsed.words("certainty.present") | parsed.words("certainty.being")
    if below & parsed.words("certainty.still") and (
        verb.form in NOW or below & helping
    ):
        return Certainty("ongoing", reason)
    return None


def is_in_present(parsed: Parsed, verb: Token) -> bool:
    """Whether "is" or "are" stands before the verb, or before one it is joined to."""
    for step in (verb, *joined_verbs(parsed, verb)):
        helping = [
            a.text.lower() for a in parsed.below(step, "auxiliary", "passive-auxiliary")
        ]
        if helping:
            return not parsed.words("certainty.present").isdisjoint(helping)
    return False


def joined_verbs(parsed: Parsed, verb: Token) -> Iterator[Token]:
    """Yield the verbs that `verb` is joined to."""
    while verb.relation == "conjunct":
        verb = parsed.tokens[verb.head]
        yield verb


def judge_imperative(parsed: Parsed, verb: Token) -> Certainty | None:
    """Judge an imperative: what it asks for has not been done."""
    if verb.form != "base" or verb.relation != "root":
        return None
    if any(
        True for _ in parsed.below(verb, "auxiliary", "passive-auxiliary", *SUBJECTS)
    ):
        return None
    return Certainty("possible", Why("certainty.imperative.v1", verb.span))


def awaited(parsed: Parsed, verb: Token) -> Certainty | None:
    """Judge a present tense in what something waits for: "will wait until he leaves".

    After "until" it is to come; after other words, where what waits is to come itself.
    """
    above = parsed.tokens[verb.head]
    now = verb.form in NOW or is_in_present(parsed, verb)
    if verb.relation != "adverbial-clause" or not now:
        return None
    to_come, until = parsed.words("certainty.to-come"), parsed.words("certainty.until")
    later = any(
        a.form == "modal" and a.lemma in to_come
        for a in parsed.below(above, "auxiliary")
    )
    for mark in parsed.below(verb, "subordinator", "adverb"):
        word = mark.text.lower()
        told = parsed.lexicon.senses["certainty.awaited"].get(word)
        if told and (later or word in until) and mark.i < verb.i:
            return Certainty(cast(Status, told), Why("certainty.awaited.v1", mark.span))
    return None
