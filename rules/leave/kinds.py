"""The kinds of leave as people write them (病假, 年休假, 因公出国), and which of art. 77's they are."""

from collections.abc import Mapping
from typing import Final

from rules.leave.matter import LeaveKind

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
