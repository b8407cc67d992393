"""What somebody is told whose message bore a secrecy mark (art. 59, 79); nothing of it is repeated."""

from collections.abc import Sequence

from markupsafe import Markup

from notices.notice import Notice, Urgency
from rules.articles import cite
from rules.secrecy import ARTICLES


def refused(chat_id: int, words: Sequence[str], place: str, form: str, *, stayed: bool = False) -> Notice:
    """The refusal; `place` is where the marks were seen, `form` the title of a form that lies half-filled.

    `stayed`: something sent together with it was read before, and lies on no form that is open.
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
    if stayed:
        lines.append(
            Markup("和它一起发的文件也都不收；已经随表提交的，请立即从“我的”撤回，并告区政府办公室。")
        )
    if form:
        lines.append(Markup("填到一半的{}都在，请接着填。").format(form))
    return Notice(chat_id, Markup("\n").join(lines), urgency=Urgency.ANSWER)
