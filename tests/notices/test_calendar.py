"""What whoever runs the bot is told of the calendar, as whole texts."""

from notices.calendar import entered, preview, year_missing
from rules.holiday_change import change
from rules.holiday_notice import read_arrangement
from rules.roster import Official, Role, Unit, UnitKind
from rules.working_days import Calendar

OFFICE = Unit("区政府办公室", "千文区人民政府办公室", UnitKind.OFFICE)
CLERK = Official("褚秋收", OFFICE, "秘书科科长", Role.OFFICE_STAFF, telegram_id=1)
PART = read_arrangement(
    "国务院办公厅关于2027年部分节假日安排的通知\n国办发明电〔2026〕9号\n"
    "一、元旦：1月1日（周五）至3日（周日）放假，共3天。1月9日（周六）上班。"
)


def test_the_reminder_says_what_to_do() -> None:
    [told] = year_missing(2027, 2026, [CLERK])
    assert str(told.text) == (
        "📅 <b>2027年放假安排尚未录入</b>\n"
        "跨入2027年的期限、今年12月25日至31日的期限，目前都标“暂定”。\n"
        "国务院办公厅通知公布后，把通知全文复制、粘贴到这里发出即可；核对无误点「提交」才录入。"
    )
    assert [[button.label for button in row] for row in told.buttons] == [["录入放假安排"]]
    [late] = year_missing(2027, 2027, [CLERK])
    assert str(late.text) == (
        "📅 <b>2027年放假安排尚未录入</b>\n"
        "今年的期限目前都标“暂定”，调休、补班没有算进去。请尽快录入：\n"
        "把通知全文复制、粘贴到这里发出即可；核对无误点「提交」才录入。"
    )


def test_the_card_lists_every_festival_and_what_is_missing() -> None:
    assert str(preview(PART, change(Calendar(), PART))) == (
        "<b>2027年</b>\n"
        "元旦：1月1日至1月3日放假，1月9日上班\n"
        "⚠️ 没有春节、清明节、端午节、中秋节、国庆节的安排，2027年仍按暂定计算。\n"
        "与现在所用的相比，1天不同；提交后，随之变动的期限逐项告知本人。"
    )


def test_what_moved_is_named_up_to_ten() -> None:
    made = change(Calendar(), PART)
    said = str(entered(PART, made, [f"第{at}件" for at in range(1, 13)])).splitlines()
    assert said[0] == "2027年放假安排已录入（国办发明电〔2026〕9号），1天与此前不同。"
    assert said[2] == "随之改动的有12项，已告知本人："
    assert said[-2:] == ["第10件", "另有2项。"]
    assert str(entered(PART, made, [])).endswith("没有事项随之改动。")
