"""What /find (查找) shows: the matters found, a phone screen at a time, a button for each."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from notices.listing import LONGEST, PAGE, Line, numbered, numbers
from notices.notice import Button, Rows
from rules.find import Found, Words
from rules.text import clip

LOOKED: Final = Markup("查找结果见上。")


def text(words: Words, found: Sequence[Found], page: int) -> Markup:
    """One page of what was found; `found` is what stands on it."""
    head = Markup("<b>查找“{}”</b>").format(words.said)
    if words.cut:
        head += Markup("\n（写得太长，只按这些字查。）")
    if words.stretch is not None:
        one_day = words.stretch.first is not None and words.stretch.first == words.stretch.last
        when = f"{words.stretch}".partition("至")[0] if one_day else words.stretch
        head += Markup("\n时间：{}").format(when)
    if words.beyond:
        others = "、".join(f"“{time}”" for time in words.beyond)
        head += Markup("\n（时间一次只查一段，{}没有算上；要查请另发一次。）").format(others)
    if not found:
        return head + Markup(
            "\n没有查到。这里查得到您有权查看的事项；可写姓名、单位、地点、标题、状态或时间，"
            "换个短些的词再试，如“查找 财政局 12月”。"
        )
    first = page * PAGE + 1
    return Markup("\n").join([head, *numbered(_lines(found), first), Markup("点编号看详情。")])


def buttons(words: Words, found: Sequence[Found], page: int, key: str, *, more: bool) -> Rows:
    """A button for each, and where there are more the pages; `key` tells one list from another."""
    turning = [
        Button(label, f"find:{other}:{key}:{words.said}")
        for label, other, there in (("上一页", page - 1, page > 0), ("下一页", page + 1, more))
        if there
    ]
    return tuple(row for row in (*numbers(_lines(found), page * PAGE + 1), tuple(turning)) if row)


def _lines(found: Sequence[Found]) -> list[Line]:
    return [Line(clip(one.line, LONGEST), f"find:{one.key}") for one in found]
