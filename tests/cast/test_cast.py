"""The cast as a value: who appears, by which words; bounded, whatever comes in."""

from time import process_time

from dateline.cast import cast, offices
from dateline.cast.offices import title_at_end
from dateline.model import Parsed, Report, Span
from dateline.model.mention import Cast
from tests.encoded import encoded

TEXT = (
    "Turkish President Kemal Oran met Greek Premier Nikos Dalaras on Monday. "
    "Oran said he would withdraw troops from the island."
)


def read(text: str) -> Parsed:
    return encoded(Report("r", text))


def test_a_member_has_all_its_words_in_order():
    found = cast(read(TEXT))
    oran = found.member(Span(TEXT.index("Oran said"), TEXT.index(" said")))
    assert oran is not None
    words = [span.of(TEXT) for span in oran.mentions]
    assert words == ["Turkish President Kemal Oran", "Oran", "he"]
    assert (oran.kind, oran.named) == ("person", True)
    assert oran.name.of(TEXT) == "Turkish President Kemal Oran"


def test_every_mention_knows_its_member():
    parsed = read(TEXT)
    found = cast(parsed)
    assert len(found.whom) == len(parsed.mentions)
    for mention, k in zip(parsed.mentions, found.whom, strict=True):
        assert k < 0 or mention.span in found.members[k].mentions


def test_a_report_without_words_has_no_cast():
    assert cast(read("")) == Cast()


def test_a_cast_of_four_hundred_names_stays_bounded():
    first = ("Ivo", "Pavel", "Anna", "Boris", "Nikos", "Kemal", "Jan", "Otto")
    last = [
        f"{a}{b}ov" for a in ("Kar", "Bran", "Dal", "Hor", "Mel") for b in "abcdefghij"
    ]
    names = [f"{one} {two.title()}" for two in last for one in first]
    text = "The dead were named. " + " ".join(f"{name} was killed." for name in names)
    parsed = read(text + " They were buried on Monday.")
    begun = process_time()
    found = cast(parsed)
    assert process_time() - begun < 10
    people = {m.name.of(text) for m in found.members if m.kind == "person"}
    assert len(people) >= 300


def test_a_pronoun_is_never_whom_its_own_verb_has_for_object():
    text = (
        "Kim Jong Un left for Singapore on Monday. Donald Trump praised him there. "
        "He even defended Kim against critics on Friday."
    )
    he = text.index("He even")
    links = [link for link in cast(read(text)).links if link.mention.start == he]
    told = [span.of(text) for link in links for span in link.antecedents]
    assert not any("Kim" in words for words in told)


def test_a_noun_s_title_is_sought_once_however_many_nouns_follow(monkeypatch):
    """A chain of offices took three times as long for twice as many words."""
    sought: list[int] = []

    def counted(words, size, deputy):
        sought.append(size)
        return title_at_end(words, size, deputy)

    monkeypatch.setattr(offices, "title_at_end", counted)
    parsed = read("The king met " + "the president of the minister of " * 20 + "Kenya.")
    cast(parsed)
    assert 30 < len(sought) <= len(parsed.mentions)
