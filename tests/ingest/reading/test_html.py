"""Pages in another language are told so before their article is sought."""

import json
from runpy import run_path

import pytest
from lxml.html import document_fromstring

from dateline.ingest.reading import inputs
from dateline.ingest.reading.readers import html
from dateline.ingest.reading.readers.html import clear_page, find_foreign_words
from dateline.ingest.reading.worker import Child
from dateline.model import Report, Source
from dateline.nlp.en import pack
from dateline.nlp.report_identity import unfit
from tests.faults import builders as make

PAGES = run_path("benchmarks/speed/pages.py")
STORY = make.story(1)
OTHERS = dict(PAGES["stories"](3, 80))
LINKS = PAGES["links"](40)
NOTICE = "Utilizamos galletas para que la página funcione mejor en su aparato. "


def read_one(page: str) -> Report:
    source = Source("a.html", raw=page.encode(), kind="html")
    (found,) = inputs.read_source(source, Child(here=True))
    assert isinstance(found, Report), found
    return found


@pytest.mark.parametrize("code", sorted(OTHERS))
def test_a_page_in_another_language_is_told_so_without_its_article(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "extract_article", None)
    report = read_one(PAGES["plain"](OTHERS[code], "A title", "en"))
    assert report.language == code
    assert OTHERS[code].split("\n\n") == report.text.split("\n\n")
    problem = unfit(report, pack.code)
    assert problem is not None and problem.code == "unsupported_language"
    assert problem.message == f"written in {code!r}; this coder reads 'en'"


@pytest.mark.parametrize("shape", PAGES["SHAPES"], ids=lambda each: str(each.__name__))
@pytest.mark.parametrize("declared", ["en", "es"])
def test_an_english_page_is_read_whatever_it_declares(shape, declared: str) -> None:  # type: ignore[no-untyped-def]
    report = read_one(shape(STORY, "Pilots freed", declared))
    assert report.language == "en"
    assert all(part in report.text for part in STORY.split("\n\n"))


@pytest.mark.parametrize(
    "story",
    [
        f"<p>{STORY}</p>",
        f"<div>{STORY}</div>",
        "".join(f"<span>{word}</span> " for word in 9 * STORY.split()),
        f"<p>{STORY[:120]}</p>",
    ],
    ids=["paragraph", "division", "word by word", "a lead alone"],
)
def test_an_english_story_beside_much_in_another_language_is_sought(story: str) -> None:
    tree = document_fromstring(f"<html><body>{story}<p>{NOTICE * 9}</p></body></html>")
    assert find_foreign_words(tree) == ("", "")


def test_a_page_of_headlines_without_small_words_is_english() -> None:
    report = read_one(f"<html><body><p>{'Kenya freed two pilots. ' * 30}</p>")
    assert report.language == "en"


def test_a_page_of_too_few_words_tells_no_language() -> None:
    tree = document_fromstring(f"<html><body><p>{NOTICE}</p></body></html>")
    assert find_foreign_words(tree) == ("", "")


def test_lists_of_links_go_and_the_headline_stays() -> None:
    page = (
        f"<html><body><header><h1><a>Pilots freed</a></h1><ul>{LINKS}</ul></header>"
        f"<p>{STORY} <a>More</a></p><div class=x><ul>{LINKS}</ul></div>after"
        "<script>var a</script></body></html>"
    )
    tree = document_fromstring(page)
    clear_page(tree)
    left = tree.text_content()
    assert left == f"Pilots freed{STORY} Moreafter"


@pytest.mark.parametrize(
    "link", ["<a name=p><p>{}</p>", "<p><a id=p>{}</a></p>", "<li><a href=/p>{}</a></li>"]
)
def test_a_story_whose_sentences_stand_in_anchors_or_links_is_no_menu(link: str) -> None:
    sentences = [f"The army of Kenya freed {n} pilots on Monday." for n in range(6)]
    story = "".join(map(link.format, sentences))
    tree = document_fromstring(f"<div><div>{story}</div><ul>{LINKS}</ul></div>")
    clear_page(tree)
    assert tree.text_content() == "".join(sentences)


def test_a_story_that_stands_in_json_ld_alone_is_read() -> None:
    told = {"@type": "NewsArticle", "articleBody": STORY.replace("\n\n", " ")}
    page = (
        f"<html><head><script type='application/ld+json'>{json.dumps(told)}</script>"
        f"</head><body><nav><ul>{LINKS}</ul></nav><div id=app></div></body></html>"
    )
    assert read_one(page).text == told["articleBody"]


def test_a_page_of_links_alone_is_read_as_a_list() -> None:
    report = read_one(f"<html><body><nav><ul>{LINKS}</ul></nav></body></html>")
    assert report.language == "zxx" and "World 0" in report.text
