"""办结 of a draft although the mediator took the other side and no new version came: asked once (art. 53)."""

from collections.abc import Sequence

from markupsafe import Markup

from notices.countersign_lead import NEW
from notices.countersign_words import head
from rules.articles import cite
from rules.countersign import Countersign
from rules.countersign_consultation import Consultation
from rules.countersign_objection import MediationDecision
from rules.roster import Official
from storage.outbox import Button, Notice, Rows
from storage.work import Work

CLOSE_AS_IS = "close_as_is"
"""What the button for 办结 all the same stands for."""


def _card(sheet: Countersign) -> str:
    return f"countersign:{sheet.id}:unrevised"


async def ask(work: Work, sheet: Countersign, those: Sequence[Consultation], to: Official) -> None:
    """Before it is closed as it is; what was asked before gives way."""
    await over(work, sheet)
    names = "、".join(one.unit.name for one in those)
    text = Markup(
        "<b>{}：是否按现稿办结</b>\n对{}的不同意见，协调结果是{}，文稿尚未修改。请送新稿；确不需要修改的，可按现稿办结。{}"
    )
    buttons: Rows = (
        (Button("发送新稿", f"countersign:{sheet.id}:{NEW}"),),
        (Button("按现稿办结", f"countersign:{sheet.id}:{CLOSE_AS_IS}"),),
    )
    said = text.format(head(sheet), names, MediationDecision.AS_CONSULTED, cite(53))
    await work.send(Notice(to, said, buttons, subject="会签办结前请确认", card=_card(sheet)))


async def over(work: Work, sheet: Countersign) -> None:
    """Nothing is asked any more."""
    await work.redraw(_card(sheet), Markup("{}（请看最新卡片）").format(head(sheet)))
    await work.retire(_card(sheet))
