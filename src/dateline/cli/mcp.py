"""`dateline mcp`: lets an assistant ask the record, read-only, over stdio."""

from importlib.util import find_spec

from dateline.cli.events import open_to_read
from dateline.cli.options import StoreOption
from dateline.cli.screen import fail


def mcp(store: StoreOption = "") -> None:
    """Serve the record to an assistant over stdio (Model Context Protocol), read-only.

    Its tools are events, event, explain, report and origins.
    """
    if find_spec("mcp") is None:
        fail("mcp needs the SDK: pip install '.[mcp]' in the clone", 2)
    from dateline.assistant import assistant_server

    with open_to_read(store) as kept:
        assistant_server(kept).run("stdio")
