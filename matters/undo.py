"""撤销: a decision is taken back by whoever made it, the same for every procedure (办公室规定).

The decision's own rows are put back (storage/undo.py), the procedure shows its matter anew, and whatever the
decision had told is put right: a message that told of it becomes one line, and those whose phone rang for it
hear that it does not hold. What hangs on the matter elsewhere (who acts for whom) follows by itself.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row

from notices import undo as notices
from notices.notice import Notice
from rules.refused import Refused
from rules.roster import Official
from rules.undo.decided import Decided
from storage import copies
from storage import undo as stored
from storage.outbox import Kind
from storage.queries.absence import FOLLOW
from storage.superseded import pointing_to
from storage.unit_of_work import UnitOfWork

Touched = Mapping[str, Mapping[int, Collection[str]]]
"""The rows that a decision had written and that were put back, by their tables, each with the columns."""
PutBack = Callable[[UnitOfWork, int, Touched], Awaitable[None]]
"""Shows the matter of that id as it stands again; raises Refused where the decision must stand."""
_PASSING: Final = ("form:", "ask:", "say:")
"""Cards of a question asked in passing: once answered they are not asked again."""


async def take_back(work: UnitOfWork, official: Official, id: int, put_back: Mapping[str, PutBack]) -> str:
    """撤销 by the official; returns what they are told. `put_back` is by the word that begins the subject."""
    found = await stored.locked(work.session, id)
    if found is None:
        raise Refused("这个按钮已失效，请发送“待办”或“菜单”重新打开。")
    decided, trace = found
    decided.may_undo(official, work.acted_at)
    if not trace:
        raise decided.kept_no_more
    work.forget_absences()
    if not await stored.put_back(work.session, decided.subject, trace):
        raise decided.acted_on(await stored.others_since(work.session, decided, trace))
    await stored.done(work.session, id, work.now)
    await work.drop_timers(stored.OVER, id)
    told = await stored.told_of(work.session, trace["told"])
    await stored.revive(work.session, trace["retired"])
    for card, title in await stored.close_forms(work.session, trace["forms"], work.now):
        await work.redraw(card, notices.withdrawn(decided, official, work.now, title))
    for kind, subject, due in trace["timers"]:
        await _set(work, kind, subject, datetime.fromisoformat(due) if due else None)
    code, _, matter = decided.subject.partition(":")
    await put_back[code](work, int(matter), _touched(trace))
    await _put_right(work, decided, official, told)
    await work.note(
        official,
        f"{code}.undo",
        decided.subject,
        article=decided.article,
        detail={"what": decided.what, **({"acting_for": decided.acting_for} if decided.acting_for else {})},
    )
    return f"已撤销{decided.what}。"


async def over(work: UnitOfWork, id: int) -> None:
    """It may be taken back no more: the button goes from the message it stands under."""
    row_id = await stored.over(work.session, id)
    if row_id is None:
        return
    await copies.hide_undo(work, row_id)


async def live(work: UnitOfWork, official: Official) -> list[Notice]:
    """What the official may still take back, each with its button; of what one tap decided, the first."""
    found = list[Notice]()
    for one in await stored.live(work.session, official, work.acted_at):
        several = await stored.together(work.session, one.id)
        if len(several) < 2 or several[0].id == one.id:
            found.append(notices.live(one, official, len(several)))
    return found


async def _set(work: UnitOfWork, kind: str, subject: int, due: datetime | None) -> None:
    """As it was: what was due meanwhile is looked at now. What followed the decision follows once more."""
    if due is None and kind == FOLLOW:
        due = work.now
    await work.timer(kind, subject, None if kind.startswith("form.") else due)


def _touched(trace: Mapping[str, Any]) -> Touched:
    touched: dict[str, dict[int, Collection[str]]] = {}
    for table, id, was, _ in trace["rows"]:
        if was is not None:
            touched.setdefault(table, {})[id] = was
    return touched


async def _put_right(work: UnitOfWork, decided: Decided, by: Official, told: Sequence[Row[Any]]) -> None:
    """Every message that the decision had sent or changed says what holds by now.

    What the procedure has shown anew is right already. Another that it had changed looks as before, unless
    somebody has changed it since; what it had sent, and a question answered in passing, is one line.
    """
    papers = [row for row in told if "file" in row.payload or "files" in row.payload]
    for row in papers:  # of what does not hold, or of a question that is asked no more
        await copies.take_files(work, row)
    sent = [row for row in told if row.kind is Kind.MESSAGE]
    shown = {row.target_id for row in work.written if row.kind is Kind.EDIT}
    changed = {row.target_id for row in told if row.kind is Kind.EDIT} - shown - {row.id for row in sent}
    cards, now = await stored.cards(work.session, changed), await copies.faces(work.session, changed)
    before = await copies.faces(work.session, changed, told[0].id if told else None)
    mine = {row.id for row in told}
    looks: dict[int, copies.Look] = {}
    for id in changed:
        if cards[id].startswith(_PASSING):
            looks[id] = _line(decided, by, work.now, now[id][1]["text"])
        elif now[id][0] in mine:
            looks[id] = copies.without_undo(before[id][1])
    roster = await work.roster()
    heard = {row.official_id: row.payload["text"] for row in reversed(sent) if _rang(row)}
    by_now = {row.official_id for row in work.written if row.payload.get("news")}  # told what holds instead
    others = [(to, text) for id, text in heard.items() if (to := roster.by_id(id)) and to is not by]
    people = [(to, text) for to, text in others if to.id not in by_now]
    hear = {to.id for to, _ in people}
    said = set[tuple[int | None, str]]()
    for row in (one for one in sent if one not in papers):
        text = row.payload["text"]
        line = pointing_to(text) if row.official_id in hear else _line(decided, by, work.now, text)
        if row.chat_id and row.message_id and (row.chat_id, line["text"]) in said:  # once is enough
            await work.remove(row.chat_id, row.message_id)
        else:
            looks[row.id] = line
        said.add((row.chat_id, line["text"]))
    await copies.edit(work, looks)
    await work.send(*(notices.no_longer(decided, by, to, text) for to, text in people))


def _line(decided: Decided, by: Official, now: datetime, told: str) -> copies.Look:
    return {"text": str(notices.withdrawn(decided, by, now, told)), "keyboard": []}


def _rang(row: Row[Any]) -> bool:
    """Whether it told somebody, by a sound, of what stands; what asked for an act has lost its buttons."""
    asked = row.payload.get("keyboard") and "above" not in row.payload
    return bool(row.payload.get("news")) or not (row.payload.get("silent") or asked)
