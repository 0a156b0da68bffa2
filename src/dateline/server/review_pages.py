"""The pages on which people decide, and the calls by which their programs do.

Several people share one desk: a queue each, who else is here, the last thing undone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock
from time import time
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, HTTPException, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from dateline.analysis import lookups
from dateline.analysis.review.decisions import Reviewer, claim_of
from dateline.analysis.review.forms import QUESTIONS, write_answer, write_party
from dateline.analysis.review.reviewed import agreements, latest_decisions, standing_decisions
from dateline.resources.codebook import A_TYPE
from dateline.server import formatting, views
from dateline.server.middleware import VISITOR, Visitor, are_equal_secrets
from dateline.server.params import happenings_by_id
from dateline.store import listings
from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore

Record = dict[str, Any]
HERE = 600.0  # seconds for which somebody who opened a claim is taken to look at it
MOST_OPEN = 5000
TWICE = 8  # one claim in so many is in two queues: agreement is measured on these
LOOKED = 20  # times as many claims as are listed are looked through for one's own
JUDGED = {"confirm", "correct"}
AT_ONCE = "taken back at once"


@dataclass(slots=True)
class Presence:
    """Who has which claim open; it is forgotten with the server."""

    opened: dict[tuple[str, str], float] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def come(self, claim: str, name: str) -> list[tuple[str, int]]:
        """Note that somebody looks at a claim; return who else does, and since when.

        Since when is in whole minutes.
        """
        now = time()
        with self.lock:
            old = [key for key, at in self.opened.items() if now - at > HERE]
            for key in old[:MOST_OPEN]:
                del self.opened[key]
            if len(self.opened) < MOST_OPEN:
                self.opened[claim, name] = now
            return sorted(
                (other, int((now - at) // 60))
                for (which, other), at in self.opened.items()
                if which == claim and other != name
            )

    def leave(self, claim: str, name: str) -> None:
        """Note that somebody has decided about a claim and gone on."""
        with self.lock:
            self.opened.pop((claim, name), None)


def deal_claim(claim: str, names: Sequence[str]) -> list[str]:
    """Return in whose queues a claim stands: one person's, of some claims two people's.

    It depends on the claim alone, so that everybody's queue is the same tomorrow.

    >>> deal_claim("c1", ["ana"])
    ['ana']
    >>> len(deal_claim("c1", ["ana", "ben", "eva"])) in (1, 2)
    True
    """
    if not names:
        return []
    number = int.from_bytes(blake2b(claim.encode(), digest_size=8).digest())
    at, often = number % len(names), (number >> 20) % TWICE
    mine = [names[at]]
    if often == 0 and len(names) > 1:
        mine.append(names[(at + 1) % len(names)])
    return mine


def own_queue(desk: SqlStore, name: str, most: int) -> tuple[list[Record], list[str]]:
    """Return what one reviewer should look at first, and between whom claims are dealt.

    Where one's own share is done, the others' claims follow.
    """
    names = [row["name"] for row in desk.review.reviewers() if not row["revoked"]]
    rows = desk.review.queue(name, most * (LOOKED if len(names) > 1 else 1))
    own, rest = [], []
    for row in rows:
        dealt = deal_claim(row["record"]["id"], names)
        if name in dealt:
            own.append(row | {"with": [n for n in dealt if n != name]})
        else:
            rest.append(row)
    return (own or rest)[:most], names


def last_act(desk: SqlStore, name: str) -> list[Record]:
    """Return the decisions that somebody made last in one go, if they still stand."""
    mine = [r for r in desk.review.decisions() if r["reviewer"] == name]
    if not (kept := standing_decisions(mine)):
        return []
    last = kept[-1]
    alike = [r for r in kept if all(r[n] == last[n] for n in ("at", "claim", "report"))]
    # Of answers that were judged together some may be confirmed, others corrected.
    kinds = JUDGED if last["kind"] in JUDGED else {last["kind"]}
    return [row for row in alike if row["kind"] in kinds]


def undo_last(desk: SqlStore, name: str) -> list[Record]:
    """Take back what somebody decided last; return what it was.

    Raises StoreError where nothing of theirs stands.
    """
    rows = last_act(desk, name)
    if not rows:
        raise StoreError("nothing that you decided stands any more")
    for row in reversed(rows):
        Reviewer(desk, name).undo(row["number"], AT_ONCE)
    return rows


def cast_of(desk: SqlStore, claim: Record) -> list[Record]:
    """Return the parties of a claim's report, each once, as a person writes them.

    `written` is how a form has it, `text` the words it stands for, `many` in how many
    claims it is; the most frequent first.
    """
    found: dict[str, Record] = {}
    claims = listings.claims_after(desk, {"report": claim["report"]}, None, 500)
    for each in [*claims, claim]:
        for who in [*each["actors"], *each["recipients"]]:
            told = write_party(who)
            row = {"written": told, "text": who["text"] or who["name"] or "", "many": 0}
            found.setdefault(told, row)["many"] += 1
    return sorted(found.values(), key=lambda row: (-row["many"], row["written"]))


def with_picked(form: Mapping[str, str], claim: Record) -> dict[str, str]:
    """Return a form in which those picked from the cast stand among the parties."""
    told = dict(form)
    for side in ("actors", "recipients"):
        picked = told.pop(f"pick-{side}", "").strip()
        now = told.get(f"a-{side}", write_answer(side, claim))
        parts = [part.strip() for part in now.split(";") if part.strip()]
        if picked and picked not in parts:
            told[f"a-{side}"] = "; ".join([*parts, picked])
    return told


Form = dict[str, str]
LISTED = 25  # claims of the queue on one page
BESIDE = 600  # characters of the text shown on each side of a clause
Id = Annotated[str, Path(max_length=64)]


async def read_form(request: Request) -> Form:
    """Return what a form sent, the last of each name."""
    body = (await request.body()).decode("utf-8", "replace")
    told = parse_qs(body, keep_blank_values=True, max_num_fields=200)
    return {name: values[-1] for name, values in told.items()}


def by_form(form: Annotated[Form, Depends(read_form)]) -> Visitor:
    """Return who sends a form: a reviewer whose page it was, or nobody may."""
    who = VISITOR.get()
    if not who.reviews:
        raise HTTPException(403, "only reviewers decide: enter with your token")
    if not are_equal_secrets(form.get("csrf", ""), who.csrf):
        raise HTTPException(403, "this form is stale: open the page again")
    return who


def by_token() -> Visitor:
    """Return whose program calls: one that bears a reviewer's token."""
    who = VISITOR.get()
    if not who.reviews:
        told = {"WWW-Authenticate": "Bearer"}
        raise HTTPException(401, "a reviewer's token is needed", headers=told)
    if who.csrf:
        raise HTTPException(403, "calls bear the token: Authorization: Bearer TOKEN")
    return who


