"""What each rule of certainty found, in words for whoever reads a claim's reasons."""

RULES = {
    "certainty.ahead.v1": "It is still to come: told as 'ahead of' it or on its eve.",
    "certainty.asked.v1": "It is asked whether it is so: 'was he arrested?'.",
    "certainty.awaited.v1": (
        "Something to come waits for it: 'will not talk until he leaves'."
    ),
    "certainty.being-planned.v1": (
        "It is being planned or prepared, as the word before it tells."
    ),
    "certainty.bound-for.v1": "Somebody is on the way to it: 'left for talks'.",
    "certainty.condition.v1": (
        "It stands in a condition ('if', 'unless'), which is no fact."
    ),
    "certainty.considered.v1": "It is only thought of: 'weighs', 'is considering'.",
    "certainty.continues.v1": "It goes on: 'continues to', 'keeps', 'is still'.",
    "certainty.day-to-come.v1": (
        "A present tense with a day of the calendar after the report's: 'hold talks "
        "on June 15'."
    ),
    "certainty.degree.v1": (
        "'Too weak to' tells that it was not done, 'strong enough to' that it was."
    ),
    "certainty.described.v1": (
        "Words after it describe it: 'talks scheduled for May', 'a summit that "
        "could happen'."
    ),
    "certainty.false.v1": "The report or claim of it is called false.",
    "certainty.governor.v1": (
        "The verb, noun or adjective over it decides: 'refused to', 'the plan "
        "to', 'is likely to'."
    ),
    "certainty.has-to.v1": "'Had to' tells that it was done, 'has to' that it may be.",
    "certainty.headline-to.v1": (
        "A headline's bare 'to' announces it: 'Ministers to meet'."
    ),
    "certainty.if-clause.v1": (
        "'Will' or 'would' under a condition: it would happen only then."
    ),
    "certainty.imperative.v1": (
        "It is demanded in the imperative, so it is not done yet."
    ),
    "certainty.in-case.v1": "It stands after 'in case of' or 'in the event of'.",
    "certainty.infinitive.v1": (
        "A bare 'to' after a word that does not tell whether it came about: "
        "possible, no more."
    ),
    "certainty.inverted-condition.v1": (
        "'Were they to', 'had they', 'should they': a condition without 'if'."
    ),
    "certainty.is-to.v1": "'Is to' or 'are to' tells of a plan.",
    "certainty.kept-open.v1": "It may be cancelled or was not, so it is still due.",
    "certainty.learned.v2": (
        "A model trained on readers' judgements takes it for another status than "
        "the words over it tell."
    ),
    "certainty.may-happen.v1": (
        "'Could', 'may' or 'might happen', 'take place' and the like leave it open."
    ),
    "certainty.modal.v1": (
        "'Can', 'could', 'may', 'might', 'should' or 'must' leaves it open."
    ),
    "certainty.modifier.v1": (
        "An adverb or adjective beside it decides: 'planned', 'possible', 'never'."
    ),
    "certainty.negation.v1": (
        "'Not', 'no' or 'never' stands with it: the report says that it did not happen."
    ),
    "certainty.nobody.v1": "'Nobody' or 'no …' did it: it did not happen.",
    "certainty.own-denial.v1": "Whoever is said to have done it denies it.",
    "certainty.plain.v1": (
        "It is told as a plain fact: no word over it plans, doubts or denies it."
    ),
    "certainty.progressive.v1": "It is told as under way: 'are shelling'.",
    "certainty.purpose.v1": (
        "It is what somebody acts for ('in order to', 'so that'): possible, no more."
    ),
    "certainty.question.v1": "It stands in a question: possible, no more.",
    "certainty.repeated.v1": (
        "It happens again and again: 'every Friday', 'twice a year'."
    ),
    "certainty.said-expected.v1": "A watcher foretells what others will do: expected.",
    "certainty.said-foretold.v1": (
        "Somebody tells what another will do: expected, or planned where he speaks "
        "for the other."
    ),
    "certainty.said-planned.v1": "Whoever will do it says so: planned.",
    "certainty.scheduled.v1": (
        "A present tense with a day to come: 'is travelling to Cairo next week'."
    ),
    "certainty.turned.v1": (
        "A negation turns what the word over it tells: 'did not rule out' leaves it "
        "possible."
    ),
    "certainty.under-way.v1": (
        "It is called under way, or to be still so: 'is still held', 'remains "
        "deployed'."
    ),
    "certainty.unknown-act.v1": (
        "An act that is not known of yet ('an attack') would do something."
    ),
    "certainty.unread.v1": (
        "No word of the sentence could be judged: it is taken to have happened."
    ),
    "certainty.was-to-have.v1": (
        "'Was to have' or 'was due to have' tells that it did not come about."
    ),
    "certainty.whether.v1": (
        "It is asked or left open 'whether' it is so: possible, no more."
    ),
    "certainty.will.v1": "'Will' announces it: planned.",
    "certainty.without.v1": "'Without' or 'instead of' tells that it was not done.",
    "certainty.would-have.v1": "'Would have' tells that it did not come about.",
    "certainty.would.v1": (
        "'Would' that nobody is said to say: it depends on something."
    ),
    "certainty.yet-to.v1": "'Has yet to' tells that it is not done.",
}
