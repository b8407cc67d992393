"""How people speak of invitations in a sentence of their own, and how they answer a card (art. 86, 9)."""

from typing import Final

from rules.sentences.expressions import Answer, Expressions, Question, answer
from rules.sentences.pattern import Pattern
from rules.sentences.terms import find

SAID: Final = (
    Expressions(
        "邀请",
        Pattern(
            r"(?:报|填|填报|办|办理|发起|提交|申请|报送|上报|写)(?:个|一个|一份|份|一下|送)?[^，,。？]{0,8}?邀请(?!函|了|情况|的|台账)"
            r"|(?:要|想|拟|准备)邀请(?:区)?领导"
        ),
        questions=(
            Question(
                Pattern(
                    r"(?P<words>.*?)(?:活动)?邀请[^，,。]{0,8}(?:批了|回了|答复|定了|到哪|进展|怎么样|结果|情况|报上去|转呈|同意|批没批)"
                ),
                find("邀请"),
            ),
        ),
        near=Pattern(r"邀请|请.{0,3}(?:区长|领导)|活动|剪彩|揭牌|开幕"),
    ),
)

ANSWERS: Final[tuple[Answer, ...]] = (
    answer("出席", "参加 我出席 我参加 同意出席 能出席 可以出席 准时出席", "去 好的 同意 可以"),
    answer("出席并附言", words=True),
    answer("不出席", "不参加 不能出席 出席不了", "不去 去不了 没空 没时间 不同意"),
    answer("委托他人", "委托 委托别人"),
    answer("同意拟办", "按拟办 按拟办意见办", "同意 可以 好的"),
    answer("改变答复", "改答复", "改一下"),
    answer("接受", "接受委托 我去", "同意 可以 好的 参加 出席"),
    answer("不能参加", "参加不了", "去不了 不参加 不去 没空", words=True),
    answer("准予受理", "准予 同意受理", "同意 可以 准 好的"),
    answer("准予受理并附言", words=True),
    answer("不予受理", "不受理", "不同意 不准 不行", words=True),
    answer("转呈领导", "转呈", "呈领导"),
    answer("退回", "", "不同意 打回", words=True),
    answer("请补充", "补充材料", "补充", words=True),
    answer("同意变更", "", "同意 可以 好的"),
    answer("不采纳变更", "", "不同意 不采纳"),
    answer("登记电话答复"),
    answer("变更"),
    answer("取消活动", "活动取消", "", words=True),
    answer("撤回", "", "", words=True),
    answer("催办", "催一下 催一催 请催办", "催"),
)
