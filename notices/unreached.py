"""When a notice cannot reach its person: the next in line is told, and the office desk."""

from markupsafe import Markup
from sqlalchemy import select

from notices import reach
from rules.roster import Official
from rules.working_days import shanghai_day
from storage.countersign_clock import is_consultation
from storage.outbox import Notice
from storage.tables import outbox
from storage.work import Work


def texts(missed: Official, subject: str) -> tuple[Markup, Markup]:
    """What the next in line reads, and what the office desk reads; the matter is named, never told."""
    head = Markup("📵 <b>未送达</b>：发给{}的“{}”未能送达。").format(missed.titled, subject)
    phone = missed.phone or "（花名册未登记）"
    return (
        head + Markup("\n请转告本人尽快查看，或致电区政府办公室。"),
        head + Markup("\n请电话告知本人：{}。").format(phone),
    )


async def pass_on(work: Work, official_id: int, subject: str, row_id: int) -> None:
    """Tell whoever is next in line and can be reached, and the whole office desk.

    The notices bear no subject, so one that cannot be delivered either is not passed on again. Where a
    request to call back did not arrive, the desk has its own card with the number on it.
    """
    roster = await work.roster()
    missed = roster.by_id(official_id)
    if missed is None:
        return
    near_text, desk_text = texts(missed, subject)
    near = next((one for one in roster.next_in_line(missed) if one.telegram_id), None)
    if near and near not in roster.desk:
        await work.send(Notice(near, near_text, once=f"unreached:{row_id}:{near.id}"))
    if await reach.not_delivered(work, row_id):
        return
    if await is_consultation(work, row_id):  # whose clock needs the proof: the desk hears it from there
        await _elsewhere(work, missed)
        return
    for clerk in roster.desk:
        if clerk.telegram_id and clerk is not missed:
            await work.send(Notice(clerk, desk_text, once=f"unreached:{row_id}:{clerk.id}"))
    await _elsewhere(work, missed)


async def _elsewhere(work: Work, missed: Official) -> None:
    """A word to the person himself through his own other channels, without any details, once a day."""
    once = f"unreached:{missed.id}:{shanghai_day(work.now)}"
    if await work.session.scalar(select(outbox.c.id).where(outbox.c.once == f"{once}:0")):
        return
    office = work.office.settings.office_name
    text = f"{missed.titled}：{office}有事项请您办理，请打开值班机器人查看，或致电办公室。"
    await work.send_elsewhere(missed, missed.phone, "有事项请您办理", text, once=once, only_personal=True)
