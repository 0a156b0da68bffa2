"""How words of acts and parties stand in English text."""

from dateline.language.en.patterns import Expression

CAPTION = Expression(r"(?:\w+ ){0,4}?(?:Image|Media) caption(?=\s\S)\s")
