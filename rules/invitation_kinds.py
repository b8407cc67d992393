"""The kinds of event leaders are invited to, and which need the approval of 区委、区政府 (art. 87)."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class InvitationKind(StrEnum):
    """类别 of the event, in the word that people read."""

    RESEARCH = "调研"
    MEETING = "会议"
    SIGNING = "签约"
    SYMPATHY = "慰问"
    RIBBON = "剪彩"
    FOUNDATION = "奠基"
    CELEBRATION = "庆祝会"
    COMMEMORATION = "纪念会"
    COMMENDATION = "表彰会"
    SYMPOSIUM = "座谈会"
    EXPO = "博览会"
    SEMINAR = "研讨会"
    FORUM = "论坛"
    OTHER = "其他"


APPROVED_ONLY: Final = frozenset(
    {
        InvitationKind.RIBBON,
        InvitationKind.FOUNDATION,
        InvitationKind.CELEBRATION,
        InvitationKind.COMMEMORATION,
        InvitationKind.COMMENDATION,
        InvitationKind.SYMPOSIUM,
        InvitationKind.EXPO,
        InvitationKind.SEMINAR,
        InvitationKind.FORUM,
    }
)
"""Art. 87: without the approval of 区委、区政府 leaders attend none of these."""

_APPROVED_ONLY_WORDS: Final = (
    "剪彩", "揭幕", "揭牌", "奠基", "庆祝会", "庆祝大会", "庆典", "纪念会", "纪念大会", "表彰会", "表彰大会",
    "座谈会", "博览会", "研讨会", "论坛", "峰会",
)  # fmt: skip
_NEVER_WORDS: Final = ("贺信", "贺电", "题词", "题字", "作序", "写序", "出版著作")
_DENIED: Final = re.compile(r"(?:不|未|无|没有|无需|不含|不搞|不安排|不设|取消)[^，。；、\s]{0,3}$")


def questions(kind: InvitationKind, texts: Iterable[str]) -> list[str]:
    """The words of art. 87 in the text of an invitation that its kind does not account for, each once.

    An approval covers attendance only: 贺信、贺电、题词、题字、作序 are asked about whatever the kind. A word
    that is denied (不安排剪彩) is none.
    """
    words = _NEVER_WORDS if kind in APPROVED_ONLY else (*_NEVER_WORDS, *_APPROVED_ONLY_WORDS)
    found = (word for text in texts for word in words if _said(word, text))
    return list(dict.fromkeys(found))


def _said(word: str, text: str) -> bool:
    places = (place.start() for place in re.finditer(re.escape(word), text))
    return any(not _DENIED.search(text[:place]) for place in places)
