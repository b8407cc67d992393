"""What the clock reminds people of goes out: alone as it is, several of one moment as one message."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup
from sqlalchemy import Row

from notices.bundle import MOST, Item, bundle
from notices.notice import State, Urgency
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official
from rules.working_days import shanghai_day
from storage import held, pins
from storage.outbox import Kind, row_of
from storage.queries import desk
from storage.unit_of_work import UnitOfWork

GONE: Final = "这件提醒已过去，请发“待办”看现在要办的事。"


async def let_out(work: UnitOfWork) -> None:
    """Let out all that is held: to each person what is only one as it is, of several one message."""
    people = await held.by_person(work.session, work.now)
    if not people:
        return
    roster = await work.roster()
    edits = await held.edits_of(work.session, [row for rows in people.values() for row in rows])
    on_the_board = await desk.known(work) if await desk.is_out(work, shanghai_day(work.now)) else {}
    dropped: list[Row[Any]] = []
    alone: list[Row[Any]] = []
    for id, held_rows in people.items():
        official, told = roster.by_id(id), list(things_of(held_rows))
        covered = {matter for each in told for matter in each[0].payload.get("whole", ())}
        if official is not None and official.role in OFFICE_DESK:
            covered |= {key.partition("#")[0] for key in on_the_board}
        said = [each for each in told if all(_is_on(row, covered) for row in each)]
        dropped += [row for each in said for row in each]
        told = [each for each in told if each not in said]
        cards = [each for each in told if "whole" in each[0].payload and each[0].card]
        alone += [row for each in cards for row in each]
        told = [each for each in told if each not in cards]
        if len(told) == 1 or official is None:
            alone += [row for each in told for row in each]
        else:
            await _send(work, official, told, edits)
    await held.drop(work.session, dropped)
    await desk.renew(work, [row.payload["matter"] for row in dropped], shanghai_day(work.now))
    await work.give_way(row._asdict() | {"state": State.WAITING} for row in alone)
    released = await held.release(work.session, alone, edits, roster)
    work.hand_over(released)
    await pins.pin(work, [row for row in released if "pinned" in row.payload])


async def _send(
    work: UnitOfWork, official: Official, told: Sequence[Sequence[Row[Any]]], edits: held.Edits
) -> None:
    """A line for each, as many messages as that takes."""
    await held.bundle(work.session, [row for each in told for row in each])
    for at in range(0, len(told), MOST):
        some = told[at : at + MOST]
        items = [_item(each, held.shown(_first_words(each), edits)) for each in some]
        rows = [row for each in some for row in each]
        quiet = all(row.payload.get("silent") for row in rows)
        await work.send(bundle(official, items, [row.id for row in rows], quiet=quiet))


async def open_again(work: UnitOfWork, official: Official, first: int, last: int) -> None:
    """Send one thing that stood in a bundle of this person, as it is by now; refused where there is none."""
    rows = await held.bundled(work.session, official, first, last)
    if not rows:
        raise Refused(GONE)
    edits = await held.edits_of(work.session, rows)
    for row in rows:
        payload = held.shown(row, edits)
        if payload.get("files") == []:
            continue  # all of them were taken back since
        payload.pop("reminds", None)  # it counted with the message that told of it
        fresh = row_of(
            Kind.MESSAGE,
            once=work.next_key(),
            payload=payload,
            urgency=Urgency.ANSWER,
            content=row.content,
            chat_id=official.telegram_id,
            official_id=official.id,
            card=row.card,
        )
        await work.queue([fresh])


def things_of(rows: Sequence[Row[Any]]) -> Iterable[list[Row[Any]]]:
    """One thing each: a text too long for one message and the files before and behind it belong together."""
    told: list[Row[Any]] = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        files = bool(row.payload.keys() & {"file", "files"}) and "keyboard" not in row.payload
        goes_ahead = following is not None and following.once.startswith(f"{row.once}#")
        if told and not ("#" in row.once or (files and not row.subject and not goes_ahead)):
            yield told
            told = []
        told.append(row)
    yield told


def _first_words(rows: Sequence[Row[Any]]) -> Row[Any]:
    """The row that its text begins with, behind the files that go out before it."""
    return next((row for row in rows if not row.payload.keys() & {"file", "files"}), rows[0])


def _is_on(row: Row[Any], covered: Collection[str]) -> bool:
    """Whether the desk's card says the same."""
    return "on_card" in row.payload and row.payload.get("matter") in covered


def _item(rows: Sequence[Row[Any]], first: Mapping[str, Any]) -> Item:
    return Item(
        rows[0].id,
        rows[-1].id,
        next((row.subject for row in rows if row.subject), ""),
        Markup(first["text"]),  # noqa: S704 - our own words
        len(rows) > 1 or bool(first.keys() & {"keyboard", "file"}),
    )
