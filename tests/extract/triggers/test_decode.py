"""What is told of what the model read; plain news tells what its own verb says."""

from dataclasses import replace

import pytest

from dateline.extract.triggers import Decoder
from dateline.ingest.reading.inputs import complete_report
from dateline.model import Reading, Report, Span, Why, Words
from dateline.nlp.en import pack
from dateline.pipeline.factory import Options, make_coder
from dateline.resources.codebook.book import Pattern
from dateline.resources.codebook.plover import load
from tests.extract.triggers.made import TEXT, act, parsed, span, words

BOOK = load()
SHELLED = act(
    "shelled",
    "ASSAULT",
    modes=(("visit", 0.6), ("heavy-weapons", 0.3), ("", 0.1)),
    actors=(words("Rebels"),),
    recipients=(words("Arva"),),
    times=(words("Friday"),),
)


def found(*acts, book=BOOK):
    return Decoder(book)(parsed(), Reading(acts))


def test_an_act_comes_out_with_the_words_of_its_parties_and_the_reasons():
    (one,) = found(SHELLED)
    assert one.deed == "ASSAULT"
    assert one.actors == (span("Rebels"),)
    assert one.recipients == (span("Arva"),)
    assert one.evidence.of(TEXT) == "Rebels shelled Arva on Friday"
    assert one.contexts == ("military",)
    assert {"force", "scene"} <= one.traits
    assert "killed" in one.counts
    assert [(asked, why.rule) for asked, why in one.why] == [
        ("what", "reading.act.v1"),
        ("how", "reading.mode.v1"),
        ("actor", "reading.actor.v1"),
        ("recipient", "reading.recipient.v1"),
    ]


def test_a_mode_is_one_that_the_deed_can_have():
    assert found(SHELLED)[0].modes == ("heavy-weapons",)


def test_what_the_model_hardly_believes_is_left_out():
    assert found(replace(SHELLED, sure=0.1)) == ()


def test_the_same_words_tell_one_deed_though_two_are_likely():
    both = replace(SHELLED, deeds=(("ASSAULT", 0.5), ("COERCE", 0.48)))
    assert [one.deed for one in found(both)] == ["ASSAULT"]


def test_words_of_a_party_are_whole_words():
    cut = replace(SHELLED, actors=(words("Reb"),))
    assert found(cut)[0].actors == (span("Rebels"),)


def test_a_type_by_another_name_is_found_by_what_the_model_calls_it():
    types = dict(BOOK.types)
    types["HARM"] = replace(types.pop("ASSAULT"), name="HARM")
    (one,) = found(SHELLED, book=replace(BOOK, types=types))
    assert one.deed == "HARM"
    assert "force" in one.traits


def test_a_pattern_of_the_users_goes_before_the_model():
    rows = (
        Pattern("U1", False, ("condemn",), "REJECT", "", "test"),
        Pattern("U2", True, ("shelled", "*"), "", "", "test"),
    )
    decoder = Decoder(replace(BOOK, patterns=rows))
    report = parsed(TEXT.replace("condemned", "condemn"))
    asked = decoder.asked(report)
    assert [s.of(report.text) for s in asked] == ["condemn"]
    own = replace(act("Norway", "ACCUSE"), trigger=asked[0])
    told = Reading((SHELLED, own, replace(own, asked=True)))
    (one,) = decoder(report, told)
    assert (one.deed, one.sure) == ("REJECT", 1.0)
    assert one.why[0] == ("what", Why("actions.pattern.v1", asked[0], "U1"))
    (forbidden,) = decoder.forbidden(report)
    assert (forbidden.rule, forbidden.pattern) == ("actions.forbidden.v1", "U2")


def test_a_pattern_that_tells_the_mode_is_the_reason_for_it():
    row = Pattern("U1", False, ("shelled",), "ASSAULT", "heavy-weapons", "test")
    decoder = Decoder(replace(BOOK, patterns=(row,)))
    (one,) = decoder(parsed(), Reading((replace(SHELLED, asked=True),)))
    assert one.modes == ("heavy-weapons",)
    assert dict(one.why)["how"].pattern == "U1"


def test_every_span_lies_within_the_text():
    for one in found(SHELLED, act("condemned", "ACCUSE", actors=(words("Norway"),))):
        for s in (one.trigger, one.evidence, *one.actors, *one.recipients):
            assert Span(0, len(TEXT)).covers(s)


def test_a_sentence_that_is_a_whole_report_must_be_surer():
    doubted = replace(SHELLED, sure=0.88)
    (doubtful,) = found(doubted)  # it is there to be decided on
    assert not doubtful.clear
    whole = parsed()
    two = replace(whole, sentences=(*whole.sentences, *whole.sentences))
    (surer,) = Decoder(BOOK)(two, Reading((doubted,)))
    assert surer.clear


