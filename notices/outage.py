"""What is said of a stretch in which the bot could not receive."""

from collections.abc import Sequence

from markupsafe import Markup

from notices.notice import Notice
from rules.outage import Outage, stretch
from rules.roster import Roster

LONGEST = 12
"""So many deadlines stand in the notice; the rest are counted."""


def told(outage: Outage, put_off: Sequence[str], roster: Roster) -> list[Notice]:
    """To the office desk: when nothing came in, and which deadlines were put off for it."""
    head = Markup(
        "<b>机器人曾中断，已恢复，收到的已逐条补办</b>\n{}未能收取消息。下列期限相应顺延，已告有关单位："
    ).format(stretch(outage))
    lines = [Markup("· {}").format(line) for line in put_off[:LONGEST]]
    if len(put_off) > LONGEST:
        lines.append(Markup("……另有{}项").format(len(put_off) - LONGEST))
    text = Markup("\n").join([head, *lines])
    return [Notice(official, text, subject="机器人曾中断") for official in roster.desk]
