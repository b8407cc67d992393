"""A mediation's outcome that was not written into the draft: asked about before 办结."""

from collections.abc import Sequence

from markupsafe import Markup

from notices.countersign.lead import NEW, REOPEN
from notices.countersign.unrevised import CLOSE_AS_IS, card
from notices.countersign.words import brief, head, titled
from notices.notice import Button, Notice
from rules.articles import cite
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign
from rules.countersign.objection import MediationDecision
from rules.roster import Official
from storage.unit_of_work import UnitOfWork


async def ask(
    work: UnitOfWork,
    sheet: Countersign,
    to: Official,
    *,
    unrevised: Sequence[Consultation],
    late: Sequence[Consultation],
) -> None:
    """Before it is closed as it is; what was asked before gives way."""
    await over(work, sheet)
    lines, buttons = [titled(sheet, "是否按现稿办结？", "")], list[tuple[Button, ...]]()
    if unrevised:
        names, decided = "、".join(one.unit.name for one in unrevised), MediationDecision.AS_CONSULTED
        lines.append(
            Markup(
                "对{}的不同意见，协调结果是{}，文稿尚未修改。请送新稿；确不需要修改的，可按现稿办结。{}"
            ).format(names, decided, cite(53))
        )
        buttons.append((Button("发送新稿", f"countersign:{sheet.id}:{NEW}"),))
    for one in late:
        said = brief(one.late.text) if one.late else ""
        lines.append(Markup("{}有逾期的不同意见，尚未采用：{}").format(one.unit.name, said))
        buttons.append((Button(f"重开：{one.unit.name}", f"countersign:{sheet.id}:{REOPEN}:{one.id}"),))
    if late:
        lines.append(
            Markup("要采用的，请先重开，按不同意见办理；不采用的，可按现稿办结，会签单上照列。{}").format(
                cite(63)
            )
        )
    buttons.append((Button("按现稿办结", f"countersign:{sheet.id}:{CLOSE_AS_IS}"),))
    text, rows = Markup("\n").join(lines), tuple(buttons)
    await work.send(Notice(to, text, rows, subject="会签办结前请确认", card=card(sheet)))


async def over(work: UnitOfWork, sheet: Countersign) -> None:
    """Nothing is asked any more."""
    await work.retire(card(sheet), Markup("{}（请看最新卡片）").format(head(sheet)))
