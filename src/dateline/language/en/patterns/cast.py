"""How words for whoever is told of stand in a text."""

from dateline.language.en.patterns import Expression

# the ending of an owner: "Chad's"
OWNER = Expression("['’]s")
