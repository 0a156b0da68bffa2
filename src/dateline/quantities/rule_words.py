"""What some rules of quantities found, in words for whoever reads a claim's reasons."""

RULES = {
    "quantities.beside.v1": (
        "The words beside the number tell it: '12 dead', 'six people hurt'."
    ),
    "quantities.crowd.v1": "They who protest are counted: 'thousands of miners'.",
    "quantities.money.v1": "A sum of money.",
    "quantities.none.v1": "The text denies any: 'no casualties', 'nobody was hurt'.",
    "quantities.participle.v1": "The counted are described so: '12 wounded soldiers'.",
    "quantities.patient.v1": (
        "The verb or noun before the counted tells it: 'killing 12'."
    ),
    "quantities.person.v1": (
        "One person, whom the sentence tells to be killed, hurt or taken."
    ),
    "quantities.size.v1": "A count of troops or weapons: 'a 200-strong force'.",
    "quantities.toll.v1": "What a toll is said to come to: 'the toll rose to 38'.",
}
