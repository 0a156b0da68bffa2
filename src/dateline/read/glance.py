"""What a page is cleared of, and in what language it is, before its article is sought.

To find the article is the dearest step of reading a page, and most pages of the web are
in a language that nobody here codes. So scripts and lists of links go first; then the
page's long runs of words tell its language, by the same means as a report's text does.
What a page says of its language itself is not believed: it is often a site's default.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from dateline.plugins import installed
from dateline.read.charset import replace_surrogates
from dateline.read.spoken import (
    SHARE,
    SHOWN,
    STOPS,
    WORD,
    detect_language,
    english_function_words,
    guess_language,
)

UNSEEN = ("script", "style", "template", "svg")
UNREAD = ("script", "title", "noscript")
DESCRIBED = "application/ld+json"  # what a script of this type holds is read
LINKS, LINKED = 5, 0.8  # links, and the share of letters in links, that make a menu
BOXES = "nav footer header aside ul ol dl div section table form menu".split()
LONG = 40  # characters: of shorter runs of words most are labels and names
ENOUGH = 400  # characters in long runs: of fewer nobody tells a language
FEWEST = 6  # words of a run that can be English, and of a sentence
SURE = 0.3  # share of small words that only English has
PARAGRAPHS = 0.8  # share of the long runs that stand in paragraphs of their own
TELLING = 2000  # characters that tell which other language it is
SHORTEST = 20  # characters of a paragraph that is kept of a page in another language


def clear_page(tree: Any) -> None:
    """Take out of a page's tree what no reader reads, and lists of links: menus."""
    for element in list(tree.iter(*UNSEEN)):
        parent = element.getparent()
        if parent is not None and element.get("type") != DESCRIBED:
            element.drop_tree()
    kept = {above for head in tree.iter("h1") for above in head.iterancestors()}
    anchors = {each for each in tree.iter("a") if not each.get("href")}
    gone: Any = None
    for element in list(tree.iter(*BOXES)):
        links = list(element.iter("a"))
        if len(links) < LINKS or element in kept:
            continue
        if gone is not None and gone in element.iterancestors():
            continue
        words = [each.text_content() for each in links if each not in anchors]
        linked = sum(len("".join(each.split())) for each in words)
        if any(map(is_sentence, words)) or linked < LINKED * count_letters(element):
            continue
        element.drop_tree()
        gone = element


def is_sentence(words: str) -> bool:
    """Whether a link holds a sentence: news in brief, where a menu has labels."""
    return words.rstrip()[-1:] in STOPS and len(WORD.findall(words)) >= FEWEST


def count_letters(element: Any) -> int:
    """Return how many characters stand in an element, white space not counted."""
    return len("".join(element.text_content().split()))


@cache
def long_runs_path() -> Any:
    """Return what finds the runs of words of a page that are longer than labels."""
    from lxml.etree import XPath

    path = f"descendant::text()[string-length(normalize-space(.)) >= {LONG}]"
    outside = " or ".join(f"parent::{tag}" for tag in UNREAD)
    return XPath(f"{path}[not({outside})]", smart_strings=False)


def find_foreign_words(tree: Any) -> tuple[str, str]:
    """Return the paragraphs of a page in a language that no pack reads, and which.

    ("", "") where the page may hold English, or does not tell its language plainly:
    then its article is to be found first.
    """
    runs, blocks = long_runs_path()(tree), list(list_paragraphs(tree))
    size, long = sum(map(len, blocks)), sum(map(len, runs))
    whole = count_letters(tree) - sum(map(count_letters, tree.iter(*UNREAD)))
    most = size >= PARAGRAPHS * long and size >= whole / 2
    if long < ENOUGH or not most or any(map(holds_english, runs)):
        return "", ""
    # A paragraph without links is a run as well, and was just looked at.
    seen = {" ".join(run.split()) for run in runs if len(run) <= SHOWN}
    if any(holds_english(block) for block in blocks if block not in seen):
        return "", ""
    words = replace_surrogates("\n\n".join(blocks))
    language = detect_language(words[:TELLING])
    coded = language in ("en", "zxx", "") or language in installed("languages")
    return ("", "") if coded else (words, language)


def holds_english(run: str) -> bool:
    """Whether a run of words is English by its small words; others have some, too.

    >>> holds_english("He said that it was so."), holds_english("O cais no rio do sul")
    (True, False)
    """
    words = WORD.findall(run.lower())
    small = english_function_words()
    found = sum(word in small for word in words)
    if len(words) < FEWEST or found < SHARE * len(words):
        return False
    return found >= SURE * len(words) or guess_language(run) == "en"


def list_paragraphs(tree: Any) -> Iterator[str]:
    """Yield the words of each paragraph of a page, without the shortest."""
    for element in tree.iter("p"):
        words = " ".join(element.text_content().split())
        if len(words) >= SHORTEST:
            yield words
