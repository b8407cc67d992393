"""What somebody is told whose message bore a secrecy mark (art. 59, 79); nothing of it is repeated."""

from collections.abc import Sequence

from markupsafe import Markup

from notices.notice import Notice, Urgency
from rules.articles import cite
from rules.roster import Official, Roster
from rules.secrecy import ARTICLES, TOGETHER

_SECONDS = int(TOGETHER.total_seconds())


def refused(
    chat_id: int,
    words: Sequence[str],
    place: str,
    form: str,
    *,
    stayed: bool = False,
    closed: Sequence[str] = (),
) -> Notice:
    """The refusal; `place` is where the marks were seen, `form` the title of a form that lies half-filled.

    `stayed`: something sent together with it was read before, and lies on no form that is open; `closed` are
    the titles of the forms it may have been handed in with, of which the office desk is told.
    """
    seen = "、".join(f"“{word}”" for word in words)
    lines = [
        Markup("<b>这条消息没有收，也没有保存</b>：{}里有{}标志。").format(place, seen),
        Markup("涉密事项不得通过本机器人办理，请按保密规定走机要渠道。"),
    ]
    if chat_id < 0:
        lines.append(Markup("请发的同志立即在群内将它撤回、删除。{}").format(cite(*ARTICLES)))
    else:
        lines.append(
            Markup("机器人正把它从聊天中删去；如果还看得到，请长按它自行删除。{}").format(cite(*ARTICLES))
        )
        lines.append(Markup("只是说到这个词、并不涉密的，请写进句子里再发，不要单独成行、加括号或标★。"))
    if closed:
        lines.append(
            Markup(
                "和它一起发的文件也都不收；已经随{}提交的，已从中取出，区政府办公室已同时得知。请从“我的”撤回该件。{}"
            ).format("、".join(closed), cite(*ARTICLES))
        )
    elif stayed:
        lines.append(
            Markup("和它一起发的文件也都不收；已经随表提交的，请立即从“我的”撤回，并告区政府办公室。")
        )
    if form:
        lines.append(Markup("填到一半的{}都在，请接着填。").format(form))
    return Notice(chat_id, Markup("\n").join(lines), urgency=Urgency.ANSWER)


def came_late(chat_id: int) -> Notice:
    """To somebody whose file came within the moment of a refusal that had been said already."""
    return Notice(
        chat_id,
        Markup(
            "<b>紧接着发来的文件也没有收、没有保存</b>：和带标志的消息前后{}秒内发的，按同一次报送处理（办公室规定）。"
            "不涉密的，请过{}秒单独再发。{}"
        ).format(_SECONDS, _SECONDS, cite(*ARTICLES)),
        urgency=Urgency.ANSWER,
    )


def to_desk(official: Official, closed: Sequence[str], roster: Roster) -> list[Notice]:
    """To the office desk: what was sent with a marked message was handed in already, and taken out again."""
    text = Markup(
        "<b>可能涉密的文件已随表提交</b>：{}刚发来的消息带密级标志，已拒收；"
        "与它一起发的文件先到，已随{}提交，现已从该件和各处对话中取出。\n"
        "请立即与本人核对，该件先行撤回，请已收到的同志删去存下的文件，并按保密规定处置。{}"
    ).format(official.titled, "、".join(closed), cite(*ARTICLES))
    return [
        Notice(one, text, subject="可能涉密的文件已随表提交", asks=True)
        for one in roster.desk
        if one is not official
    ]
