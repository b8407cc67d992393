"""How people speak of countersigning in a sentence of their own, and how they answer a card (art. 61-63)."""

from typing import Final

from rules.sentences.expressions import Answer, Expressions, Question, answer, as_word, either
from rules.sentences.pattern import Pattern
from rules.sentences.terms import find

_STANDS: Final = either(
    "回了 回复 回没 签了 签完 签没 到哪 进展 怎么样 如何 办完 办结 结果 情况 几家 多少家"
    " 哪几家 谁没 哪家没 完了 齐了 反馈 什么时候 几号 截止 期限 没回 没签"
)

SAID: Final = (
    Expressions(
        "会签",
        Pattern(
            r"(?:发起|送|办|办理|报|走|做|发|启动|开始|提交|申请|需要|要|来)(?:个|一个|一下|下|一份|份)?(?:会签|征求意见)(?!单|表|意见|回|了|情况|台账|的)"
            r"|(?:文件|文稿|方案|稿子|办法|通知|合同)[^，,。]{0,6}(?:会签|征求意见)(?!单|表|意见|回|了|情况)|征求(?:一下)?(?:各|有关|相关)?(?:部门|单位|镇街)[^，,。]{0,4}意见"
        ),
        questions=(
            Question(
                Pattern(rf"我(?:们)?(?:单位|局)?(?:发起|送|报)?的?会签[^，,。]{{0,8}}{_STANDS}"),
                as_word("我的"),
            ),
            Question(Pattern(rf"(?P<words>.*?)会签[^，,。]{{0,10}}{_STANDS}"), find("会签")),
            Question(
                Pattern(r"(?P<words>.+?)(?:的)?(?:会签)?意见(?:回了|回来|反馈|报了|报来)"), find("会签")
            ),
        ),
        near=Pattern(r"会签|征求意见|签字"),
    ),
)

ANSWERS: Final[tuple[Answer, ...]] = (
    answer(
        "无不同意见", "无意见 没有意见 没意见 无异议 没有异议 没有不同意见 没不同意见", "同意 可以 无 好的"
    ),
    answer("有不同意见", "有意见 有异议", "不同意", words=True),
    answer("签字同意", "同意签字 签字", "同意 可以 好的"),
    answer("申请延期", "延期 要求延期 请延期", "来不及 时间不够", words=True),
    answer("转交"),
    answer("送会签", "同意送出 可以送出", "同意 可以 好的 送出"),
    answer("退回修改", "退回 打回", "修改一下 改一下 不同意", words=True),
    answer("同意延期", "", "同意 可以 好的"),
    answer("不同意延期", "", "不同意 不行", words=True),
    answer("采纳"),
    answer("部分采纳", words=True),
    answer("不采纳", words=True),
    answer("按拟稿答复"),
    answer("接受"),
    answer("保留意见", "仍有意见", "不接受", words=True),
    answer("发起协调"),
    answer("办结", "可以办结"),
    answer("撤回"),
    answer("催办", "催一下 催一催 催催 请催办", "催"),
    answer("重开"),
    answer("已送纸质"),
)
