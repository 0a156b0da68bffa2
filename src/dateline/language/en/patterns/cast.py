"""How words for whoever is told of stand in a text."""

import re

# the ending of an owner: "Chad's"
OWNER = re.compile("['’]s")
