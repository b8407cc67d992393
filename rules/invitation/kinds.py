"""The kinds of event leaders are invited to, and which need the approval of 区委、区政府 (art. 87)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
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


_IN_OTHER_WORDS: Final[Mapping[InvitationKind, str]] = {
    InvitationKind.RIBBON: r"(?<!修)剪(?:个|了|一下)?[彩采](?![旗灯纸色])|剪红绸|剪彩带",
    InvitationKind.FOUNDATION: r"奠基|奠定基石|培土|破土|(?<![启推移])动土(?![地壤方])|开工(?:仪式|典礼)",
    InvitationKind.CELEBRATION: (
        r"庆祝.{0,4}?(?:大?会|活动|仪式)|庆典|庆功|庆贺会|[校厂院店社]庆|周年庆|联欢会|茶话会"
    ),
    InvitationKind.COMMEMORATION: r"纪念.{0,4}?(?:大?会|活动|仪式)|周年纪念|诞辰.{0,6}?纪念",
    InvitationKind.COMMENDATION: r"表彰.{0,4}?(?:大?会|活动|仪式|典礼)|颁奖|授奖|表扬大会|授勋",
    InvitationKind.SYMPOSIUM: r"座谈(?:交流|联谊)?会|恳谈会|交流座谈会",
    InvitationKind.EXPO: (
        r"博览会|[世农茶文科旅糖医园花]博会|展览会|展销会|交易会|洽谈会|推介会|(?<!发)展会(?!议)"
    ),
    InvitationKind.SEMINAR: r"研讨.{0,4}?[会班]|学术(?:年|会|交流)",
    InvitationKind.FORUM: r"论坛|论剑|峰会|高峰会|(?<![青少老成])年会(?!议)",
}
"""Art. 87 names these kinds: the word itself, and what is the same thing under another."""

APPROVED_ONLY: Final = frozenset(_IN_OTHER_WORDS)
"""Art. 87: without the approval of 区委、区政府 leaders attend none of these."""

_NEVER: Final = (
    r"贺信(?![用息访任阳])|贺电(?![视力商影气机网缆])|贺函",
    r"[题书]写.{0,6}?[名匾牌额]|题(?:个|几个|幅)?[词字写签匾款赠跋]|挥毫|墨宝",
    r"(?<![工操运])作序(?![列号])|写(?:个|一?篇)?序(?![列号])|撰序|代序|作跋|[撰题作]写?(?:序言|前言)",
    r"著作|专著|文集|出版(?![社局署物业集管])|讲话(?:汇编|选编|选集)",
)
"""What art. 87 forbids besides attending; no approval of an event covers it, whatever its kind."""

_KIN: Final = (
    r"揭[幕牌彩]|挂牌仪式|授牌|开[业幕](?:仪式|典礼|式|大?会)?|启动(?:仪式|大?会)|"
    r"[落竣](?:成|工)(?:仪式|典礼)|通车仪式|首发式|点亮仪式"
)
"""Ceremonies that art. 87 does not name but its 等 may mean: only asked about."""

_DENIED: Final = re.compile(r"(?:不|未|无|没有|无需|不含|不搞|不安排|不设|取消)[^,，。;；、:：!！?？]{0,3}$")
_BETWEEN: Final = re.compile(r"[\s·•‧・∙●*＊_＿\-－—―~～/／|｜\"'“”‘’「」『』《》〈〉【】\[\]()（）.．+#]+")
_OLD_SHAPES: Final = str.maketrans(
    "綵慶紀談覽討論壇會題詞賀電書寫開業揭啓動典禮獎", "彩庆纪谈览讨论坛会题词贺电书写开业揭启动典礼奖"
)


def kind_named(event: str) -> InvitationKind | None:
    """The kind of which alone the name of the event speaks; None where it speaks of none, or of several."""
    words = {kind: _IN_OTHER_WORDS.get(kind, str(kind)) for kind in InvitationKind}
    named = [kind for kind, pattern in words.items() if _found([pattern], [event])]
    return named[0] if len(named) == 1 else None


def questions(kind: InvitationKind, texts: Iterable[str]) -> list[str]:
    """The words of art. 87 in the text of an invitation that its kind does not account for, each once.

    However they are written: with blanks or signs between, in other words, in old shapes. An approval covers
    attendance at that kind only: the rest is asked about whatever the kind. A word that is denied
    (不安排剪彩) is none.
    """
    others = [pattern for one, pattern in _IN_OTHER_WORDS.items() if one is not kind]
    return _found([*_NEVER, *others], texts)


def kin(kind: InvitationKind, texts: Iterable[str]) -> list[str]:
    """Ceremonies beside those that art. 87 names (揭牌, 开业), which its 等 may mean, each once.

    They belong to an event that is approved as one of those that it names.
    """
    return [] if kind in APPROVED_ONLY else _found([_KIN], texts)


def _found(patterns: Iterable[str], texts: Iterable[str]) -> list[str]:
    plain = [_plain(text) for text in texts]
    words = [word for pattern in patterns for text in plain for word in _said(pattern, text)]
    return list(dict.fromkeys(words))


def _plain(text: str) -> str:
    """The text as it is heard: nothing between its signs but commas and stops, and no old shapes."""
    shown = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return _BETWEEN.sub("", "".join(shown).translate(_OLD_SHAPES))


def _said(pattern: str, text: str) -> Iterator[str]:
    for place in re.finditer(pattern, text):
        if not _DENIED.search(text[: place.start()]):
            yield place[0]
