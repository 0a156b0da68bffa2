"""What each rule of this room means, in one sentence for the analyst."""

RULES: dict[str, str] = {
    "actions.cause-owner.v1": "He for whose deeds the sanctions are imposed.",
    "actions.accused.v1": (
        "He who is accused of it or blamed for it did it, in the words of the report."
    ),
    "actions.amod.v1": "The nationality or name before the noun: U.S. sanctions.",
    "actions.amod-pl.v1": "Two names before the noun: Israeli-Palestinian talks.",
    "actions.among.v1": 'All who stand after "among".',
    "actions.between.v1": 'Both sides of "between A and B".',
    "actions.blame.v1": "The one on whom the act is blamed, or who claims it.",
    "actions.both.v1": "Frame and model read the same deed.",
    "actions.by.v1": 'The one after "by".',
    "actions.compound.v1": "The name or body before the noun: rebel attack.",
    "actions.control.v1": "The subject is that of the verb above: agreed to withdraw.",
    "actions.counterpart.v1": (
        "He with whom the talks are to be held: left the door open to talks with X."
    ),
    "actions.dat.v1": "The one who is given something.",
    "actions.for-inside.v1": (
        "The victim of the act for which responsibility is claimed."
    ),
    "actions.frame-adj.v1": (
        "A state of the lexicon tells the act: ready to talk, critical of."
    ),
    "actions.frame-noun.v1": (
        "A noun of the lexicon, with a party or a verb that carries it, tells the act."
    ),
    "actions.frame-verb.v1": (
        "A verb of the lexicon, used as its frame demands, tells the act."
    ),
    "actions.impose-by.v1": "The one by whom it is imposed.",
    "actions.impose-on.v1": "The one on whom it is imposed, in a clause on the noun.",
    "actions.in-content.v1": (
        "The party in the clause that is asked for, threatened or agreed to."
    ),
    "actions.infinitive.v1": "An infinitive on a noun is done by what the noun names.",
    "actions.invited.v1": "He who comes at the invitation is the one invited.",
    "actions.light-verb.v1": (
        "The subject of the verb that carries the noun does it: held talks."
    ),
    "actions.matter.v1": (
        "He whose thing is asked for, criticised or yielded: a call for X's return."
    ),
    "actions.opponent.v1": 'The other side of a dispute: "in its row with X".',
    "actions.purpose.v1": (
        "Against whom it is meant: marched to protest the arrests by X."
    ),
    "actions.unless.v1": (
        "He who must do something first: until Chad pays, unless the rebels leave."
    ),
    "actions.model-act.v1": (
        "No frame reads the sentence; the model is sure of an act there and "
        "of its parties."
    ),
    "actions.model-party.v1": (
        "Grammar names nobody there, or words that the model doubts: these are its own."
    ),
    "actions.moved-forces.v1": (
        "Nobody is named who moved them; the forces themselves are the actor."
    ),
    "actions.no-party.v1": "No word in the places of the frame can name this party.",
    "actions.obj.v1": "The object of the verb, or the party inside it, is the one.",
    "actions.obj-poss.v1": "The possessor of the object: accepted the rebels' terms.",
    "actions.object.v1": "The object of the verb suffers it.",
    "actions.object-about.v1": 'The party after "about" on the object of the act.',
    "actions.object-against.v1": 'The party after "against" on the object of the act.',
    "actions.object-among.v1": 'The party after "among" on the object of the act.',
    "actions.object-at.v1": 'The party after "at" on the object of the act.',
    "actions.object-between.v1": 'The party after "between" on the object of the act.',
    "actions.object-by.v1": 'The party after "by" on the object of the act.',
    "actions.object-control.v1": (
        "He who is urged or ordered is to do it: the object of the verb above."
    ),
    "actions.object-for.v1": 'The party after "for" on the object of the act.',
    "actions.object-from.v1": 'The party after "from" on the object of the act.',
    "actions.object-in.v1": 'The party after "in" on the object of the act.',
    "actions.object-into.v1": 'The party after "into" on the object of the act.',
    "actions.object-of.v1": 'The party after "of" on the object of the act.',
    "actions.object-on.v1": 'The party after "on" on the object of the act.',
    "actions.object-over.v1": 'The party after "over" on the object of the act.',
    "actions.object-target.v1": 'The party after "target" on the object of the act.',
    "actions.object-to.v1": 'The party after "to" on the object of the act.',
    "actions.object-with.v1": 'The party after "with" on the object of the act.',
    "actions.of-pl.v1": 'Several after "of": a meeting of ministers.',
    "actions.participle.v1": "A participle clause has the subject of its main clause.",
    "actions.passive-by.v1": 'In a passive the actor stands after "by".',
    "actions.passive-subject.v1": "In a passive the subject suffers it.",
    "actions.poss.v1": "The possessor of the noun of the act: Iran's test.",
    "actions.poss-of.v1": 'The possessor, where "of" names whom it is done to.',
    "actions.possessive.v1": (
        "The possessor of the noun does it: the rebels' promise to leave."
    ),
    "actions.prep-about.v1": 'The party after "about" on the act.',
    "actions.prep-against.v1": 'The party after "against" on the act.',
    "actions.prep-along.v1": 'The party after "along" on the act.',
    "actions.prep-alongside.v1": 'The party after "alongside" on the act.',
    "actions.prep-at.v1": 'The party after "at" on the act.',
    "actions.prep-behind.v1": 'The party after "behind" on the act.',
    "actions.prep-between.v1": 'The parties after "between" on the act.',
    "actions.prep-by.v1": 'The party after "by" on the act.',
    "actions.prep-for.v1": 'The party after "for" on the act.',
    "actions.prep-from.v1": 'The party after "from" on the act.',
    "actions.prep-in.v1": 'The party after "in" on the act.',
    "actions.prep-into.v1": 'The party after "into" on the act.',
    "actions.prep-near.v1": 'The party after "near" on the act.',
    "actions.prep-of.v1": 'The party after "of" on the act.',
    "actions.prep-off.v1": 'The party after "off" on the act.',
    "actions.prep-on.v1": 'The party after "on" on the act.',
    "actions.prep-outside.v1": 'The party after "outside" on the act.',
    "actions.prep-over.v1": 'The party after "over" on the act.',
    "actions.prep-that.v1": 'The party after "that" on the act.',
    "actions.prep-to.v1": 'The party after "to" on the act.',
    "actions.prep-toward.v1": 'The party after "toward" on the act.',
    "actions.prep-towards.v1": 'The party after "towards" on the act.',
    "actions.prep-under.v1": 'The party after "under" on the act.',
    "actions.prep-upon.v1": 'The party after "upon" on the act.',
    "actions.prep-among.v1": 'The party after "among" on the act.',
    "actions.prep-inside.v1": 'The party after "inside" on the act.',
    "actions.prep-onto.v1": 'The party after "onto" on the act.',
    "actions.prep-through.v1": 'The party after "through" on the act.',
    "actions.prep-across.v1": 'The party after "across" on the act.',
    "actions.prep-around.v1": 'The party after "around" on the act.',
    "actions.prep-out.v1": 'The party after "out" on the act.',
    "actions.prep-with.v1": 'The party after "with" on the act.',
    "actions.reduced-relative.v1": (
        "A participle describes the noun before it: rebels fighting the army."
    ),
    "actions.relative.v1": '"Who" and "which" stand for the noun before them.',
    "actions.relative-object.v1": (
        "The noun before a relative clause is what it is done to."
    ),
    "actions.said-by.v1": "The one who says so.",
    "actions.said-it.v1": (
        "The speaker tells what he does himself: Chad said it would leave."
    ),
    "actions.shared-object.v1": (
        "The object follows the second of two verbs and belongs to both."
    ),
    "actions.shared-subject.v1": "The second verb shares the subject of the first.",
    "actions.sign-by.v1": "The one by whom it is signed.",
    "actions.subject.v1": "The subject of the verb does it.",
    "actions.ties.v1": "Whose ties they are: between A and B, U.S.-Cuban ties.",
    "actions.together.v1": (
        "The act has one side only; the subject of the clause is the other."
    ),
}
