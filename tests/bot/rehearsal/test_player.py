"""The player on a stage of cardboard: a bot that answers by rote."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from bot.rehearsal.difference import Deed, Key
from bot.rehearsal.player import play, show
from bot.rehearsal.scene import Event, Kind, Preparation
from bot.rehearsal.script import parse

PEOPLE = {"区长": 1, "财政局局长": 2, "财政局群": -3}
NAMES = {chat: name for name, chat in PEOPLE.items()}


class Three:
    """Two people and a group."""

    def account(self, called: str) -> int:
        return PEOPLE[called]

    def chats(self, called: str) -> Sequence[int]:
        return [PEOPLE[called]]

    def group(self, called: str) -> int:
        return PEOPLE[called]

    def called(self, chats: Sequence[int]) -> str:
        return "、".join(NAMES[chat] for chat in chats)


@dataclass
class Cardboard:
    """A stage whose bot does what `answer` returns to each act, which is told as a plain line."""

    answer: Callable[[str], Sequence[Deed]]
    acts: list[str] = field(default_factory=list)
    closed: bool = False
    _done: list[Deed] = field(default_factory=list)

    async def open(self, at: datetime, preparation: Preparation) -> Three:
        self.now, self.prepared = at, preparation
        return Three()

    async def turn(self, to: datetime) -> None:
        self.now = to
        self._act(f"turn {to:%m-%d %H:%M}")

    async def say(self, person: int, chat: int, text: str, answers: int = 0) -> None:
        self._act(f"say {person} {chat} {text}" + (f" to {answers}" if answers else ""))

    async def send_file(
        self, person: int, chat: int, name: str, caption: str, size: int | None, more: Sequence[str]
    ) -> None:
        self._act(" ".join([f"file {person} {chat} {name} {caption} {size}", *more]))

    async def share_number(self, person: int, label: str) -> bool:
        if label != "用本人手机号绑定":
            return False
        self._act(f"number {person}")
        return True

    async def share_contact(self, person: int, whose: int) -> None:
        self._act(f"contact {person} {whose}")

    async def code(self, called: str) -> str:
        return f"CODE-{PEOPLE[called]}"

    async def door_code(self, title: str) -> str:
        return f"DOOR-{title}"

    async def tap(self, person: int, chat: int, message: int, data: str) -> None:
        self._act(f"tap {person} {chat} {message} {data}")

    async def tap_together(self, taps: Sequence[tuple[int, int, int, str]]) -> None:
        self._act("; ".join(f"tap {person} {chat} {message} {data}" for person, chat, message, data in taps))

    async def take_over(self, event: Event, text: str) -> None:
        self._act(f"{event.name} {text}")

    async def happen(self, event: Event, chat: int, group: str) -> None:
        self._act(f"{event.name} {chat} {group}".rstrip())

    def deeds(self) -> Sequence[Deed]:
        done, self._done = self._done, []
        return done

    async def close(self) -> None:
        self.closed = True

    def _act(self, act: str) -> None:
        self.acts.append(act)
        self._done += [replace(deed, at=self.now) for deed in self.answer(act)]


NOWHEN = datetime.fromisoformat("2026-12-01T00:00:00+08:00")
CARDS = {
    "say 2 2 请假": [
        Deed(NOWHEN, Kind.MESSAGE, 1, "刘洋：请假", ((Key("同意", "a1"), Key("不同意", "n1")),), message=11),
        Deed(NOWHEN, Kind.MESSAGE, 2, "已报。", message=12),
    ],
    "say 2 2 再请": [
        Deed(NOWHEN, Kind.MESSAGE, 1, "陈晨：请假", ((Key("同意（代）", "a2"),),), message=13),
        Deed(NOWHEN, Kind.MESSAGE, 2, "已报。", message=14),
    ],
    "tap 1 1 11 a1": [Deed(NOWHEN, Kind.EDIT, 1, "已同意。", message=11)],
}


def by_rote(act: str) -> Sequence[Deed]:
    return CARDS.get(act, ())


TWO_LEAVES = """\
# 两份请假报告
【2026-12-01 周二 09:00】
财政局局长 → 机器人  请假
机器人 → 区长  刘洋：请假［同意］［不同意］
机器人 → 财政局局长  已报。
财政局局长 → 机器人  再请
机器人 → 区长  陈晨：请假［同意（代）］
机器人 → 财政局局长  已报。
"""


@pytest.mark.parametrize(
    ("tap", "done"),
    [
        ("区长  点「同意」", "tap 1 1 13 a2"),
        ("区长  点「不同意」", "tap 1 1 11 n1"),
        ("区长  点「同意」（第2张）\n（对区长从略）", "tap 1 1 11 a1"),
        ("区长  点「同意」（刘洋）\n（对区长从略）", "tap 1 1 11 a1"),
        ("区长  点「同意」（刘洋）\n（对区长从略）\n区长  点旧卡「同意」\n（对区长从略）", "tap 1 1 11 a1"),
        ("区长  伪造「leave:9:agree」", "tap 1 1 13 leave:9:agree"),
        ("财政局局长 在 财政局群 → 机器人  /bind", "say 2 -3 /bind"),
        ("区长 回复「请假」 → 机器人  好", "say 1 1 好 to 13"),
        ("区长 回复「刘洋…请假」 → 机器人  好", "say 1 1 好 to 11"),
        ("财政局局长 → 机器人  附件：稿.docx\n    会签", "file 2 2 稿.docx 会签 None"),
        ("区长 → 机器人  附件：稿.docx（21 MB）", f"file 1 1 稿.docx  {21 * 2**20}"),
        ("区长 → 机器人  /start 〔财政局局长的绑定码〕", "say 1 1 /start CODE-2"),
        ("区长 → 机器人  /start 〔常务会议的签到码〕", "say 1 1 /start DOOR-常务会议"),
        ("重启", "RESTART 0"),
        ("财政局局长 屏蔽机器人", "BLOCK 2"),
        ("财政局局长 建群 专班群", "FOUND 2 专班群"),
        ("【2026-12-02 周三 08:30】", "turn 12-02 08:30"),
    ],
)
async def test_acts_reach_the_stage(tap: str, done: str) -> None:
    stage = Cardboard(by_rote)
    assert await play(parse(TWO_LEAVES + tap), stage) == []
    assert stage.acts[-1] == done
    assert stage.closed


async def test_a_button_that_is_not_there() -> None:
    (difference,) = await play(parse(TWO_LEAVES + "区长  点「准假」", "某.txt"), Cardboard(by_rote))
    assert str(difference) == (
        "某.txt 第9行起与实际不符 【2026-12-01 周二 09:00】\n"
        "# 两份请假报告\n"
        "  【2026-12-01 周二 09:00】\n"
        "  财政局局长 → 机器人  请假\n"
        "  机器人 → 区长  刘洋：请假［同意］［不同意］\n"
        "  机器人 → 财政局局长  已报。\n"
        "  财政局局长 → 机器人  再请\n"
        "  机器人 → 区长  陈晨：请假［同意（代）］\n"
        "  机器人 → 财政局局长  已报。\n"
        "  区长  点「准假」\n"
        "  ↑ 区长那里没有带「准假」的卡片，现有 ［同意（代）］；［同意］［不同意］"
    )


async def test_an_old_button_still_alive_is_no_old_button() -> None:
    (difference,) = await play(parse(TWO_LEAVES + "区长  点旧卡「不同意」"), Cardboard(by_rote))
    assert "区长那里没有带「不同意」的旧卡片" in str(difference)


async def test_a_message_that_is_not_there_cannot_be_replied_to() -> None:
    (difference,) = await play(parse(TWO_LEAVES + "区长 回复「王五」 → 机器人  好"), Cardboard(by_rote))
    assert "区长那里没有写着「王五」的消息可以回复" in str(difference)


async def test_the_play_ends_at_the_first_difference() -> None:
    stage = Cardboard(by_rote)
    (difference,) = await play(parse(TWO_LEAVES.replace("陈晨", "赵敏") + "重启"), stage)
    assert difference.line == 6
    assert difference.minutes[-5:] == (
        "  财政局局长 → 机器人  再请",
        "- 机器人 → 区长  赵敏：请假［同意（代）］",
        "+ 机器人 → 区长  陈晨：请假［同意（代）］",
        "  ↑ 没有“赵敏：请假”",
        "  机器人 → 财政局局长  已报。",
    )
    assert stage.acts[-1] == "say 2 2 再请"
    assert stage.closed


async def test_a_failing_stage_is_closed_too() -> None:
    def broken(act: str) -> Sequence[Deed]:
        raise ZeroDivisionError(act)

    stage = Cardboard(broken)
    with pytest.raises(ZeroDivisionError):
        await play(parse(TWO_LEAVES), stage)
    assert stage.closed


async def test_show_fills_in_what_really_happened_and_keeps_what_agrees() -> None:
    asked = (
        "# 两份请假报告\n\n【2026-12-01 周二 09:00】\n财政局局长 → 机器人  请假\n"
        "机器人 → 财政局局长  已…\n# 次日\n重启\n（对区长从略）\n"
    )
    assert await show(parse(asked), Cardboard(by_rote)) == [
        "# 两份请假报告",
        "",
        "【2026-12-01 周二 09:00】",
        "财政局局长 → 机器人  请假",
        "机器人 → 区长  刘洋：请假［同意］［不同意］",
        "机器人 → 财政局局长  已…",
        "# 次日",
        "重启",
        "（对区长从略）",
    ]
    written = "\n".join(await show(parse(TWO_LEAVES), Cardboard(by_rote)))
    assert await play(parse(written), Cardboard(by_rote)) == []


async def test_what_is_shown_is_shown_again_as_it_is() -> None:
    asked = "【2026-12-01 周二 09:00】\n重启\n\n（对区长从略）\n"
    shown = await show(parse(asked), Cardboard(by_rote))
    assert shown == ["【2026-12-01 周二 09:00】", "重启", "（对区长从略）"]
    assert await show(parse("\n".join(shown)), Cardboard(by_rote)) == shown
