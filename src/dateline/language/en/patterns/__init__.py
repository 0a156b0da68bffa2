"""How words of English stand in a text: a module a room, a constant a pattern."""
