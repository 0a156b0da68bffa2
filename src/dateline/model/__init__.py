"""The values that flow through Dateline. They are frozen, and import nothing of ours.

Report ─language─> Parsed ─encoder─> States, Reading ─actions─> Action
Action ─questions─> Claim
"""

from dateline.model.answers import (
    Actor,
    Advice,
    Attribution,
    Certainty,
    Dating,
    Decider,
    LeftOut,
    OwnAnswer,
    Place,
    Quantity,
    Rival,
    Speaker,
    Status,
    Weighed,
    When,
    Why,
)
from dateline.model.coding import Action, Claim
from dateline.model.decisions import Setting
from dateline.model.encoder_output import Act, Meant, Reading, States, Words
from dateline.model.event import Event, EventSum, WorkedOut
from dateline.model.mention import Cast, Link, Member, Mention
from dateline.model.parsed import (
    PRONOUNS,
    SUBJECTS,
    Entity,
    Form,
    Forms,
    Lexicon,
    Parsed,
    Phrase,
    Relation,
    Relations,
    Sentence,
    Token,
)
from dateline.model.source import Source
from dateline.model.text import Capture, Mark, Problem, Report, Span

__all__ = [
    "PRONOUNS",
    "SUBJECTS",
    "Act",
    "Action",
    "Actor",
    "Advice",
    "Attribution",
    "Capture",
    "Cast",
    "Certainty",
    "Claim",
    "Dating",
    "Decider",
    "Entity",
    "Event",
    "EventSum",
    "Form",
    "Forms",
    "LeftOut",
    "Lexicon",
    "Link",
    "Mark",
    "Meant",
    "Member",
    "Mention",
    "OwnAnswer",
    "Parsed",
    "Phrase",
    "Place",
    "Problem",
    "Quantity",
    "Reading",
    "Relation",
    "Relations",
    "Report",
    "Rival",
    "Sentence",
    "Setting",
    "Source",
    "Span",
    "Speaker",
    "States",
    "Status",
    "Token",
    "Weighed",
    "When",
    "Why",
    "WorkedOut",
    "Words",
]
