"""What the clock reminds people of goes out: alone as it is, several of one moment as one message."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from markupsafe import Markup
from sqlalchemy import Row

from notices.bundle import Item, bundle
from notices.notice import Button, Rows
from rules.refused import Refused
from rules.roster import Official
from storage import held
from storage.outbox import Kind, row_of
from storage.unit_of_work import UnitOfWork

GONE: Final = "这件提醒已过去，请发“待办”看现在要办的事。"


async def let_out(work: UnitOfWork) -> None:
    """Let out all that is held: to each person what is only one as it is, of several one message."""
    people = await held.by_person(work.session)
    roster = await work.roster() if people else None
    for id, held_rows in people.items():
        official, told = roster.by_id(id) if roster else None, list(_apart(held_rows))
        whole = [each for each in told if "whole" in each[0].payload]
        covered = {matter for each in whole for matter in each[0].payload["whole"]}
        said = [each for each in told if any(_alone(row) and _of(row) in covered for row in each)]
        await held.drop(work.session, [row for each in said for row in each])
        told = [each for each in told if each not in said]
        rows = [row for each in told for row in each]
        if len(told) == 1 or official is None:
            work.hand_over(await held.release(work.session, rows))
            continue
        items = [_item(each) for each in told if each not in whole]
        below = tuple(row for each in whole for row in _buttons(each[-1]))
        await held.bundle(work.session, rows)
        texts = [Markup(row.payload["text"]) for each in whole for row in each]  # noqa: S704 - our own words
        await work.send(bundle(official, texts, items, below, [row.id for row in rows]))


async def open_again(work: UnitOfWork, official: Official, first: int, last: int) -> None:
    """Send one thing that stood in a bundle of this person, as it is by now; refused where there is none."""
    rows = await held.bundled(work.session, official, first, last)
    if not rows:
        raise Refused(GONE)
    for row in rows:
        fresh = row_of(
            Kind.MESSAGE,
            once=work.next_key(),
            payload=await held.shown(work.session, row),
            content=row.content,
            chat_id=official.telegram_id,
            official_id=official.id,
            card=row.card,
        )
        await work.queue([fresh])


def _apart(rows: Iterable[Row[Any]]) -> Iterable[list[Row[Any]]]:
    """One thing each: a text too long for one message, and the files that follow it, belong to it."""
    told: list[Row[Any]] = []
    for row in rows:
        goes_on = "#" in row.once or ("file" in row.payload and "keyboard" not in row.payload)
        if told and not goes_on:
            yield told
            told = []
        told.append(row)
    yield told


def _alone(row: Row[Any]) -> bool:
    """Whether it is only words."""
    return "keyboard" not in row.payload and "file" not in row.payload


def _of(row: Row[Any]) -> str:
    """The matter it is of."""
    return ":".join(str(row.payload.get("matter", "")).split(":")[:2])


def _item(rows: Sequence[Row[Any]]) -> Item:
    return Item(
        rows[0].id,
        rows[-1].id,
        next((row.subject for row in rows if row.subject), ""),
        Markup(rows[0].payload["text"]),  # noqa: S704 - our own words
        len(rows) > 1 or not _alone(rows[0]),
    )


def _buttons(row: Row[Any]) -> Rows:
    return tuple(
        tuple(Button(key["text"], key.get("callback_data", ""), key.get("url", "")) for key in line)
        for line in row.payload.get("keyboard", ())
    )
