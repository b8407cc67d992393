"""The minutes to set beside another version's: whole, and the same whatever order things arrive in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.rehearsal.difference import Deed, Key
from bot.rehearsal.minutes import in_order
from bot.rehearsal.scene import Kind

NOON = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
NAMES = {1: "区长", 2: "常务副区长", 3: "财政局局长"}


def called(chats: Sequence[int]) -> str:
    """These people's names, in the order given."""
    return "、".join(NAMES[chat] for chat in chats)


def deed(chat: int, text: str, kind: Kind = Kind.MESSAGE, at: datetime = NOON, buttons: int = 0) -> Deed:
    """The bot did this, with so many buttons in rows of ten."""
    keys = [Key(str(n)) for n in range(1, buttons + 1)]
    rows = tuple(tuple(keys[n : n + 10]) for n in range(0, buttons, 10))
    return Deed(at, kind, chat, text, rows)


DONE = (
    deed(1, "请审批。"),
    deed(1, "请再审批。"),
    deed(2, "请审批。"),
    deed(2, "已送审。", Kind.TOAST),
    deed(3, "已送审。", Kind.EDIT),
    deed(3, "请审批。"),
)


def test_what_is_said_alike_is_written_once_and_everything_is_written() -> None:
    assert in_order(DONE, called) == {
        "【2026-12-01 周二 12:00】": [
            "机器人 → 区长、常务副区长、财政局局长  请审批。",
            "机器人 改卡 → 财政局局长  已送审。",
            "机器人 提示 常务副区长  「已送审。」",
            "机器人 → 区长  请再审批。",
        ]
    }


@given(st.permutations(range(len(DONE))))
def test_between_people_the_order_of_arrival_leaves_no_trace(places: list[int]) -> None:
    arrived = [DONE[place] for place in places]
    row = [one for one in arrived if one.chat == 1]
    if row != list(DONE[:2]):  # towards one person the order counts
        assert in_order(arrived, called) != in_order(DONE, called)
    else:
        assert in_order(arrived, called) == in_order(DONE, called)


def test_a_long_keyboard_is_written_out_and_each_minute_stands_by_itself() -> None:
    month = deed(1, "哪一天？", buttons=21)
    assert in_order((month, deed(1, "到期。", at=NOON + timedelta(minutes=1))), called) == {
        "【2026-12-01 周二 12:00】": [
            "机器人 → 区长  哪一天？",
            "    ［1］［2］［3］［4］［5］［6］［7］［8］［9］［10］",
            "    ［11］［12］［13］［14］［15］［16］［17］［18］［19］［20］",
            "    ［21］",
        ],
        "【2026-12-01 周二 12:01】": ["机器人 → 区长  到期。"],
    }
