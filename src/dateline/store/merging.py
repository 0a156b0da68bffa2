"""What merging reads from a store and writes to it, inside one transaction each."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, and_, delete, insert, or_, select, update

from dateline.store.copied import CopyStore, Row, batches, fill
from dateline.store.happenings import blocks, changes, links, parts, pins, shingles
from dateline.store.summaries import touch
from dateline.store.tables import claims, events, reports


class MergeStore(CopyStore):
    """The side of a store that merging works on."""

    def unread(self) -> list[str]:
        """Return the current reports that merging has not met, or met otherwise."""
        c, p, r = claims.c, parts.c, reports.c
        met = and_(p.report == c.report, p.claim == c.id, p.event == c.event)
        loose = select(c.report).where(c.report == r.key)
        loose = loose.where(~select(p.claim).where(met).exists())
        cut = select(shingles.c.report).where(shingles.c.report == r.key)
        asked = select(r.key).where(r.current, or_(loose.exists(), ~cut.exists()))
        return self._column(asked.order_by(r.id))

    def all_reports(self) -> list[str]:
        """Return every current report."""
        r = reports.c
        return self._column(select(r.key).where(r.current).order_by(r.id))

    def items(self, keys: Sequence[str]) -> list[Row]:
        """Return reports by their keys, with their texts."""
        return self._in(select(reports), reports.c.key, keys)

    def told(self, keys: Sequence[str]) -> list[Row]:
        """Return the claims of reports: record, and the part and event they had."""
        p, c = parts.c, claims.c
        met = and_(p.report == c.report, p.claim == c.id)
        asked = select(
            c.report, c.id, c.record, c.sense, c.event, p.part, p.event.label("merged")
        ).outerjoin_from(claims, parts, met)
        return self._in(asked, c.report, keys)

    def homes(self, names: Iterable[str]) -> list[str]:
        """Return the reports that hold these parts, current or not."""
        asked = select(parts.c.report).distinct()
        return [row["report"] for row in self._in(asked, parts.c.part, list(names))]

    def related(self, keys: Iterable[int], names: Iterable[str]) -> set[str]:
        """Return the parts in these blocks, and all they are linked or joined to."""
        asked = select(blocks.c.part).distinct()
        found = {r["part"] for r in self._in(asked, blocks.c.key, list(keys))}
        found |= set(names)
        edge = set(found)
        while edge:
            edge = self._beside(edge) - found
            found |= edge
        return found

    def _beside(self, names: set[str]) -> set[str]:
        """Return the parts that share an event or a link with some."""
        some = list(names)
        found: set[str] = set()
        for one, other in ((links.c.a, links.c.b), (links.c.b, links.c.a)):
            rows = self._in(select(other.label("part")), one, some)
            found |= {row["part"] for row in rows}
        mine = self._in(select(parts.c.event).distinct(), parts.c.part, some)
        same = self._in(
            select(parts.c.part).distinct(), parts.c.event, [m["event"] for m in mine]
        )
        return found | {row["part"] for row in same}

    def pinned(self) -> list[Row]:
        """Return every pin."""
        return self._rows(select(pins).order_by(pins.c.a, pins.c.b))

    def pin(self, a: str, b: str, kind: str) -> None:
        """Keep what a person decided of two claims, in place of what was before."""
        one, two = sorted((a, b))
        with self.writing() as to:
            to.execute(delete(pins).where(pins.c.a == one, pins.c.b == two))
            if kind:
                to.execute(insert(pins).values(a=one, b=two, kind=kind))

    def pair(self, a: str, b: str) -> float | None:
        """Return the score that two parts were given, where they were compared."""
        one, two = sorted((a, b))
        asked = select(links.c.score).where(links.c.a == one, links.c.b == two)
        found = self._column(asked)
        return float(found[0]) if found else None

    def keep(
        self,
        rows: Sequence[Row],
        keys: Sequence[tuple[int, str]],
        scored: tuple[Sequence[tuple[str, str, float]], Sequence[str]],
        told: Sequence[tuple[str, str, str]],
    ) -> None:
        """Keep the parts and events of claims, their blocks and links, what changed.

        `scored` is the links, and the reports that were coded afresh.
        """
        pairs, fresh = scored
        with self.writing() as to:
            for some in batches(fresh):
                to.execute(delete(parts).where(parts.c.report.in_(some)))
            for some in batches(sorted({row["part"] for row in rows})):
                to.execute(delete(parts).where(parts.c.part.in_(some)))
            names = ("report", "claim", "part", "event")
            fill(to, parts, [{n: row[n] for n in names} for row in rows])
            self._keep_events(to, rows)
            mine = sorted({row["part"] for row in rows})
            for some in batches(mine):
                to.execute(delete(blocks).where(blocks.c.part.in_(some)))
                either = or_(links.c.a.in_(some), links.c.b.in_(some))
                to.execute(delete(links).where(either))
            fill(to, blocks, [{"key": k, "part": p} for k, p in keys])
            fill(to, links, [{"a": a, "b": b, "score": s} for a, b, s in pairs])
            history = [{"event": e, "what": w, "detail": d} for e, w, d in told]
            fill(to, changes, history)

    def _keep_events(self, to: Connection, rows: Sequence[Row]) -> None:
        """Write the merged event into claims that were of another."""
        moved = [row for row in rows if row["record"]["event"] != row["event"]]
        for row in moved:
            here = select(events.c.id).where(events.c.id == row["event"])
            if not to.execute(here).first():
                deed = row["record"]["deed"]
                to.execute(insert(events).values(id=row["event"], deed=deed))
            to.execute(
                update(claims)
                .where(claims.c.report == row["report"], claims.c.id == row["claim"])
                .values(
                    event=row["event"], record={**row["record"], "event": row["event"]}
                )
            )
        touch(to, {e for row in moved for e in (row["event"], row["record"]["event"])})

    def history(self, names: Iterable[str]) -> list[Row]:
        """Return what changed about events or parts, oldest first."""
        found = self._in(select(changes), changes.c.event, list(names))
        return sorted(found, key=lambda row: int(row["number"]))

    def events(self) -> list[Row]:
        """Return every claim of the current reports, in order of events."""
        c, r = claims.c, reports.c
        asked = (
            select(c.event, c.record, c.report, r.id, r.outlet, r.agency, r.published)
            .join(reports, r.key == c.report)
            .where(r.current)
            .order_by(c.event, r.published, r.id, c.rank)
        )
        return self._rows(asked)

    def around(self, names: Sequence[str]) -> list[Row]:
        """Return every claim of the current reports that tell some events."""
        c, r = claims.c, reports.c
        found = self._in(select(c.report).distinct(), c.event, list(names))
        heads = (r.id, r.outlet, r.agency, r.published)
        asked = select(c.event, c.rank, c.record, c.report, *heads)
        asked = asked.join(reports, r.key == c.report).where(r.current)
        rows = self._in(asked, c.report, [row["report"] for row in found])
        names_of = ("event", "published", "id")
        return sorted(
            rows, key=lambda row: (*(row[n] or "" for n in names_of), row["rank"])
        )

    def of_event(self, event: str) -> list[Row]:
        """Return the claims of one event, those of superseded reports as well."""
        c, r = claims.c, reports.c
        asked = (
            select(
                c.event,
                c.record,
                c.report,
                r.id,
                r.outlet,
                r.agency,
                r.published,
                r.current,
                r.title,
            )
            .join(reports, r.key == c.report)
            .where(c.event == event)
            .order_by(r.published, r.id, c.rank)
        )
        return self._rows(asked)

    def event_names(self, start: str) -> list[str]:
        """Return the events that begin so, those renamed since by their new name."""
        p = parts.c
        begins = or_(
            p.event.startswith(start, autoescape=True),
            p.part.startswith(start, autoescape=True),
        )
        return self._column(select(p.event).distinct().where(begins).order_by(p.event))
