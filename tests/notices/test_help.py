"""帮助 as each role reads it: one phone screen, the same in the handbook's page of that role."""

import math
import re
from pathlib import Path

import pytest

from notices import help as pages
from rules.periods import Periods
from rules.roster import Official, Role, Unit, UnitKind
from rules.settings import Settings

SCREEN, WIDTH = 15, 20
"""Lines of a phone screen, and the characters on one."""
DOCS = Path(__file__).parents[2] / "docs" / "handbook"
UNIT = Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT)
OWN_PAGE = {
    Role.VICE_MAYOR: "leader",
    Role.UNIT_HEAD: "head",
    Role.LIAISON: "liaison",
    Role.OFFICE_STAFF: "office",
}


def plain(role: Role, settings: Settings | None = None) -> list[str]:
    official = Official("某", UNIT, "职务", role)
    return re.sub("<.*?>", "", str(pages.page(official, settings or Settings()))).splitlines()


def test_a_heads_page_as_a_whole() -> None:
    assert plain(Role.UNIT_HEAD) == [
        "怎么用（主要负责人）",
        "一句话也行：“我明天去济南开会，请假”。",
        "请假　提前3天报；超过3天附通知、方案",
        "销假　返回后发；不能按时返回，发“续假”",
        "会签　发文件，说明写“会签”和单位",
        "收到会签，3个工作日内点「无不同意见」或写意见。",
        "会议　点「参加」「请假」",
        "邀请　请区领导出席，提前5个工作日",
        "待办、我的　等您定的、您报的",
        "委托代办　外出时请一位同志代办",
        "查找 财政局 12月　查本单位经手的事",
        "涉密的一律不收，请走机要渠道。",
    ]


@pytest.mark.parametrize("role", Role)
def test_each_page_is_one_phone_screen(role: Role) -> None:
    assert sum(math.ceil(len(line) / WIDTH) for line in plain(role)) <= SCREEN


def test_the_page_of_whoever_runs_the_bot_is_one_too() -> None:
    lines = re.sub("<.*?>", "", str(pages.running())).splitlines()
    assert sum(math.ceil(len(line) / WIDTH) for line in lines) <= SCREEN


def test_the_offices_own_numbers_stand_there() -> None:
    own = Settings(periods=Periods(leave_notice_days=4, leave_papers_over_days=6, invitation=8))
    said = "\n".join(plain(Role.UNIT_HEAD, own))
    assert "提前4天报；超过6天附通知" in said
    assert "提前8个工作日" in said


@pytest.mark.parametrize(("role", "name"), OWN_PAGE.items())
def test_the_handbooks_page_shows_the_same_screen(role: Role, name: str) -> None:
    written = (DOCS / f"{name}.zh.md").read_text(encoding="utf-8")
    assert "\n".join(f"    {line}" for line in plain(role)) in written


def test_the_administrators_page_shows_the_same_screen() -> None:
    lines = re.sub("<.*?>", "", str(pages.running())).splitlines()
    written = (DOCS / "administrator.zh.md").read_text(encoding="utf-8")
    assert "\n".join(f"    {line}" for line in lines) in written


@pytest.mark.parametrize("name", [*OWN_PAGE.values(), "administrator"])
def test_a_page_of_the_handbook_is_one_page(name: str) -> None:
    written = (DOCS / f"{name}.zh.md").read_text(encoding="utf-8").splitlines()
    assert sum(max(1, math.ceil(len(line) / 60)) for line in written) <= 60


def test_the_long_handbook_comes_as_a_file() -> None:
    file = pages.handbook()
    assert file.name == "办结使用手册.txt"
    assert file.content.decode().startswith("# 办结使用手册")
