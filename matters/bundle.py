"""What the clock reminds people of goes out: alone as it is, several of one moment as one message."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup
from sqlalchemy import Row

from notices.bundle import MOST, Item, bundle
from notices.notice import Button, Rows, State, Urgency
from rules.refused import Refused
from rules.roster import Official
from storage import held
from storage.outbox import Kind, row_of
from storage.unit_of_work import UnitOfWork

GONE: Final = "这件提醒已过去，请发“待办”看现在要办的事。"


async def let_out(work: UnitOfWork) -> None:
    """Let out all that is held: to each person what is only one as it is, of several one message."""
    people = await held.by_person(work.session, work.now)
    if not people:
        return
    roster = await work.roster()
    edits = await held.edits_of(work.session, [row for rows in people.values() for row in rows])
    dropped: list[Row[Any]] = []
    alone: list[Row[Any]] = []
    for id, held_rows in people.items():
        told = list(_apart(held_rows))
        covered = {matter for each in told for matter in each[0].payload.get("whole", ())}
        said = [each for each in told if all(_alone(row) and _of(row) in covered for row in each)]
        dropped += [row for each in said for row in each]
        told = [each for each in told if each not in said]
        official = roster.by_id(id)
        if len(told) == 1 or official is None:
            alone += [row for each in told for row in each]
        else:
            await _send(work, official, told, edits)
    await held.drop(work.session, dropped)
    await work.give_way(row._asdict() | {"state": State.WAITING} for row in alone)
    work.hand_over(await held.release(work.session, alone, edits))


async def _send(
    work: UnitOfWork, official: Official, told: Sequence[Sequence[Row[Any]]], edits: held.Edits
) -> None:
    """What is said whole on top of the first message, and a line for each of the others."""
    whole = [each for each in told if "whole" in each[0].payload]
    others = [each for each in told if each not in whole]
    await held.bundle(work.session, [row for each in told for row in each])
    above = [Markup(row.payload["text"]) for each in whole for row in each]  # noqa: S704 - our own words
    below = tuple(line for each in whole for row in each for line in _buttons(row))
    for at in range(0, len(others), MOST):
        some = others[at : at + MOST]
        items = [_item(each, held.shown(_first_words(each), edits)) for each in some]
        rows = [row.id for each in [*([] if at else whole), *some] for row in each]
        quiet = all(row.payload.get("silent") for each in [*([] if at else whole), *some] for row in each)
        await work.send(bundle(official, [] if at else above, items, () if at else below, rows, quiet=quiet))


async def open_again(work: UnitOfWork, official: Official, first: int, last: int) -> None:
    """Send one thing that stood in a bundle of this person, as it is by now; refused where there is none."""
    rows = await held.bundled(work.session, official, first, last)
    if not rows:
        raise Refused(GONE)
    edits = await held.edits_of(work.session, rows)
    for row in rows:
        payload = held.shown(row, edits)
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


def _apart(rows: Iterable[Row[Any]]) -> Iterable[list[Row[Any]]]:
    """One thing each: a text too long for one message, and the files that follow it, belong to it."""
    told: list[Row[Any]] = []
    for row in rows:
        follows = "file" in row.payload and "keyboard" not in row.payload and not row.subject
        alone = bool(told) and "whole" in told[0].payload
        if told and not ("#" in row.once or (follows and not alone)):
            yield told
            told = []
        told.append(row)
    yield told


def _alone(row: Row[Any]) -> bool:
    """Whether it is only words, and nothing new."""
    return not row.payload.keys() & {"keyboard", "file", "files", "news", "whole"}


def _first_words(rows: Sequence[Row[Any]]) -> Row[Any]:
    """The row that its text begins with, behind the files that go out before it."""
    return next((row for row in rows if not row.payload.keys() & {"file", "files"}), rows[0])


def _of(row: Row[Any]) -> str:
    """The matter it is of."""
    return ":".join(str(row.payload.get("matter", "")).split(":")[:2])


def _item(rows: Sequence[Row[Any]], first: Mapping[str, Any]) -> Item:
    return Item(
        rows[0].id,
        rows[-1].id,
        next((row.subject for row in rows if row.subject), ""),
        Markup(first["text"]),  # noqa: S704 - our own words
        len(rows) > 1 or bool(first.keys() & {"keyboard", "file"}),
    )


def _buttons(row: Row[Any]) -> Rows:
    return tuple(
        tuple(Button(key["text"], key.get("callback_data", ""), key.get("url", "")) for key in line)
        for line in row.payload.get("keyboard", ())
    )
