"""今日要办 on plain data: what is shown, in which order, what is folded, who is on it."""

from datetime import date

from markupsafe import Markup

from notices.board_morning import Section
from notices.today import MOST, Known, key, lines, over, page, rest
from rules.working_days import Calendar
from tests.cast import Cast, beijing

TODAY, BEFORE = date(2026, 11, 26), date(2026, 11, 25)
CAST = Cast()
SECTIONS = [
    Section("外出1人", [Markup("孙宇宙")]),
    Section("会签逾期未签2件", [Markup("甲"), Markup("乙")], ["countersign:1", "countersign:2"]),
    Section(
        "今天和下一个工作日的会议2场",
        [Markup("10:00 会"), Markup("9:00 会")],
        ["meeting:1", "meeting:2"],
        [beijing("2026-11-26 10:00"), beijing("2026-11-26 09:00")],
    ),
]


def _text(known: dict[str, Known]) -> tuple[str, list[str]]:
    text, rows = page(lines(SECTIONS, known, TODAY), SECTIONS, TODAY, Calendar())
    return str(text), [f"{button.label}={button.data}" for row in rows for button in row]


def test_first_what_has_an_hour_then_what_is_new_and_who_is_away_last() -> None:
    text, buttons = _text({})
    assert text == (
        "<b>今日要办 · 11月26日（周四）</b>\n"
        "<b>今天和下一个工作日的会议2场</b>\n1. 9:00 会\n2. 10:00 会\n"
        "<b>会签逾期未签2件</b>\n3. 甲\n4. 乙\n"
        "<b>外出1人</b>\n孙宇宙"
    )
    assert buttons == [
        "1=today:meeting:2",
        "2=today:meeting:1",
        "3=today:countersign:1",
        "4=today:countersign:2",
        "在岗=menu:board",
    ]


def test_what_stood_there_yesterday_is_folded_unless_it_is_due_or_somebody_is_on_it() -> None:
    old = {
        key("会签逾期未签1件", "countersign:1"): Known(BEFORE),
        key("会签逾期未签1件", "countersign:2"): Known(BEFORE, CAST.clerk),
        key("今天和下一个工作日的会议1场", "meeting:1"): Known(BEFORE),
    }
    text, buttons = _text(old)
    assert "3. 乙（王列张在办）" in text
    assert "甲" not in text
    assert buttons[-2:] == ["另有1件同昨天=today:rest", "在岗=menu:board"]
    folded = [one for one in lines(SECTIONS, old, TODAY) if one.folded]
    assert rest(CAST.clerk, folded).text == "<b>同昨天的1件</b>\n<b>会签逾期未签2件</b>\n1. 甲"


def test_the_card_is_one_screen_however_much_there_is() -> None:
    many = [Section(f"会签停滞{n}件", [Markup("子")], [f"countersign:{n}"]) for n in range(50)]
    shown = [one for one in lines(many, {}, TODAY) if not one.folded]
    assert len(shown) == MOST
    _, rows = page(lines(many, {}, TODAY), many, TODAY, Calendar())
    assert rows[-1][0].label == f"另有{50 - MOST}件同昨天"
    assert over("today:20261125") == "今日要办 · 11月25日（已过，请看最新一张）"
