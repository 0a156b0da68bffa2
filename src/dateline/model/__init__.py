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
from dateline.model.capture import Capture, Problem
from dateline.model.cast import Cast, Member
from dateline.model.claim import Action, Claim
from dateline.model.event import Event, EventSum, WorkedOut
from dateline.model.form import PRONOUNS, Form, Forms
from dateline.model.lexicon import Lexicon
from dateline.model.mention import Mention
from dateline.model.parsed import Entity, Link, Parsed, Phrase, Sentence, Token
from dateline.model.reading import Act, Meant, Reading, Words
from dateline.model.relation import SUBJECTS, Relation, Relations
from dateline.model.setting import Setting
from dateline.model.source import Source
from dateline.model.states import States
from dateline.model.text import Mark, Report, Span

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