Sender = Annotated[Visitor, Depends(by_form)]
Caller = Annotated[Visitor, Depends(by_token)]
Sent = Annotated[Form, Depends(read_form)]


def review_router(desk: SqlStore) -> APIRouter:
    """Return the pages of review over a store opened to keep decisions."""
    made = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    here = Presence()
    add_review_pages(made, desk, here)
    add_judgements(made, desk, here)
    add_review_tools(made, desk)
    return made


def add_review_pages(made: APIRouter, desk: SqlStore, here: Presence) -> None:
    """Add the queue, a claim to be judged, and the log."""

    @made.get("/review")
    def queue() -> Response:
        who = VISITOR.get()
        if not who.reviews:
            return RedirectResponse("/login", 303)
        rows, names = own_queue(desk, who.name, LISTED)
        decided = desk.review.decisions()
        told: Record = {"names": names, "last": last_act(desk, who.name)}
        told |= {"rows": rows, "agreed": agreements(decided)}
        told |= {"done": desk.review.done(), "decided": decided[::-1][:20]}
        return views.page("review.html", **told)

    @made.get("/review/log")
    def log() -> Response:
        if not VISITOR.get().reviews:
            return RedirectResponse("/login", 303)
        return views.page("log.html", rows=desk.review.audited(500))

    @made.get("/review/claim/{claim}")
    def claim(claim: Id) -> Response:
        if not VISITOR.get().reviews:
            return RedirectResponse("/login", 303)
        beside = here.come(claim, VISITOR.get().name)
        return claim_page(desk, claim, {}, "", 200, beside)


