"""Acts by the names that the reader gives them, as the net of implied parties knows."""

DEEDS = tuple(
    """AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT
    THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT""".split()
)
FORCEFUL = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST"))
