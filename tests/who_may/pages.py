"""The table as officials read it, docs/who-may.zh.md: always what the tests have tried."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.who_may.table import Line, lines
from tests.who_may.trial import AGAIN, AWAY, DID, NOBODY, OWN, REFUSED, ROLES, STAND_IN, TOLD

PAGE: Final = Path(__file__).parents[2] / "docs" / "who-may.zh.md"
_HEAD: Final = """# 谁可以点什么

按钮不是权限：每点一下，机器人都按花名册重新核对是谁、此刻能不能办。下表由测试用真程序逐格试过，每个动作一行；
程序里多一个按钮而表里没有，或者表里写的与实际不符，测试都通不过。

* “本人”是卡片发给的那位同志，例如待审批的领导、须签署的主要负责人、提出这件事的经办人。
* **离任的、没有绑定的账号，任何动作一律拒绝**，不再逐行写。伪造的、别人卡片上的、别的群里的按钮也拒绝，
  并且记入留痕。
* “代行者”是本人外出期间依规则代为决定的同志（第七条、第九条、第七十七条），所办的都注明“代”。
* “只看到说明”是点了只得到一句话或者看到自己的清单，什么也没有改变。
* 再点一次：“不重复”是第二次什么也不再发生，“可再办”是本来就可以办多次（如催办、打印）。
* 在群里发命令，除绑定、解绑以外只回一句到私聊去办，对谁都一样，不再逐行写。
* 单位一类的身份，都相对于“本人”所在单位；分管，是分管该单位的副区长。
"""
_NOT_TRIED: Final = "## 另有说明的\n\n| 做什么 | 动作 | 说明 |\n|---|---|---|\n"
_COLUMNS: Final = "| 做什么 | 可以办的 | 只看到说明的 | 本人外出时 | 再点一次 |\n|---|---|---|---|---|\n"


def page() -> str:
    """The whole page."""
    matters = dict.fromkeys(one.matter for one in lines())
    return "\n".join([_HEAD, *(_of_matter(matter) for matter in matters), _not_tried()])


def write_page() -> None:
    """Write it down."""
    PAGE.write_text(page(), encoding="utf-8")


def pointed_to_private(line: Line) -> bool:
    """Whether it is sent in a group, which is told the same whoever sends it."""
    said = {mark for mark in line.marks.values() if mark != NOBODY}
    return line.action.startswith("群") and said == {DID}


def _of_matter(matter: str) -> str:
    tried = [one for one in lines() if one.matter == matter and one.marks and not pointed_to_private(one)]
    rows = "".join(f"| {' | '.join(_cells(one))} |\n" for one in sorted(tried, key=_order))
    return f"## {matter}\n\n{_COLUMNS}{rows}"


def _order(line: Line) -> int:
    return ("［" not in line.what) + 2 * line.action.startswith("群")


def _cells(line: Line) -> Iterator[str]:
    yield line.what
    people = (OWN, *ROLES, STAND_IN)
    own = {OWN: f"本人（{line.own}）" if line.own else OWN}
    may = [own.get(name, name) for name in people if line.marks.get(name) == DID]
    nobody = [name for name in (OWN, *ROLES) if line.marks.get(name) in (TOLD, REFUSED)]
    yield "、".join(may) if nobody else "在花名册上的都可以"
    yield "、".join(name for name in people if line.marks.get(name) == TOLD)
    yield {DID: "照办", TOLD: "只看到说明", REFUSED: "不能办", NOBODY: ""}.get(line.marks.get(AWAY, ""), "")
    yield {DID: "可再办", TOLD: "不重复", REFUSED: "不重复"}.get(line.marks.get(AGAIN, ""), "")


def _not_tried() -> str:
    rows = "".join(f"| {one.what} | `{one.action}` | {one.why} |\n" for one in lines() if not one.marks)
    return _NOT_TRIED + rows
