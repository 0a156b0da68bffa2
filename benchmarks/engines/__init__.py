"""What answers benchmark questions beside the coder itself.

    encoder = Encoder.load()          # cheap; the weights load at the first reading
    read = encoder.read_report(parsed)       # one pass, a value to hand on
    read.pair(actor, recipient, trigger)   # {"CONSULT": .91, ..., "NONE": .02}
    read.deed(actor, recipient, trigger)   # the act itself: a planned visit is CONSULT
    read.act(trigger)                 # the same without parties; NONE: no event
    read.holds(sentence)              # probability that a sentence tells an act at all
    read.parties(trigger)             # tokens x (O, B-, I-actor, B-, I-recipient)
    read.modes(trigger)               # {"visit": .8, ...}, each on its own
    read.contexts(trigger)            # {"diplomatic": .9, ...}, each on its own
    read.certainty(trigger)           # {"happened": .7, ...}, nine statuses
    read.commitment(trigger)          # how far readers of news and of talk believe it
    read.tags("source")               # tokens x (O, B, I); also cue, content, act,
                                      # and actor, recipient (of any act)

Spans are characters of the report's text; None stands for a party or trigger without
words. Rows of `tags` and `parties` follow `read.spans`: the parsed tokens, or after
`read_text` the word pieces. Sentences that the gate skipped are not read: their spans
answer as None does.
"""
