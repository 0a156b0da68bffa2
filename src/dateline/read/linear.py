"""The words of a page in the order they stand, whatever its depth: no tree is built."""

import re
from html.parser import HTMLParser

BLOCKS = frozenset(
    "p div article section h1 h2 h3 h4 h5 h6 li tr blockquote br hr pre dd dt header "
    "footer main td th figcaption ul ol table form".split()
)
UNREAD = frozenset(
    "script style noscript template svg math head select button iframe object".split()
)
CODE = frozenset(("script", "style"))  # whose words are never a reader's
BOILER = frozenset("nav footer aside form".split())
TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*+)[^<>]*+(?<!/)>")  # none that ends itself
VOID = frozenset(
    "br hr img input meta link area base col embed source track wbr".split()
)
SPACES = re.compile(r"[ \t\r\f\v]+")


class Words(HTMLParser):
    """Gathers words, with a break at each block."""

    def __init__(self, never_ended: frozenset[str] = frozenset()) -> None:
        """Start with nothing; what stands in elements that never end is read."""
        super().__init__(convert_charrefs=True)
        self.left = (UNREAD | BOILER) - never_ended
        self.parts: list[str] = []
        self.unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Break at a block; stop reading in a script."""
        if tag in self.left:
            self.unread.append(tag)
        if tag in BLOCKS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        """Break after a block; read on after a script."""
        if tag in self.unread:
            del self.unread[self.unread.index(tag) :]
        if tag in BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        """Keep words that are read."""
        if not self.unread:
            self.parts.append(data)


def linear_text(page: str) -> str:
    """Return the words of a page or a piece of one, paragraphs parted by empty lines.

    >>> linear_text("<p>Kim <b>left</b>.</p><script>x</script><p>Then&nbsp;rain.")
    'Kim left.\\n\\nThen rain.'
    >>> linear_text("<aside>Kim left.<p>Then rain.")
    'Kim left.\\n\\nThen rain.'
    """
    never: frozenset[str] = frozenset()
    while True:
        parser = Words(never)
        parser.feed(page)
        parser.close()
        open_still = frozenset(parser.unread) - CODE
        if not open_still:
            break
        never |= open_still
    return tidy_paragraphs("".join(parser.parts))


def tidy_paragraphs(words: str) -> str:
    """Return paragraphs without doubled spaces, parted by empty lines."""
    blocks = re.split(r"\n\s*\n", words.replace("\xa0", " "))
    lines = (" ".join(SPACES.sub(" ", block).split("\n")) for block in blocks)
    kept = (" ".join(line.split(" ")).strip() for line in lines)
    return "\n\n".join(" ".join(line.split()) for line in kept if line)


def depth(page: str) -> int:
    """Return how deep the elements of a page lie in each other, roughly.

    >>> depth("<div><p>a<br>b</p></div>")
    2
    """
    tags = TAG.findall(page)
    steps = {tag: step(tag) for tag in set(tags)}
    now = deepest = 0
    for tag in tags:
        now += steps[tag]
        if now > deepest:
            deepest = now
        elif now < 0:
            now = 0
    return deepest


def step(tag: str) -> int:
    """Return by how much a tag goes deeper: -1 for one that ends an element."""
    if tag.strip("/").lower() in VOID:
        return 0
    return -1 if tag.startswith("/") else 1
