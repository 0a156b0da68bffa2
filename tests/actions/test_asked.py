import pytest

TOLD = [
    (
        "The opposition called for President Lopez to resign.",
        ("REQUEST", "called for", ["The opposition"], ["President Lopez"]),
    ),
    (
        "The opposition called for Chile's expulsion from the bloc.",
        ("REQUEST", "called for", ["The opposition"], ["Chile"]),
    ),
    (
        "Italy refused to lift the ban on Tunisian ships.",
        ("REJECT", "refused", ["Italy"], ["Tunisian"]),
    ),
    (
        "The minister refused to respond to a request from Niger.",
        ("REJECT", "refused", ["The minister"], ["Niger"]),
    ),
    (
        "The envoy rejected the sanctions Norway imposed on Iran.",
        ("REJECT", "rejected", ["The envoy"], ["Norway"]),
    ),
    (
        "Nigeria criticised the way Britain handled the talks.",
        ("ACCUSE", "criticised", ["Nigeria"], ["Britain"]),
    ),
    (
        "Cuba condemned the U.S. bombing of Sudan.",
        ("ACCUSE", "condemned", ["Cuba"], ["U.S."]),
    ),
    (
        "Belgium told the envoy that Rwanda must withdraw.",
        ("REQUEST", "must withdraw", ["Belgium"], ["Rwanda"]),
    ),
    (
        "Spain vowed to punish the smugglers.",
        ("THREATEN", "vowed", ["Spain"], ["the smugglers"]),
    ),
    (
        "Britain called for Cuba to be expelled from the talks.",
        ("REQUEST", "called for", ["Britain"], ["Cuba"]),
    ),
    (
        "Norway demanded that Russian patrols leave the bay.",
        ("REQUEST", "demanded", ["Norway"], ["Russian patrols"]),
    ),
    (
        "Ministers of Fiji agreed to set up a panel of experts.",
        ("AGREE", "agreed", ["Ministers of Fiji"], []),
    ),
]


@pytest.mark.parametrize(("text", "act"), TOLD)
def test_whom_the_content_names(acts, text, act):
    assert act in acts(text)


def test_he_who_warns_is_not_the_one_warned(acts):
    told = acts("Egypt warned that it would close the canal unless Sudan paid.")
    assert told == [("THREATEN", "warned", ["Egypt"], ["Sudan"])]
