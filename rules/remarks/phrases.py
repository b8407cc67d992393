"""常用语: what is written again and again as a reason or a remark, one tap each (办公室规定)."""

from dataclasses import dataclass
from typing import Final

MOST: Final = 4
"""So many of a kind: more would hide the question on a phone."""
LONGEST: Final = 20
"""Characters of one: what a button shows whole."""


@dataclass(frozen=True)
class Phrases:
    """[phrases]: the ready lines by what is being said; an empty list offers none."""

    agree: tuple[str, ...] = ("请安排好工作", "注意安全，保持联系", "按时返回销假")
    """同意并附言, 准予并附言."""
    attend: tuple[str, ...] = ("请准备讲话提纲", "请有关部门陪同", "只参加开始部分")
    """出席并附言."""
    decline: tuple[str, ...] = ("工作需要，请另择时间", "与重要会议冲突", "请安排副职前往")
    """不同意, 作废."""
    send_back: tuple[str, ...] = ("请写明事由", "请核对时间", "请补交通知或方案")
    """退回修改."""
    give_back: tuple[str, ...] = ("请补充材料", "与区政府工作安排冲突", "请先与有关部门沟通")
    """退回, 不予受理."""
    extension: tuple[str, ...] = ("须报局党组会研究", "正在征求科室意见", "主要负责人外出")
    """申请延期."""
    unable: tuple[str, ...] = ("同期另有外出", "同期参加培训", "身体原因")
    """无法代为主持."""
    withdraw: tuple[str, ...] = ("时间另定", "文稿须另作修改", "事项已取消")
    """撤回, 取消."""
    opinion: tuple[str, ...] = ("没有意见", "建议同意", "建议改期")
    """征求意见 answered."""

    def __post_init__(self) -> None:
        for name, lines in vars(self).items():
            if len(lines) > MOST:
                raise ValueError(f"[phrases] {name} 最多{MOST}句，现为{len(lines)}句。")
            for line in lines:
                if not 0 < len(line) <= LONGEST:
                    raise ValueError(f"[phrases] {name} 每句1至{LONGEST}个字，这句不合：{line!r}。")

    def of(self, kind: str) -> tuple[str, ...]:
        """The lines of a kind; none of one that has none."""
        found: tuple[str, ...] = getattr(self, kind) if kind else ()
        return found
