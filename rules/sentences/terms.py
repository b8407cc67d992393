"""What somebody looks for in a question, as words for 查找."""

import re
from typing import Final

from rules.find import read
from rules.sentences.expressions import Put, Said
from rules.sentences.pattern import Pattern

_TITLE: Final = Pattern(r"《[^》]+》")
_EMPTY: Final = Pattern(
    r"请问|麻烦|帮我|帮忙|我想|想要?|问一?下|查一?下?|查询|查看|看一?下|看看|找一?下?|搜一?下?|一下|你好|您好|现在|目前|到底|那个|那件|那份|这个|这件|这份"
    r"|有没有|是不是|哪一?[家些个位]|几[家个位]|多少|谁|[下上这本]次|最近|所有|全部|是否|有关|关于|相关|都|还|已经?|[我你您他她们]们?的?|[了吗呢吧啊呀么把是有在给各将]|情况|事情|材料|[?？！!。，,；;:\"“”]"
)
_POST: Final = Pattern(r"(?<=[局委办镇])(?:副?局长|副?主任|副?镇长|主要负责人|负责人|联络员)$")
_LONGEST: Final = 14


def terms(text: str) -> list[str]:
    """The words that name something, without those of the question; a title in 《》 stays whole."""
    titles = [title[1:-1] for title in _TITLE.findall(text)]
    rest = _EMPTY.sub(" ", _TITLE.sub(" ", text))
    others = [word for word in re.split(r"[\s、的和与]+", rest) if len(word) > 1]
    others = [_POST.sub("", word) for word in others]
    return [word[:_LONGEST] for word in dict.fromkeys([*others, *titles])]


def find(*own: str) -> Put:
    """The question is answered by 查找 with these words, those of the question, and the days it names."""
    return lambda said, found: looking_for(said, found["words"] or "", *own)


def looking_for(said: Said, words: str, *own: str) -> str:
    """查找 with what is named and when."""
    rest = words
    for word in own:
        rest = rest.replace(word, " ")
    return " ".join(filter(None, ["查找", *own, *terms(rest), when(said)]))


def when(said: Said) -> str:
    """The time of the sentence as 查找 reads it: 12月, 下周, 12月8日至12月10日; empty where it names none."""
    written = said.times.whole
    if written and read(written, said.today).stretch is not None:
        return written
    days = said.times.days(said.today)
    if days is None:
        return ""
    first, last = (f"{day.month}月{day.day}日" for day in (days.start, days.end))
    return first if first == last else f"{first}至{last}"
