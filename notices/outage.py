"""What is said of a stretch in which the bot could not receive."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from notices.notice import Notice
from rules.dates.reading import moment_words
from rules.outage import Outage, stretch
from rules.roster import Official, Roster

LONGEST = 12
"""So many deadlines stand in the notice; the rest are counted."""


def told(outage: Outage, put_off: Sequence[str], roster: Roster) -> list[Notice]:
    """To the office desk: when nothing came in, and which deadlines were put off for it, if any."""
    follows = "下列期限相应顺延，已告有关单位：" if put_off else "没有期限因此顺延。"
    head = Markup("<b>机器人曾中断，已恢复，收到的已逐条补办</b>\n{}未能收取消息。{}").format(
        stretch(outage), follows
    )
    lines = [Markup("· {}").format(line) for line in put_off[:LONGEST]]
    if len(put_off) > LONGEST:
        lines.append(Markup("……另有{}项").format(len(put_off) - LONGEST))
    text = Markup("\n").join([head, *lines])
    return [Notice(official, text, subject="机器人曾中断") for official in roster.desk]


def contested(to: Sequence[Official], at: datetime) -> list[Notice]:
    """To whoever runs the bot: another program takes away what people write, under the same token."""
    text = Markup(
        "<b>另有一个程序在用本机器人的令牌收消息</b>\n{}发现。它会收走大家发来的消息和点按，这里收不到，"
        "也不会有人知道。请立即停掉那个程序；找不到的，向 @BotFather 发 /revoke 换新令牌，"
        "写入 [telegram] token 后重新启动。"
    ).format(moment_words(at))
    return [Notice(one, text, subject="令牌被另一程序占用", urgent=True) for one in to]
