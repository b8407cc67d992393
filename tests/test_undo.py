"""Every decision of every procedure can be taken back, or it is said why not."""

from typing import Final

import pytest

from handlers.procedures import PROCEDURES
from rules.undo.decided import FINAL
from storage.trace import table_of
from tests.trying_stage import TRIED

BUTTONS: Final = {
    "leave": "同意 不同意 退回修改 变更 销假 续假 撤回 催办 知悉",
    "countersign": "送会签 无不同意见 有不同意见 申请延期 转交 同意延期 不同意延期 发起协调 办结 撤回 催办",
    "meeting": "发出通知 变更 取消会议 参加 请假 准假 不准假 签到 同意列入 不同意列入 审核通过",
    "invitation": "变更 撤回 取消活动 转呈领导 退回 出席 不出席 委托他人 准予受理 不予受理",
    "briefing": "核准 不予备案 停办 已阅",
    "delegation": "接受 不接受 结束委托",
}
"""The buttons by which people decide, as the design has them (section 6)."""
DECISIONS: Final = {each.code: set(each.decisions) for each in PROCEDURES if each.put_back}


@pytest.mark.parametrize(("code", "buttons"), BUTTONS.items())
def test_every_button_that_decides_can_be_taken_back_or_says_why_not(code: str, buttons: str) -> None:
    assert [one for one in buttons.split() if one not in DECISIONS[code] and not FINAL.get(one)] == []


def test_a_procedure_with_decisions_is_here_and_its_matters_are_found_by_their_word() -> None:
    assert DECISIONS.keys() == BUTTONS.keys()
    assert all("id" in table_of(code).c for code in DECISIONS)


def test_each_is_made_and_taken_back_on_some_rehearsal() -> None:
    """Which one is noted in tests/trying_stage.py; that it is true is seen where they are played."""
    tried = {one for each in TRIED.values() for one in each.split()}
    assert sorted({f"{code}:{what}" for code, each in DECISIONS.items() for what in each} ^ tried) == []
