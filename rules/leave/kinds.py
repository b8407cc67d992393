"""The kinds of leave as people write them (病假, 年休假, 因公出国), and which of art. 77's they are."""

import re
from collections.abc import Mapping
from typing import Final

from rules.leave.matter import LeaveKind

_MEETING: Final = re.compile(r"参加[^，。]{0,20}会(?!展)|去[^，。]{0,12}开会")
_WRITTEN: Final = {
    LeaveKind.TRIP: (
        "公差 公出 因公外出 公务外出 公务出差 因公出差 外出开会 开会 参会 参加会议 外出参会 考察 外出考察 "
        "招商 外出招商 洽谈 对接 汇报工作"
    ),
    LeaveKind.VISIT_ABROAD: "因公出国 因公出境 因公出国境 因公出访 出国访问",
    LeaveKind.ABROAD: "出国 出境 出国境 因私出国 因私出境 因私出国境 出国旅游",
    LeaveKind.STUDY: "培训 参加培训 外出培训 外出学习 党校学习 脱产学习 脱产培训 进修 集训",
    LeaveKind.VACATION: "休假 年假 年休假 休年假 公休 公休假 带薪休假 带薪年休假 带薪年假 年度休假",
    LeaveKind.FAMILY: "探亲假 探亲休假 回家探亲",
    LeaveKind.MEDICAL: "病假 看病 就诊 住院 手术 体检 治疗 看病就医 因病 病休 复查",
}
WRITTEN_KINDS: Final[Mapping[str, LeaveKind]] = {
    word: kind for kind, words in _WRITTEN.items() for word in words.split()
}
"""What is one of the kinds in other words."""

_NEAREST: Final = {
    LeaveKind.VACATION: "疗养 疗休养 休养",
    LeaveKind.MEDICAL: "工伤 工伤假 保胎",
    LeaveKind.OTHER: (
        "事假 私事 因私 婚假 产假 陪产假 护理假 陪护假 育儿假 哺乳假 丧假 奔丧 独生子女护理假 调休 补休 "
        "搬家 节育假"
    ),
}
NEAREST_KINDS: Final[Mapping[str, LeaveKind]] = {
    word: kind for kind, words in _NEAREST.items() for word in words.split()
}
"""What art. 77 has no word for, with the kind it comes nearest to: the person is asked."""


def kind_named(text: str) -> str:
    """The word that says what kind of leave it is, where only one kind is spoken of; otherwise empty."""
    kinds = {**{str(kind): kind for kind in LeaveKind}, **WRITTEN_KINDS, **NEAREST_KINDS}
    named = [word for word in kinds if len(word) > 1 and word in text and word != "其他"]
    longest = [word for word in named if not any(word in other != word for other in named)]
    if not longest and _MEETING.search(text):
        return "参加会议"
    return max(longest, key=len) if len({kinds[word] for word in longest}) == 1 else ""


def kind_meant(text: str) -> LeaveKind | None:
    """The kind that the reason of a leave speaks of; None where that would have to be asked."""
    word = kind_named(text)
    return WRITTEN_KINDS.get(word) or next((kind for kind in LeaveKind if kind == word), None)
