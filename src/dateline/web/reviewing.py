"""The pages on which people decide, and the calls by which their programs do."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, HTTPException, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from dateline import lookups
from dateline.codebook import A_TYPE
from dateline.review.decide import Reviewer, claim_of
from dateline.review.forms import QUESTIONS, write_answer
from dateline.review.reviewed import agreements, latest_decisions, standing_decisions
from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore
from dateline.web import views, words
from dateline.web.asking import happenings_by_id
from dateline.web.together import (
    Presence,
    cast_of,
    decided_since,
    last_act,
    own_queue,
    undo_last,
    with_picked,
)
from dateline.web.visitor import VISITOR, Visitor, are_equal_secrets

Record = dict[str, Any]
Form = dict[str, str]
LISTED = 25  # claims of the queue on one page
BESIDE = 600  # characters of the text shown on each side of a clause
Id = Annotated[str, Path(max_length=64)]


async def sent(request: Request) -> Form:
    """Return what a form sent, the last of each name."""
    body = (await request.body()).decode("utf-8", "replace")
    told = parse_qs(body, keep_blank_values=True, max_num_fields=200)
    return {name: values[-1] for name, values in told.items()}


def by_form(form: Annotated[Form, Depends(sent)]) -> Visitor:
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
Sent = Annotated[Form, Depends(sent)]


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
        return judging(desk, claim, {}, "", 200, beside)


def judging(
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
    told |= {
        "reasons": reasons_in_words(desk, found),
        "around": clause_in_text(found, report),
    }
    told |= {"events": happenings_by_id(desk, [found["event"]]), **views.choices(desk)}
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


def clause_in_text(
    claim: Record, report: Record | None
) -> tuple[str, str, str, str, str]:
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
        others = desk.review.decisions([claim]) if "seen" in form else []
        if others := decided_since(others, form.get("seen", ""), who.name):
            names = ", ".join(dict.fromkeys(row["reviewer"] for row in others))
            told = f"{names} decided about this claim while you had it open: look at it"
            return judging(desk, claim, form, f"{told} below, then save again", 409)
        try:
            keep_judgement(mine, claim_of(desk, claim), form)
        except StoreError as error:
            if error.exit != StoreError.exit:
                raise
            return judging(desk, claim, form, str(error), 400)
        here.leave(claim, who.name)
        if form.get("then") == "next":
            rest, _ = own_queue(desk, who.name, 1)
            to = f"/review/claim/{rest[0]['record']['id']}" if rest else "/review"
            return RedirectResponse(to, 303)
        return RedirectResponse(f"/review/claim/{words.address_part(claim)}", 303)

    @made.post("/review/undo-last")
    def undo_at_once(form: Sent, who: Sender) -> Response:
        rows = undo_last(desk, who.name)
        claim = rows[-1]["claim"]
        to = f"/review/claim/{words.address_part(claim)}" if claim else "/review"
        return RedirectResponse(to, 303)

    @made.post("/review/undo/{number}")
    def undo(number: int, form: Sent, who: Sender) -> Response:
        Reviewer(desk, who.name).undo(number, form.get("reason", ""))
        return back(form)


def keep_judgement(mine: Reviewer, claim: Record, form: Form) -> None:
    """Keep what a form says of a claim: all of it, none of it, or some answers."""
    reason, verdict = form.get("reason", ""), form.get("verdict", "")
    if verdict == "confirm":
        mine.confirm(claim["id"], reason)
    elif verdict == "reject":
        mine.reject(claim["id"], reason)
    else:
        told = changed_answers(claim, form)
        if not told:
            raise StoreError("tick what is right, or change what is wrong")
        mine.judge(claim["id"], told, reason)


def changed_answers(claim: Record, form: Form) -> dict[str, str]:
    """Return the answers that a form changes or ticks as right."""
    found = {}
    for question in QUESTIONS:
        now = write_answer(question, claim)
        told = " ".join(form.get(f"a-{question}", now).split())
        if told != now or form.get(f"ok-{question}"):
            found[question] = told
    return found


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
        return RedirectResponse(f"/report/{words.address_part(report)}", 303)

    @made.post("/review/apart")
    def apart(form: Sent, who: Sender) -> Response:
        claim = form.get("claim", "")
        Reviewer(desk, who.name).apart(claim, form.get("reason", ""))
        now = claim_of(desk, claim)["event"]
        return RedirectResponse(f"/event/{words.address_part(now)}", 303)

    @made.post("/review/join")
    def join(form: Sent, who: Sender) -> Response:
        one, other = form.get("claim", ""), form.get("other", "").strip()
        mine = Reviewer(desk, who.name)
        mine.merge(one, claim_or_first_of_event(desk, other), form.get("reason", ""))
        now = claim_of(desk, one)["event"]
        return RedirectResponse(f"/event/{words.address_part(now)}", 303)


def claim_or_first_of_event(desk: SqlStore, name: str) -> str:
    """Return a claim for its id, or the first claim of the event of that id."""
    if name and desk.claim(name):
        return name
    event = lookups.named_event(desk, name.rsplit("/", maxsplit=1)[-1])
    return str(happenings_by_id(desk, [event])[0].record["claims"][0])


def back(form: Form) -> Response:
    """Return to the page of a form, which is one of ours."""
    return RedirectResponse(words.own_path(form.get("back", ""), "/review"), 303)


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


def calls(desk: SqlStore) -> APIRouter:
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
