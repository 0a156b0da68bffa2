"""What some rules of places found, in words for whoever reads a claim's reasons."""

RULES = {
    "places.adjective.v1": "A nationality or adjective names the country: 'Kenyan'.",
    "places.beside.v1": (
        "The name is in no list; the place that is named beside it stands for it."
    ),
    "places.capital.v1": "A capital named by its country alone: 'the Kenyan capital'.",
    "places.home.v1": (
        "The name is in no list; it is taken to lie in the home town of the outlet."
    ),
    "places.listed.v1": (
        "Of the places of that name, the one that the rest of the report speaks for."
    ),
    "places.part.v1": (
        "The name is in no list; a listed place that it holds stands for it."
    ),
    "places.unlisted.v1": "No list of places has this name.",
}
