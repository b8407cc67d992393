"""How people speak of meetings in a sentence of their own, and how they answer a card (art. 47-58)."""

import re
from typing import Final

from rules.find import COMING
from rules.sentences.expressions import Answer, Expressions, Question, Said, answer, either
from rules.sentences.pattern import Found, Pattern
from rules.sentences.terms import looking_for, when

_KINDS: Final = (
    "全体会议|常务会议?|区长办公会议?|办公会议?|专题会议?|全区性会议"
    "|调度会|协调会|推进会|部署会|座谈会|动员会|例会|会议|会"
)
_GONE: Final = Pattern(r"上一?[次回]|上个|开过|开完|开了|以前|之前|过去|[几哪]\S{0,3}开的")
_WHEN: Final = either(
    "几点 什么时候 啥时候 何时 哪天 几号 星期几 周几 在哪 哪里 什么地方 啥地方 哪个会议室 地点 时间 "
    "改期了?[吗没] 取消了?[吗没] 推迟了?[吗没] 开不开 还开 几个人 谁主持"
    " 谁参加 哪些人参加 有什么议题 议题 什么内容"
)


def _put(said: Said, found: Found) -> str:
    kind = found["kind"]
    whole = {"常务会": "常务会议", "办公会": "区长办公会议", "专题会": "专题会议", "办公会议": "区长办公会议"}
    kind = whole.get(kind, kind if len(kind) > 1 else "会议")
    words = re.sub(r"区政府|第?[\d一二三四五六七八九十]+次", " ", found["words"] or "")
    asked = looking_for(said, words, kind)
    return asked if when(said) or _GONE.search(said.text) else f"{asked} {COMING}"


SAID: Final = (
    Expressions(
        "会议",
        Pattern(
            r"(?:召开|召集|组织召开|组织|拟召开|安排召开)(?:一次|个|一个|一下)?[^，,。？]{0,12}?会议?(?!的|室|上|了|纪要|精神|材料)"
            r"|(?:发|下|拟|起草|写|出)(?:一个|一份|个|份)?[^，,。？]{0,12}?(?:会议通知|开会通知)|(?:看|打开|有哪些|我的)(?:看)?会议(?!室|纪要|精神|材料)"
        ),
        questions=(
            Question(
                Pattern(
                    rf"(?P<words>[^，,。]*?)(?P<kind>{_KINDS})(?:是|在|的|定在|安排在|都|还|大概|大约|今天|明天)*{_WHEN}"
                ),
                _put,
            ),
            Question(
                Pattern(
                    rf"(?:什么时候|几点|何时|哪天|几号|在哪里?|在什么地方)(?P<words>)开?(?P<kind>{_KINDS})"
                ),
                _put,
            ),
            Question(
                Pattern(
                    rf"(?P<words>.*?)(?:有什么|有哪些|有没有|有几个|都?有啥|有)(?P<kind>{_KINDS})(?:吗|么|要开|[？。]|$)"
                ),
                _put,
            ),
        ),
        near=Pattern(r"会议|开会|参会|列席|议题|常务会|回执"),
        never=Pattern(
            r"会签|机会|会不会|不会|学会|社会|会展|开会时|会(?=来|去|按|在(?!哪|什么|几)|把|给|做|办|报|回|到|有|让|是)|委员会|协会|商会|工会|管委会|居委会|村委会"
        ),
        looks=False,
    ),
)

ANSWERS: Final[tuple[Answer, ...]] = (
    answer(
        "参加",
        "出席 参会 到会 我参加 能参加 按时参加 准时参加 准时到会 会参加 可以参加",
        "收到 好的 去 能去 可以 同意",
    ),
    answer(
        "请假", "不参加 不能参加 参加不了 不能参会 不能出席", "去不了 来不了 不去 请个假 不出席", words=True
    ),
    answer("确认请假"),
    answer("派员列席", "派员 派人参加 派人列席", "派人"),
    answer("确认", "", "同意 可以 好的"),
    answer("签到", "已到会场"),
    answer("准假", "同意请假 准予请假", "同意 可以 准 好的 批准"),
    answer("准假并附言", words=True),
    answer("不准假", "不予准假", "不同意 不行 不准 不批准", words=True),
    answer("审核通过", "通过 审核同意", "同意 可以 好的"),
    answer("审核通过并附言", words=True),
    answer("退回", "退回修改", "不同意 打回", words=True),
    answer("同意", "批准", "可以 好的 行"),
    answer("同意并附言", words=True),
    answer("不同意", "不批准", "不行", words=True),
    answer("催办", "催一下 催一催 请催办", "催"),
    answer("写请假报告"),
    answer("撤回"),
)
