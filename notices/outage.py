"""What is said of a stretch in which the bot could not receive."""

from collections.abc import Sequence

from markupsafe import Markup

from rules.dates import moment_words
from rules.outage import Outage
from rules.roster import Roster
from rules.working_days import shanghai_day
from storage.outbox import Notice

LONGEST = 12
"""So many deadlines stand in the notice; the rest are counted."""


def stretch(outage: Outage) -> str:
    """From when to when, in words: 9月28日 10:00至9月29日 16:00, or 9月28日 10:00至12:30 within a day."""
    begins, ends = moment_words(outage.began_at), moment_words(outage.ended_at)
    if shanghai_day(outage.began_at) == shanghai_day(outage.ended_at):
        ends = ends.rpartition(" ")[2]
    return f"{begins}至{ends}"


def told(outage: Outage, put_off: Sequence[str], roster: Roster) -> list[Notice]:
    """To the office desk: when nothing came in, and which deadlines were put off for it."""
    head = Markup(
        "<b>机器人曾中断</b>：{}未能收取消息，恢复后已逐条补办。下列期限相应顺延，已告有关单位："
    ).format(stretch(outage))
    lines = [Markup("· {}").format(line) for line in put_off[:LONGEST]]
    if len(put_off) > LONGEST:
        lines.append(Markup("……另有{}项").format(len(put_off) - LONGEST))
    text = Markup("\n").join([head, *lines])
    return [Notice(official, text, subject="机器人曾中断") for official in roster.desk]
