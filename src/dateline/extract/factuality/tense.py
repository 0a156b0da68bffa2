"""A plainly told act: done, going on, repeated, or fixed for a day to come."""

import re
from datetime import date
from itertools import islice
from typing import cast

from dateline.extract.factuality.act_status import joined_verbs
from dateline.model import SUBJECTS, Action, Certainty, Parsed, Relations, Status, Token, Why

NEAREST = 170  # days ahead within which a day without its year is the next one
DAY, YEAR = re.compile(r"[0-3]?\d"), re.compile(r"(?:19|20)\d\d")
ASKING = frozenset(("relative-pronoun relative-owner relative-adverb relative-determiner").split())
NOW = ("present-third", "present")
WHEN: Relations = ("adverbial-noun", "adverb", "preposition", "adverbial-clause", "noun-modifier")


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
    return bool(done) and all(a.form not in ("infinitive-marker", "modal") for a in above)


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
    if any(t.form in ASKING for t in before):
        return None
    # it is asked whether the verb is so: "will the ministers meet"
    aux = next(parsed.below(verb, "auxiliary", "passive-auxiliary"), None)
    subject = next(parsed.below(verb, *SUBJECTS), None)
    asked = aux is not None and subject is not None and aux.i < subject.i
    if before and verb.form in ("participle", "past", "gerund"):
        # "was" or "have" opens a question that the parser hangs the verb on
        opening = before[0].lemma in parsed.words("certainty.be-or-have")
        over = (above.i for above in islice(parsed.above(verb), 2))
        asked = asked or (opening and before[0].i in over)
    rule = "asked" if asked else "question"
    return Certainty("possible", Why(f"certainty.{rule}.v1", sentence.span))


def judge_repetition(parsed: Parsed, verb: Token) -> Certainty | None:
    """Judge an act told of "every Friday", "twice a year": it recurs."""
    every, units = parsed.words("certainty.every"), parsed.words("certainty.time-unit")
    times = parsed.words("certainty.times")
    # the parser may draw a day into the subject: "Every Friday villagers march"
    days = parsed.words("certainty.weekday")
    subjects = [
        s
        for s in parsed.below(verb, "subject")
        if any(c.text.lower() in days for c in parsed.below(s, "compound"))
    ]
    for child in (*parsed.below(verb, *WHEN), *subjects):
        inside = [t.lemma.lower() for t in parsed.subtree(child)[:6]]
        each = child.relation != "adverbial-clause" and not every.isdisjoint(inside)
        often = not (times.isdisjoint(inside) or units.isdisjoint(inside))
        if each or (often and verb.form in NOW):
            return Certainty("recurring", Why("certainty.repeated.v1", child.span))
    return None


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
    helping = {a.text.lower() for a in parsed.below(verb, "auxiliary", "passive-auxiliary")}
    been = helping & parsed.words("certainty.been")
    if verb.form == "gerund" and (been or is_in_present(parsed, verb)):
        return Certainty("ongoing", reason)
    being = helping & parsed.words("certainty.being")
    if being and helping & parsed.words("certainty.present"):
        return Certainty("ongoing", reason)
    phase = verb.lemma in parsed.words("certainty.phase")
    governs = any(parsed.below(verb, "open-clause", "content-clause"))
    if phase and (governs or verb.form != "past"):
        return Certainty("ongoing", Why("certainty.continues.v1", verb.span))
    return under_way(parsed, verb)


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
    still = below & parsed.words("certainty.still")
    if still and (verb.form in NOW or below & helping):
        return Certainty("ongoing", reason)
    return None


def is_in_present(parsed: Parsed, verb: Token) -> bool:
    """Whether "is" or "are" stands before the verb, or before one it is joined to."""
    for step in (verb, *joined_verbs(parsed, verb)):
        helping = [a.text.lower() for a in parsed.below(step, "auxiliary", "passive-auxiliary")]
        if helping:
            return not parsed.words("certainty.present").isdisjoint(helping)
    return False


def judge_imperative(parsed: Parsed, verb: Token) -> Certainty | None:
    """Judge an imperative: what it asks for has not been done."""
    helped = parsed.below(verb, "auxiliary", "passive-auxiliary", *SUBJECTS)
    if verb.form != "base" or verb.relation != "root" or any(helped):
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
    later = any(a.form == "modal" and a.lemma in to_come for a in parsed.below(above, "auxiliary"))
    for mark in parsed.below(verb, "subordinator", "adverb"):
        word = mark.text.lower()
        told = parsed.lexicon.senses["certainty.awaited"].get(word)
        if told and (later or word in until) and mark.i < verb.i:
            return Certainty(cast(Status, told), Why("certainty.awaited.v1", mark.span))
    return None


def judge_day_to_come(
    parsed: Parsed, action: Action, verb: Token, day: date | None
) -> Certainty | None:
    """Judge what is told of a day after the report's: "hold talks on June 15"."""
    helped = list(parsed.below(verb, "auxiliary", "passive-auxiliary"))
    apart = parsed.words("certainty.have-or-do")
    if day is None or any(a.form == "modal" or a.lemma in apart for a in helped):
        return None
    # it must be told in the present: "meet", "are meeting", "is held"
    bare = not helped and verb.form == "base" and any(parsed.below(verb, "subject"))
    if not bare and all(t.form not in NOW for t in helped or [verb]):
        return None
    for month in parsed.subtree(verb):
        found = read_calendar_day(parsed, month, day)
        if found and found > day and is_day_of_act(parsed, month, verb, action):
            return Certainty("planned", Why("certainty.day-to-come.v1", month.span))
    return None


def read_calendar_day(parsed: Parsed, month: Token, day: date) -> date | None:
    """Return the day that a month's name and its number tell, the next one of it."""
    name = month.text.lower().rstrip(".")
    which = parsed.lexicon.senses["certainty.month"].get(name)
    if which is None or not month.text[0].isupper():
        return None
    after = [t.text for t in parsed.tokens[month.i + 1 : month.i + 4]]
    before = parsed.tokens[month.i - 1].text if month.i else ""
    number = next((int(t) for t in (*after[:1], before) if DAY.fullmatch(t)), 0)
    years = tuple(int(t) for t in after if YEAR.fullmatch(t))[:1]
    for year in years or (day.year, day.year + 1):
        try:
            found = date(year, int(which), number)
        except ValueError:  # the calendar has none such
            continue
        if found > day:
            return found if years or (found - day).days < NEAREST else None
    return None


def is_day_of_act(parsed: Parsed, month: Token, verb: Token, action: Action) -> bool:
    """Whether a day is that of a verb's own act: "on" it, or with no word before it.

    It may stand with a place, or with what is acted upon: "recalls its envoy on May 2".
    """
    over = parsed.tokens[month.head]
    if over.pos in ("ADP", "SCONJ"):
        apart = over.text.lower() not in parsed.words("certainty.on-day")
    else:
        apart = over.pos == "NOUN" and over.i > month.i
    if apart:
        return False  # "until May 2", "condemns the May 2 vote"
    for up in parsed.above(month):
        if up == verb:
            return True
        own = action.trigger.covers(up.span) and up.pos not in ("VERB", "AUX")
        acted_upon = up.head == verb.i and up.relation == "object"
        if not (own or acted_upon or up.pos in ("ADP", "NUM", "PROPN")):
            return False
    return False
