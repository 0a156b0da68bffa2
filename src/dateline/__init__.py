"""Dateline: news reports in, auditable event data out. Start reading in `pipeline`.

In a notebook: `coder = dateline.load()`, `coder.code(text).to_frame()`, and
`dateline.open("news.db").events(actor="PRK").to_pandas()`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Coder", "Coding", "Store", "Table", "__version__", "load", "open"]

if TYPE_CHECKING:
    from dateline.api import Coder, Coding, Store, load, open
    from dateline.export.tables import Table


def __getattr__(name: str) -> Any:
    """Give the Python API when it is asked for: importing `dateline` loads nothing."""
    if name in __all__:
        room = "dateline.export.tables" if name == "Table" else "dateline.api"
        return getattr(import_module(room), name)
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")
