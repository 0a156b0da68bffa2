"""What each rule of times found, in words for whoever reads a claim's reasons."""

RULES = {
    "times.ahead-of.v1": "'Before' a time: by the day that comes before it.",
    "times.begun.v1": "It began then and goes on: the end is open.",
    "times.by.v1": "'By' a time: on that day or before it.",
    "times.calendar.other.v1": "The text counts years by a calendar that is not read.",
    "times.day-beside.v1": (
        "The clause beside it tells the day that 'the day before' or 'the same "
        "night' is counted from."
    ),
    "times.dating.conflict.v1": "What the text tells of its day does not fit together.",
    "times.dating.happening.ago.v1": "A known happening is told as so long ago.",
    "times.dating.happening.day.v1": "A time beside a happening whose day is known.",
    "times.dating.happening.last.v1": "A known happening is told as of last year.",
    "times.dating.none.v1": "No words tell when the report came out.",
    "times.dating.season.v1": "A season that the text speaks of as its own.",
    "times.dating.told.v1": "The day that the report or its reader gives.",
    "times.none.v1": "No words tell when, or the report's own day is not known.",
    "times.other-act.v1": "The words that tell a day tell it of another act.",
    "times.overnight.v1": "'Overnight': from one day into the next.",
    "times.since.v2": "'Since' a time: from then up to the report's day.",
    "times.undated.v1": (
        "The words tell a time ('on Monday'), but not of which week or year."
    ),
    "times.until.v1": "'Until' or 'through' a time: up to that day.",
    "times.vague.none.v1": "The words are too vague for a day, month or year.",
}