def claim_page(
    desk: SqlStore,
    name: str,
    form: Mapping[str, str],
    wrong: str,
    status: int,
    beside: Sequence[tuple[str, int]] = (),
) -> HTMLResponse:
    """Return the page of one claim; what was sent is kept where it was wrong.

    `beside` are those who look at it too, with since how many minutes.
    """
    found = claim_of(desk, name)
    report = desk.report(found["report"])
    decided = desk.review.decisions([found["id"]])
    told: Record = {"claim": found, "report": report, "decided": decided}
    told |= {"beside": beside, "cast": cast_of(desk, found)}
    told |= {"seen": decided[-1]["number"] if decided else 0}
    told |= {"last": last_act(desk, VISITOR.get().name)}
    told |= {"form": form, "wrong": wrong, "held": latest_decisions(decided)}
    told |= {"standing": {row["number"] for row in standing_decisions(decided)}}
    told |= {"reasons": reasons_in_words(desk, found), "around": clause_in_text(found, report)}
    told |= {"events": happenings_by_id(desk, [found["event"]]), **views.list_choices(desk)}
    return views.page("claim.html", status, **told)


def reasons_in_words(desk: SqlStore, claim: Record) -> dict[str, list[str]]:
    """Return why the program answers each question as it does, in words."""
    if not desk.claim(claim["id"]):
        return {}
    names = {"what": "type", "how sure": "status", "says who": "said_by"}
    names |= {"how many": "quantities"}
    found: dict[str, list[str]] = {}
    for line in lookups.look_up_reasons(desk, claim["id"])["reasons"]:
        question = names.get(line["question"], line["question"])
        words_read = f" (“{line['words']}”)" if line["words"] else ""
        found.setdefault(question, []).append(f"{line['because']}{words_read}")
    return found


def clause_in_text(claim: Record, report: Record | None) -> tuple[str, str, str, str, str]:
    """Return a clause in its text: before, clause up to the act, act, rest, after."""
    text = report["text"] if report else ""
    clause, act = claim["evidence"], claim["trigger"]
    first, last = max(0, clause["start"] - BESIDE), clause["end"] + BESIDE
    cuts = [first, clause["start"], act["start"], act["end"]]
    cuts = [*cuts, max(clause["end"], act["end"]), last]
    a, b, c, d, e = (text[i:j] for i, j in zip(cuts, cuts[1:], strict=False))
    return a, b, c, d, e


def add_judgements(made: APIRouter, desk: SqlStore, here: Presence) -> None:
    """Add what a person says of a claim."""

    @made.post("/review/claim/{claim}")
    def judge(claim: Id, form: Sent, who: Sender) -> Response:
        mine = Reviewer(desk, who.name)
        form = with_picked(form, claim_of(desk, claim))
        decided = desk.review.decisions([claim]) if "seen" in form else []
        # `seen` is the number of the last decision that the page knew.
        seen = form.get("seen", "")
        last = int(seen) if seen.isascii() and seen.isdecimal() else 0
        others = [
            row
            for row in standing_decisions(decided)
            if row["number"] > last and row["reviewer"] != who.name
        ]
        if others:
            names = ", ".join(dict.fromkeys(row["reviewer"] for row in others))
            told = f"{names} decided about this claim while you had it open: look at it"
            return claim_page(desk, claim, form, f"{told} below, then save again", 409)
        try:
            keep_judgement(mine, claim_of(desk, claim), form)
        except StoreError as error:
            if error.exit != StoreError.exit:
                raise
            return claim_page(desk, claim, form, str(error), 400)
        here.leave(claim, who.name)
        if form.get("then") == "next":
            rest, _ = own_queue(desk, who.name, 1)
            to = f"/review/claim/{rest[0]['record']['id']}" if rest else "/review"
            return RedirectResponse(to, 303)
        return RedirectResponse(f"/review/claim/{formatting.address_part(claim)}", 303)

    @made.post("/review/undo-last")
    def undo_at_once(form: Sent, who: Sender) -> Response:
        rows = undo_last(desk, who.name)
        claim = rows[-1]["claim"]
        to = f"/review/claim/{formatting.address_part(claim)}" if claim else "/review"
        return RedirectResponse(to, 303)

    @made.post("/review/undo/{number}")
    def undo(number: int, form: Sent, who: Sender) -> Response:
        Reviewer(desk, who.name).undo(number, form.get("reason", ""))
        return return_to_page(form)


