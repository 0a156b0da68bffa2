"""How words of acts and parties stand in English text."""

import re

CAPTION = re.compile(r"(?:\w+ ){0,4}?(?:Image|Media) caption(?=\s\S)\s")
