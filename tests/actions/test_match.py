from dateline.actions.match import candidates, lower, trigger


def units(book, p):
    return [
        (c.frames[0][0].unit, trigger(c.words).of(p.text))
        for s in p.sentences
        for c in candidates(book, p, s)
    ]


def test_particles_and_light_verbs(parsed, book):
    p = parsed("Rebels blew up the bridge and took a nun hostage.")
    found = units(book, p)
    assert (("blow", "up"), "blew up") in found
    assert any(unit == ("take", "hostage") for unit, _ in found)


def test_compound_nouns(parsed, book):
    p = parsed("The air strikes went on.")
    assert ("air", "strike") in [unit for unit, _ in units(book, p)]


def test_idioms_are_vetoed(parsed, book):
    p = parsed("He had a heart attack after a price war.")
    assert units(book, p) == []


def test_slips_of_the_lemmatiser(parsed):
    p = parsed("They staged a protest.")
    assert lower(p.tokens[1]) == "stage"


def test_a_noun_with_its_own_preposition_is_no_part(parsed, book):
    p = parsed("The agency suspended aid to Mali in protest.")
    assert ("suspend", "protest") not in [unit for unit, _ in units(book, p)]


def test_a_particle_belongs_to_its_own_verb(parsed, book):
    p = parsed("The army closed all schools, took a station off the air and left.")
    found = [unit for unit, _ in units(book, p)]
    assert ("close", "off") not in found
    assert ("take", "off", "air") in found
