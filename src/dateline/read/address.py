"""The parts of a web address that data tell, which may be no address at all."""

from urllib.parse import SplitResult, urlsplit

NONE = urlsplit("")


def split_address(url: str) -> SplitResult:
    """Return the parts of an address, all empty where it is none.

    >>> split_address("https://a.example/b").path, split_address("http://[bad/").netloc
    ('/b', '')
    """
    try:
        found = urlsplit(url)
        found.port  # noqa: B018  raises where it is no number
    except ValueError:
        return NONE
    return found if found.scheme in ("http", "https") else NONE
