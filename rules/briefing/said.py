"""How people speak of briefings in a sentence of their own, and how they answer a card (art. 66)."""

from typing import Final

from rules.sentences.expressions import Answer, Expressions, Question, answer
from rules.sentences.pattern import Pattern
from rules.sentences.terms import find

_ASKED: Final = Pattern(
    r"(?P<words>.*?)简报(?:现在|都|有没有|是不是|什么时候|第几期|到第?几期|最近一期|备案)*"
    r"(?:报了|报送了|备案了|核准了|批了|出了|停了|停办了|第几期|到哪|怎么样|[?？]|[吗没]$)"
)
SAID: Final = (
    Expressions(
        "简报备案",
        Pattern(r"(?:备案|增加|新增|申请|新办|创办)(?:一个|一种|一份|个|种|新)*的?简报|简报(?:申请)?备案"),
        questions=(Question(_ASKED, find("简报")),),
    ),
    Expressions(
        "报送简报",
        Pattern(
            r"(?:报送|上报|报|发|送|交)(?:一下|一期|新一期|这一?期|本期|这个月的?|本月的?|上个?月的?)*简报"
        ),
    ),
    Expressions("简报", near=Pattern("简报"), looks=True),
)

ANSWERS: Final[tuple[Answer, ...]] = (
    answer("核准", "同意备案 核准备案 予以备案", "同意 可以 好的 批准"),
    answer("同意增加", "", "同意 可以 好的 批准"),
    answer("不予备案", "不同意备案 不核准", "不同意 不行", words=True),
    answer("申请续报", "续报", "继续 继续报送 好的"),
    answer("继续报送", "", "继续 好的"),
    answer("报送新一期", "报送一期 报新一期"),
    answer("停办", "不办了 不再报送"),
    answer("已阅", "圈阅", "阅 收到 好的"),
)
