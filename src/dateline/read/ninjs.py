"""ninjs 1.x to 3.x: an agency's item as JSON."""

import json
from typing import Any

from dateline.model import Problem, Report, Source
from dateline.read import linear, outlets
from dateline.read.charset import replace_surrogates
from dateline.read.fields import match_columns
from dateline.read.moments import parse_stamp

BODIES = ("body_text", "body_html", "body_xhtml", "bodies")
TIMES = ("versionCreated", "versioncreated", "firstCreated", "firstcreated")
FIRST = ("firstCreated", "firstcreated", "contentCreated", "contentcreated", *TIMES)
OTHERS = ("picture", "graphic", "audio", "video")  # than text
USABLE = ("", "usable", "stat:usable")


def is_item(found: Any) -> bool:
    """Whether a JSON value is a ninjs item.

    >>> is_item({"uri": "urn:1", "body_text": "Kim left."}), is_item({"text": "x"})
    (True, False)
    """
    if not isinstance(found, dict) or "text" in found:
        return False
    standard = found.get("standard")
    named = isinstance(standard, dict) and standard.get("name") == "ninjs"
    told = any(name in found for name in (*TIMES, "headlines", *BODIES))
    other = found.get("type") in OTHERS and "text" not in match_columns(tuple(found))
    return named or ("uri" in found and (told or other))


def read_ninjs_item(source: Source, found: dict[str, Any], at: str) -> Report | Problem:
    """Return the report of one item, or why it holds none."""
    status = str(found.get("pubStatus") or found.get("pubstatus") or "")
    if status.lower() not in USABLE:
        return source.problem("withdrawn", f"its agency says: {status}", at)
    kind = str(found.get("type") or "text")
    text = ninjs_body(found)
    if not text:
        code = "not_a_report" if kind in ("text", "composite") else "no_report_record"
        return source.problem(code, f"an item of type {kind} without words", at)
    raw = json.dumps(found, sort_keys=True, ensure_ascii=False)
    url = ninjs_link(found)
    where = f"{source.capture.found_at or source.found_at}{at}"
    kept = raw.encode("utf-8", "surrogatepass")
    made = Report(
        id=squeeze_line(found.get("uri")),
        text=replace_surrogates(text),
        title=ninjs_headline(found),
        outlet=ninjs_outlet(found),
        url=url,
        language=squeeze_line(found.get("language")).partition("-")[0].lower(),
        published=first_ninjs_stamp(found),
        byline=ninjs_author(found),
        capture=source.captured(kept, found_at=where, url=url),
    )
    return outlets.name_outlet(made)


def first_ninjs_stamp(found: dict[str, Any]) -> Any:
    """Return when an item was first made public."""
    told = (parse_stamp(found.get(n)) for n in FIRST if isinstance(found.get(n), str))
    return next(filter(None, told), None)


def ninjs_body(found: dict[str, Any]) -> str:
    """Return the main text of an item, as plain words."""
    if isinstance(words := found.get("body_text"), str) and words.strip():
        return words
    for name in ("body_html", "body_xhtml"):
        if isinstance(words := found.get(name), str) and words.strip():
            return linear.linear_text(words)
    best = max(rendered(found.get("bodies")), key=lambda b: b[0], default=(0, ""))
    return best[1]


def rendered(bodies: Any) -> list[tuple[int, str]]:
    """Return each rendition of a text with how much it is to be preferred."""
    found = []
    for part in bodies if isinstance(bodies, list) else []:
        words = part.get("value") if isinstance(part, dict) else None
        if not isinstance(words, str) or not words.strip():
            continue
        kind = str(part.get("contentType") or part.get("contenttype") or "")
        main = str(part.get("role") or "main") in ("main", "body", "default")
        plain = "html" not in kind and "xml" not in kind and "<p" not in words[:200]
        found.append((2 * main + plain, words if plain else linear.linear_text(words)))
    return found


def ninjs_headline(found: dict[str, Any]) -> str:
    """Return the headline of an item."""
    heads = found.get("headlines")
    if isinstance(heads, list):
        told = [h for h in heads if isinstance(h, dict) and h.get("value")]
        main = [h for h in told if h.get("role") in (None, "main", "headline")]
        return squeeze_line((main or told)[0]["value"]) if told else ""
    return squeeze_line(found.get("headline") or found.get("title"))


def ninjs_outlet(found: dict[str, Any]) -> str:
    """Return the agency of an item; its organisations are those that it mentions."""
    for name in ("infoSources", "infosources", "infosource", "provider"):
        many = found.get(name)
        for each in many if isinstance(many, list) else [many]:
            if isinstance(each, dict) and each.get("name"):
                return squeeze_line(each["name"])
            if isinstance(each, str) and name == "provider":
                return squeeze_line(each)
    return squeeze_line(found.get("copyrightHolder") or found.get("copyrightholder"))


def ninjs_author(found: dict[str, Any]) -> str:
    """Return the author of an item."""
    told = found.get("byline") or found.get("by") or ""
    if isinstance(told, list):
        told = ", ".join(str(b.get("value", "")) for b in told if isinstance(b, dict))
    return squeeze_line(told)


def ninjs_link(found: dict[str, Any]) -> str:
    """Return the web address of an item."""
    for name in ("url", "altids", "uri"):
        told = found.get(name)
        if isinstance(told, str) and told.startswith(("http://", "https://")):
            return squeeze_line(told)
    return ""


def squeeze_line(told: Any) -> str:
    """Return words on one line, "" for what are none."""
    return (
        replace_surrogates(" ".join(told.split()))[:2000]
        if isinstance(told, str)
        else ""
    )
