"""The form of a word in grammar's own terms: what Penn's tags tell, in any language."""

from typing import Literal

Form = Literal[
    # verbs
    "base",
    "past",
    "present",
    "present-third",
    "gerund",
    "participle",
    "modal",
    "infinitive-marker",
    # nouns and names
    "noun",
    "plural-noun",
    "name",
    "plural-name",
    "owner-mark",
    # what describes
    "adjective",
    "comparative",
    "superlative",
    "adverb",
    "comparative-adverb",
    "superlative-adverb",
    "number",
    "particle",
    # small words
    "determiner",
    "predeterminer",
    "preposition",
    "conjunction",
    "pronoun",
    "owner-pronoun",
    "relative-pronoun",
    "relative-determiner",
    "relative-owner",
    "relative-adverb",
    "expletive",
    "interjection",
    # marks, and what is no word of the language
    "comma",
    "stop",
    "colon",
    "hyphen",
    "opening-quote",
    "closing-quote",
    "opening-bracket",
    "closing-bracket",
    "currency",
    "symbol",
    "list-mark",
    "odd-mark",
    "address",
    "affix",
    "foreign",
    "space",
    "unknown",
]
Forms = tuple[Form, ...]

PRONOUNS: Forms = ("pronoun", "owner-pronoun")
