"""When a notice cannot reach its person: the next in line is told, and the office desk."""

from markupsafe import Markup

from rules.roster import Official
from storage.outbox import Notice
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

    The notices bear no subject, so one that cannot be delivered either is not passed on again.
    """
    roster = await work.roster()
    missed = roster.by_id(official_id)
    if missed is None:
        return
    near_text, desk_text = texts(missed, subject)
    near = next((one for one in roster.next_in_line(missed) if one.telegram_id), None)
    if near and near not in roster.desk:
        await work.send(Notice(near, near_text, once=f"unreached:{row_id}:{near.id}"))
    for clerk in roster.desk:
        if clerk.telegram_id and clerk is not missed:
            await work.send(Notice(clerk, desk_text, once=f"unreached:{row_id}:{clerk.id}"))
