"""What a sentence asks for: read by rules, without a model; where that is not certain, what it may be.

A question that is known is put into the bot's own words. An order is one only where nobody else is meant by
it, nothing denies it, and it is neither a question nor the past; anything else gets buttons.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rules.sentences.expressions import Expressions, Said
from rules.sentences.pattern import Found, Pattern
from rules.sentences.times import times_in
from rules.text import clean

LONGEST: Final = 120
"""Signs of a sentence; what is longer is a text, and is not looked at."""
OFFERED: Final = 3
"""So many things are offered where it is not certain what is meant."""

_EMOJI: Final = frozenset({"So", "Sk", "Cn", "Mn"})
_THANKS: Final = (
    r"(?:非常|十分|太|万分)?(?:感谢|谢谢|多谢|谢了|谢啦|有劳|辛苦|麻烦)|收到|好[的嘞滴哒]?|知道|明白|了解|清楚|[Oo][Kk]|嗯|哦|行|可以"
    r"|没问题|支持|配合|理解|再见|晚安"
)
_COURTESY: Final = Pattern(
    rf"已?(?:{_THANKS})(?>{_THANKS}|你们|大家|各位|领导|办公室|同志|老师|[您你了啦啊哈哦吧的已都，。.！~、\s])*+"
)
_POLITE: Final = Pattern(r"不好意思|打扰(?:一下|了)?|不知道?|(?:来|去|到|参加|赶)不了|对不起|差不多|不然")
_ASKING: Final = Pattern(
    r"[?？]|吗|么[。!！]?$|呢[。!！]?$|谁|什么|啥|几[天点时号月个位家次]|哪|怎么|怎样|如何|咋|多少|多久|是不是|有没有|能不能"
    r"|可不可以|要不要|行不行|对不对|批没批|是否|能否|可否|何时|为何|没有[。!！]?$|[了完]没[。!！]?$"
)
_REPORTED: Final = Pattern(r"如果|要是|假如|万一|若|听说|据说|传说|说是|通知说|关于|有关|比如|例如|规定")
_DENIED: Final = Pattern(
    r"(?:不|没|未|别|勿|莫|无需|无须|免|甭|取消|撤销|撤回|撤掉|暂缓|暂停|停止|拒绝|推掉|放弃|作废)[^，,。；;！!]{0,4}$"
)
_GONE: Final = Pattern(
    r"(?:已经?|刚刚?|刚才|才|曾|上次|上回|上周|昨天|前天|之前|以前|早就|早已)[^，,。；;！!]{0,6}$"
)
_SOON: Final = Pattern(r"[要想得]|准备|打算|申请|麻烦|帮|需要")
_TAKEN_BACK: Final = Pattern(
    r"(?:的?(?:事儿?|申请|报告))?[，,\s]*(?:不[了办用必要请]|算了|取消|作废|免了|先?(?:放一?放|缓|不)|以后再|改天|再说|的话|[过错]了?|撤)"
)
_OVER: Final = Pattern(r"(?:过|好|完)?了(?=$|[，,。；;！!\s])")
_FILLED: Final = Pattern(
    r"^(?:我(?!们?[局委办镇区]|们?单位)们?|本人|俺|咱|因|因为|由于|麻烦|请问?|劳驾|帮我?|帮忙|给我|替我|您好|你好|同志|办公室|那|就|还|也|都|再|现在|今天|明天|\s)+"
)
_TOWARDS: Final = Pattern(r"(?:向|跟|和|同|找|与)[^，,。；;]{1,10}?(?=请|报|申请|提|$)")
_ON_BEHALF: Final = Pattern(r"(?:帮|替|给|代|为)(?!我|本人|忙|个|下|一)[^，,。；;]{1,8}$")
_OTHERS: Final = (
    r"[他她它谁你您]|大家|有人|别人|各|某|领导|老[\u4e00-\u9fff]|小[\u4e00-\u9fff]"
    r"|[\u4e00-\u9fff]{0,8}?(?:局长|主任|区长|书记|处长|科长|乡长|镇长|院长|同志|同事|老师|负责人|联络员|工(?=请))"
    r"|[\u4e00-\u9fff]{1,8}?(?:局|委|办|厅|镇|街道|中心|单位|部门|公司)(?=的|也|都|已|要|想|在|请|报|$|[\u4e00-\u9fff]{0,4}$)"
)
_CLAUSE: Final = Pattern(r"[，,。；;！!？?\n]")


@dataclass(frozen=True)
class Read:
    """What a sentence is.

    `said` is the sentence in the bot's own words; empty where it is not certain. `likely` are then the words
    of the menu that may be meant, at most `OFFERED`. A `courtesy` asks for nothing. `act` is the button that
    an order means which must not be carried out by a word alone.
    """

    said: str = ""
    likely: tuple[str, ...] = ()
    courtesy: bool = False
    act: str = ""


def plain(text: str) -> str:
    """The sentence in half width, on one line, without emoji."""
    folded = unicodedata.normalize("NFKC", clean(text).replace("：", ":").replace("，", "，"))
    kept = "".join(sign for sign in folded if unicodedata.category(sign) not in _EMOJI)
    return re.sub(r"\s+", " ", kept.translate(_SIGNS)).strip()


_SIGNS: Final = str.maketrans({",": "，", "!": "！", "?": "？", ";": "；"})


def is_courtesy(text: str) -> bool:
    """Whether it only says thank you, or that something was received."""
    return _COURTESY.fullmatch(plain(text)) is not None or clean(text) in ("👌", "👍", "🙏", "🤝")


def understand(text: str, table: Sequence[Expressions], today: date, names: Collection[str] = ()) -> Read:
    """Read a sentence by the table; `names` are the other people's, `today` is a Shanghai date."""
    sentence = plain(text)
    if is_courtesy(text):
        return Read(courtesy=True)
    if not sentence or len(sentence) > LONGEST or "\n" in clean(text):
        return Read()
    times = times_in(sentence)
    said = Said(sentence, times, today)
    for each in table:
        asked = each.never.sub("〇", times.closed)
        for question in each.questions:
            if found := question.asked.search(asked):
                return Read(said=question.put(said, found))
    ordered = [each for each in table if _ordered(sentence, each, names)]
    if len(ordered) == 1:
        (one,) = ordered
        if one.acts:
            return Read(act=one.opens)
        return Read(said=_with_note(one, said))
    return Read(likely=_likely(sentence, table, ordered))


