"""What was said on a matter (留言), and the views asked for (征求意见), as people read them."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from notices.notice import Notice
from rules.dates.reading import moment_words
from rules.remarks.remark import Remark
from rules.roster import Official

HEAD: Final = "\n\n<b>留言</b>"
"""With this begins what stands beneath a card."""
SHOWN: Final = 3
"""So many of the latest stand open; those before are folded."""


def below(remarks: Sequence[Remark]) -> Markup:
    """What stands beneath a card, the oldest first."""
    lines = [_line(one) for one in remarks]
    earlier, latest = lines[:-SHOWN], lines[-SHOWN:]
    folded = (
        [Markup("<blockquote expandable>{}</blockquote>").format(Markup("\n").join(earlier))]
        if earlier
        else []
    )
    return Markup(HEAD) + Markup("\n") + Markup("\n").join([*folded, *latest])  # noqa: S704 - our own words


def without(text: str) -> str:
    """A card's text without what stands beneath it."""
    return text.partition(HEAD)[0]


def _line(one: Remark) -> Markup:
    said = "意见" if one.opinion else ""
    return Markup("{}{}（{}）：{}").format(one.by.titled, said, moment_words(one.at), one.text)


def told(to: Official, remark: Remark, called: str, of: str = "") -> Notice:
    """To whoever it is for: who said what on which matter; a reply to it is a remark on the same question."""
    text = Markup("<b>{}留言</b>：{}\n{}\n<i>回复这条消息，可以再留言。</i>").format(
        remark.by.titled, called, remark.text
    )
    return Notice(to, text, subject="留言", matter=of or remark.subject, quiet=True)


def left(people: Sequence[Official]) -> Markup:
    """To who left it: who is told."""
    told = f"，已告知{'、'.join(one.titled for one in people)}" if people else ""
    return Markup("已留言{}。卡片上看得到。").format(told)
