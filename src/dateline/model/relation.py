"""How a word hangs on another, in grammar's own terms: every language has these.

A language pack turns its parser's labels into them, so that no room knows a parser.
"""

from typing import Literal

Relation = Literal[
    # what a verb has
    "subject",
    "passive-subject",
    "clausal-subject",
    "passive-clausal-subject",
    "expletive",
    "object",
    "dative",
    "agent",
    "predicate",
    "predicate-adjective",
    "object-predicate",
    "auxiliary",
    "passive-auxiliary",
    "negation",
    "particle",
    # clauses: what is said, what is to be done, when and why, of whom
    "content-clause",
    "open-clause",
    "adverbial-clause",
    "relative-clause",
    "adnominal-clause",
    "subordinator",
    # what a preposition brings
    "preposition",
    "oblique",
    "oblique-clause",
    # what a noun has
    "determiner",
    "predeterminer",
    "owner",
    "case",
    "adjective",
    "compound",
    "noun-modifier",
    "number",
    "quantifier",
    "apposition",
    # what any word has
    "adverb",
    "adverbial-noun",
    "conjunct",
    "conjunction",
    "preconjunction",
    "parataxis",
    "interjection",
    "punctuation",
    "meta",
    "unclear",
    "root",
]

Relations = tuple[Relation, ...]
SUBJECTS: Relations = ("subject", "passive-subject")