def put_into(word: str, text: str, table: Sequence[Expressions], today: date) -> str:
    """The sentence in the bot's own words, where somebody has said by a tap what it means."""
    one = next((each for each in table if each.opens == word), Expressions(word))
    sentence = plain(text)
    return _with_note(one, Said(sentence, times_in(sentence), today))


def _with_note(one: Expressions, said: Said) -> str:
    lines = one.note(said) if one.note is not None and said.text else ""
    return "\n".join(filter(None, (one.opens, lines)))


def _likely(sentence: str, table: Sequence[Expressions], ordered: Sequence[Expressions]) -> tuple[str, ...]:
    """What may be meant: what was ordered besides another, then whatever words stand somewhere."""
    named = [each for each in table if each.orders.search(sentence) or each.opens in sentence]
    near = [each for each in table if each.near.search(sentence)]
    return tuple(dict.fromkeys(each.opens for each in (*ordered, *named, *near)))[:OFFERED]


def _ordered(sentence: str, one: Expressions, names: Collection[str]) -> bool:
    """Whether the sentence orders it somewhere."""
    if _REPORTED.search(sentence) or (_ASKING.search(sentence) and not one.looks):
        return False
    masked = one.never.sub(lambda found: "〇" * len(found[0]), sentence)
    return any(_meant(masked, found, one, names) for found in one.orders.finditer(masked))


def _meant(sentence: str, found: Found, one: Expressions, names: Collection[str]) -> bool:
    """Whether the words are an order of the person's own: not denied, not past, not somebody else's."""
    before = _CLAUSE.split(_POLITE.sub(lambda polite: "〇" * len(polite[0]), sentence[: found.start()]))[-1]
    after = sentence[found.end() :]
    if _DENIED.search(before) or _GONE.search(before) or _TAKEN_BACK.match(after):
        return False
    if _OVER.match(after) and not one.looks and not _SOON.search(before):
        return False
    return not _somebody_elses(before, names)


def _somebody_elses(before: str, names: Collection[str]) -> bool:
    """Whether the clause speaks of somebody else, or for somebody else."""
    if _ON_BEHALF.search(before):
        return True
    subject = _FILLED.sub("", _TOWARDS.sub("", times_in(before).without.replace(" ", "")))
    return re.match(_OTHERS, subject) is not None or any(subject.startswith(name) for name in names if name)