def keep_judgement(mine: Reviewer, claim: Record, form: Form) -> None:
    """Keep what a form says of a claim: all of it, none of it, or some answers."""
    reason, verdict = form.get("reason", ""), form.get("verdict", "")
    if verdict == "confirm":
        mine.confirm(claim["id"], reason)
    elif verdict == "reject":
        mine.reject(claim["id"], reason)
    else:
        told = {}  # the answers that are changed, or ticked as right
        for question in QUESTIONS:
            now = write_answer(question, claim)
            given = " ".join(form.get(f"a-{question}", now).split())
            if given != now or form.get(f"ok-{question}"):
                told[question] = given
        if not told:
            raise StoreError("tick what is right, or change what is wrong")
        mine.judge(claim["id"], told, reason)


def add_review_tools(made: APIRouter, desk: SqlStore) -> None:
    """Add missed claims, whole reports, and which claims are one event."""

    @made.post("/review/add")
    def add(form: Sent, who: Sender) -> Response:
        report = form.get("report", "")
        name = Reviewer(desk, who.name).add(report, form, form.get("reason", ""))
        return RedirectResponse(f"/review/claim/{name}", 303)

    @made.post("/review/whole")
    def whole(form: Sent, who: Sender) -> Response:
        report = form.get("report", "")
        Reviewer(desk, who.name).whole(report, form.get("reason", ""))
        return RedirectResponse(f"/report/{formatting.address_part(report)}", 303)

    @made.post("/review/apart")
    def apart(form: Sent, who: Sender) -> Response:
        claim = form.get("claim", "")
        Reviewer(desk, who.name).apart(claim, form.get("reason", ""))
        now = claim_of(desk, claim)["event"]
        return RedirectResponse(f"/event/{formatting.address_part(now)}", 303)

    @made.post("/review/join")
    def join(form: Sent, who: Sender) -> Response:
        one, other = form.get("claim", ""), form.get("other", "").strip()
        mine = Reviewer(desk, who.name)
        if not other or not desk.claim(other):  # the event of that id: its first claim
            event = lookups.named_event(desk, other.rsplit("/", maxsplit=1)[-1])
            other = str(happenings_by_id(desk, [event])[0].record["claims"][0])
        mine.merge(one, other, form.get("reason", ""))
        now = claim_of(desk, one)["event"]
        return RedirectResponse(f"/event/{formatting.address_part(now)}", 303)


def return_to_page(form: Form) -> Response:
    """Return to the page of a form, which is one of ours."""
    return RedirectResponse(formatting.own_path(form.get("back", ""), "/review"), 303)


class Judgement(BaseModel):
    """What somebody says of a claim."""

    model_config = ConfigDict(extra="forbid")

    verdict: str = Field("", pattern="^(confirm|reject|)$")
    answers: dict[str, Annotated[str, Field(max_length=2000)]] = Field(
        default_factory=dict, max_length=len(QUESTIONS), examples=[{"type": A_TYPE}]
    )
    reason: str = Field("", max_length=2000)


class Decided(BaseModel):
    """The numbers of the decisions that were kept."""

    decisions: list[int]


def call_router(desk: SqlStore) -> APIRouter:
    """Return the calls by which a reviewer's program decides."""
    made = APIRouter(prefix="/api/v1", tags=["review"])
    wrong: dict[int | str, dict[str, Any]] = {
        n: {"description": told} for n, told in REFUSED.items()
    }

    @made.get("/review/queue", responses=wrong)
    def queue(who: Caller) -> list[Record]:
        """Return what this reviewer should look at first, with its rank."""
        return desk.review.queue(who.name, 100)

    @made.get("/review/decisions", responses=wrong)
    def decisions(_who: Caller, after: int = 0) -> list[Record]:
        """Return the decisions after a number, oldest first, 1000 at the most."""
        rows = desk.review.decisions()
        return [row for row in rows if row["number"] > after][:1000]

    @made.post("/claims/{claim}/decisions", responses=wrong)
    def decide(claim: Id, asked: Judgement, who: Caller) -> Decided:
        """Confirm, reject or correct a claim: answers as the page writes them."""
        mine = Reviewer(desk, who.name)
        found = claim_of(desk, claim)
        made_of: dict[str, Callable[[], list[int]]] = {
            "confirm": lambda: [mine.confirm(found["id"], asked.reason)],
            "reject": lambda: [mine.reject(found["id"], asked.reason)],
            "": lambda: mine.judge(found["id"], asked.answers, asked.reason),
        }
        return Decided(decisions=made_of[asked.verdict]())

    return made


REFUSED = {
    400: "an answer that cannot be read",
    401: "no reviewer's token",
    403: "a page's session: calls bear the token",
    404: "no such claim",
}
