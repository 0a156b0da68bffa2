"""spaCy's model made from its folder, without what a reader of reports never needs.

`spacy.load` checks every setting of a model by pydantic, seeks each of some hundred
names among all that is installed, and makes the tokenizer's exceptions twice: half of
the time that it takes. What is made here is the same pipeline, and nothing of spaCy is
other than before for whoever else uses it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

UNASKED = ("senter",)  # sentences are cut before they are parsed
PLAIN = "spacy.Tokenizer.v1"  # the tokenizer that a model tells all exceptions of


def load_pipeline(model: str) -> Any:
    """Return a spaCy pipeline by the name of its package or of its folder.

    Raises OSError where there is none.
    """
    util = import_module("spacy.util")
    folder = find_model_folder(model)
    meta = util.get_model_meta(folder)
    config = util.load_config(folder / "config.cfg")
    with grouped_entry_points():
        lang = util.get_lang_class(config["nlp"]["lang"])
        if config["nlp"]["tokenizer"].get("@tokenizers") == PLAIN:
            lang = class_without_exceptions(lang)
        made = lang.from_config(config, meta=meta, exclude=UNASKED, validate=False, auto_fill=False)
        return made.from_disk(folder, exclude=UNASKED)


def find_model_folder(model: str) -> Path:
    """Return the folder of a model's data. Raises OSError where there is none."""
    util = import_module("spacy.util")
    if not util.is_package(model):
        return Path(model)
    package = Path(util.get_package_path(model))
    meta = util.get_model_meta(package)
    return package / f"{meta['lang']}_{meta['name']}-{meta['version']}"


@cache
def class_without_exceptions(lang: Any) -> Any:
    """Return a language's class that makes no tokenizer exceptions.

    The model's own replace them. The class of the language itself keeps its own, for
    other threads may make pipelines of it meanwhile.
    """
    defaults = type("Defaults", (lang.Defaults,), {"tokenizer_exceptions": {}})
    return type(lang.__name__, (lang,), {"Defaults": defaults})


@contextmanager
def grouped_entry_points() -> Iterator[None]:
    """Have spaCy's registry look its names up by their groups, which it takes as well.

    It goes through all that is installed for each of them.
    """
    catalogue: Any = import_module("catalogue")
    found = catalogue.AVAILABLE_ENTRY_POINTS
    if type(found) is dict:
        yield
        return
    groups: dict[str, list[Any]] = {}
    for points in dict.values(found) if isinstance(found, dict) else (found,):
        for point in points:
            groups.setdefault(point.group, []).append(point)
    catalogue.AVAILABLE_ENTRY_POINTS = groups
    try:
        yield
    finally:
        catalogue.AVAILABLE_ENTRY_POINTS = found
