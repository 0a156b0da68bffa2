"""The values that flow through Dateline. They are frozen, and import nothing of ours.

Report ──language──> Parsed ──actions──> Action ──questions──> Claim ──merge──> Event
"""

from dateline.model.answers import (
    Actor,
    Attribution,
    Certainty,
    Dating,
    Place,
    Quantity,
    Speaker,
    Status,
    When,
    Why,
)
from dateline.model.capture import Capture, Problem
from dateline.model.claim import Action, Claim, Event
from dateline.model.parsed import Entity, Link, Parsed, Sentence, Token
from dateline.model.setting import Setting
from dateline.model.source import Source
from dateline.model.text import Mark, Report, Span

__all__ = [
    "Action",
    "Actor",
    "Attribution",
    "Capture",
    "Certainty",
    "Claim",
    "Dating",
    "Entity",
    "Event",
    "Link",
    "Mark",
    "Parsed",
    "Place",
    "Problem",
    "Quantity",
    "Report",
    "Sentence",
    "Setting",
    "Source",
    "Span",
    "Speaker",
    "Status",
    "Token",
    "When",
    "Why",
]
