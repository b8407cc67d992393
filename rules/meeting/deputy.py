"""Who comes in somebody's place (派员列席), read as people write it: a name and a post, in either order."""

import re
from typing import Final

from rules.meeting.attendance import Deputy
from rules.refused import Refused
from rules.roster import Official, Roster, Unit
from rules.spelling import same

_BREAK: Final = re.compile(r"[\s，,、；;]+")
_POSTS: Final = ("长", "任", "员", "书记", "干部", "调研", "工程师")
"""How a post ends, and hardly ever a name."""


def read_deputy(text: str, roster: Roster, unit: Unit, instead_of: Official | None = None) -> Deputy:
    """姜羽翔, 姜羽翔 副局长, 副局长 姜羽翔: for who is of the unit by the roster the name is enough.

    Refused where the post is missing, or the one who was called names themselves.
    """
    words = [word for word in _BREAK.split(text.strip()) if word]
    known = next((one for word in words for one in roster.named(word) if one.unit is unit), None)
    if known is not None and known is instead_of:
        raise Refused("派员请写另一位同志；本人参加的，请点「参加」")
    if known is not None:
        post = "".join(word for word in words if not same(word, known.name))
        return Deputy(known.name, post or known.post_in_full)
    if len(words) < 2:
        raise Refused("请写明姓名和职务，例：姜羽翔 副局长")
    if words[0].endswith(_POSTS) and not words[-1].endswith(_POSTS):
        return Deputy(words[-1], "".join(words[:-1]))
    return Deputy(words[0], "".join(words[1:]))