def test_an_article_alone_is_read_on_to_its_noun_and_a_mark_is_nobody():
    text = "The local militia shelled Arva, residents said."
    report = Report("r", text)
    tree = pack.parse(report, pack.sentences(report))
    lone = replace(
        SHELLED,
        trigger=span("shelled", text),
        sentence=Span(0, len(text)),
        actors=(Words(span("The local", text), 0.9), Words(span(",", text), 0.95)),
        recipients=(Words(span("Arva", text), 0.9),),
        times=(),
    )
    (told,) = Decoder(BOOK)(tree, Reading((lone,)))
    assert [one.of(text) for one in told.actors] == ["The local militia"]


def test_of_several_patterns_on_the_same_words_one_is_told_once():
    rows = (
        Pattern("U1", False, ("rebels", "shelled"), "REJECT", "", "test"),
        Pattern("U2", False, ("rebels", "shelled"), "AID", "", "test"),
        Pattern("U3", False, ("shelled", "arva"), "COERCE", "", "test"),
    )
    decoder = Decoder(replace(BOOK, patterns=rows))
    asked = decoder.asked(parsed())
    assert [s.of(TEXT) for s in asked] == ["Rebels shelled", "shelled Arva"]
    acts = tuple(replace(SHELLED, trigger=s, asked=True) for s in asked)
    told = decoder(parsed(), Reading(acts))
    assert [(one.deed, one.trigger) for one in told] == [("AID", asked[0]), ("COERCE", asked[1])]


def test_a_list_with_a_sure_party_is_told_to_its_end():
    text = "The envoy thanked Norway and Sweden, and Denmark offered help."
    report = Report("r", text)
    tree = pack.parse(report, pack.sentences(report))
    thanked = replace(
        act("Norway", "SUPPORT"),
        trigger=span("thanked", text),
        sentence=Span(0, len(text)),
        actors=(Words(span("The envoy", text), 0.99),),
        recipients=(
            Words(span("Norway", text), 0.98),
            Words(span("Sweden", text), 0.7),
            Words(span("Denmark", text), 0.7),
        ),
    )
    (one,) = Decoder(BOOK)(tree, Reading((thanked,)))
    assert [r.of(text) for r in one.recipients] == ["Norway", "Sweden"]


REST = " The streets of the city were quiet after dark, a resident told reporters."
NEWS = [
    ("A bomb killed at least 12 people in Kabul on Monday.", "killed", 12, None),
    ("A bomb killed between 20 and 30 people in Kabul on Monday.", "killed", 20, 30),
    ("A bomb exploded in Kabul on Monday, killing nine people.", "exploded", 9, 9),
    ("Gunmen killed three soldiers in Mosul on Monday.", "killed", 3, 3),
    ("A bomb killed 12 people and wounded 30 others in Kabul.", "bomb", 12, 12),
]


@pytest.mark.parametrize(("text", "verb", "low", "high"), NEWS)
def test_a_deed_of_the_main_verb_is_told(text, verb, low, high):
    claims = make_coder(Options()).code(complete_report(Report("r", text + REST))).claims
    told = [c for c in claims if verb in c.action.trigger.of(text)]
    assert [c.type for c in told] == ["ASSAULT"]
    ends = [(q.low, q.high) for q in told[0].quantities if q.what == "killed"]
    assert ends == [(low, high)]


def test_what_might_be_done_is_not_told_for_its_verb():
    text = "A bomb in the hall would kill many people." + REST
    assert not make_coder(Options()).code(complete_report(Report("r", text))).claims


@pytest.mark.parametrize(
    ("text", "deed", "status"),
    [
        ("Rebels could attack the airport, diplomats said.", "ASSAULT", "possible"),
        ("Norway might impose sanctions on Sudan.", "SANCTION", "possible"),
        ("Sudan must end its blockade.", "REQUEST", "happened"),
        ("The carmaker could cut its prices, analysts said.", None, None),
    ],
)
def test_a_lone_sentence_tells_what_may_or_must_be_done(text, deed, status):
    claims = make_coder(Options()).code(complete_report(Report("r", text))).claims
    told = [(claim.action.deed, claim.certainty.status) for claim in claims]
    assert told == ([(deed, status)] if deed else [])


def test_what_must_be_done_is_asked_of_who_must_do_it_by_who_says_so():
    text = "Oman must end its blockade, Norway said on Monday." + REST
    (claim,) = make_coder(Options()).code(complete_report(Report("r", text))).claims
    assert claim.type == "REQUEST"
    assert [who.country for who in claim.actors] == ["NOR"]
    assert [who.country for who in claim.recipients] == ["OMN"]
