"""A report's text with what was read from it in colours."""

from typing import Any

from rich.text import Text

Record = dict[str, Any]
STYLES = {
    "act": "bold white on dark_red",
    "actor": "green",
    "recipient": "cyan",
    "when": "yellow",
    "where": "magenta",
    "speaker": "blue",
    "wire": "dim strike",
}
HIDDEN = str.maketrans(
    {
        c: "\N{REPLACEMENT CHARACTER}"
        for c in [*range(9), *range(14, 32), *range(127, 160)]
    }
    | {c: "·" for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B)}
)


def coloured(text: str, marks: list[list[Any]], claims: list[Record]) -> Text:
    """Return the text with every span that a claim rests on in its colour."""
    shown = Text(text.translate(HIDDEN))
    for kind, start, end in marks:
        if kind != "headline":
            shown.stylize(STYLES["wire"], start, end)
    for claim in claims:
        for style, span in claim_spans(claim):
            if span and span.get("start") is not None:
                shown.stylize(STYLES[style], span["start"], span["end"])
    return shown


def claim_spans(claim: Record) -> list[tuple[str, Record | None]]:
    """Return the spans of one claim with what each is."""
    found = [("actor", who) for who in claim["actors"]]
    found += [("recipient", who) for who in claim["recipients"]]
    found += [("speaker", who) for who in claim["said_by"]]
    found += [("when", claim["when"]), ("where", claim["where"])]
    return [*found, ("act", claim["trigger"])]


def legend() -> Text:
    """Return the line that tells what the colours mean."""
    return Text("  ").join(Text(name, style=style) for name, style in STYLES.items())
