"""What the clock of 会签 says: nudges with the rule in full, silence, signatures that are missing."""

from datetime import date

import pytest

from notices.countersign import clock as countersign_clock
from notices.countersign import delivery as countersign_delivery
from notices.countersign import overdue
from notices.countersign.clock import FIFTY_NINE, FIFTY_THREE, SIXTY_THREE
from notices.notice import Notice
from rules.countersign.clock import Nudge
from rules.countersign.consultation import Consultation
from rules.countersign.due import due_after, due_on
from rules.countersign.kinds import CountersignKind
from rules.countersign.matter import Countersign
from rules.hours import OfficeHours
from rules.periods import Periods
from rules.roster import Official
from tests.cast import beijing
from tests.countersign_cast import CALENDAR, CountersignCast

PERIODS = Periods()
MONDAY = beijing("2026-11-23 10:00")


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


def _sheet(
    cast: CountersignCast, kind: CountersignKind = CountersignKind.DRAFT
) -> tuple[Countersign, Consultation, list[Official]]:
    sheet = cast.sheet(kind, now=MONDAY)
    return sheet, sheet.current[0], [cast.head_of(cast.finance), cast.liaison_of(cast.finance)]


def _above(notice: Notice) -> str:
    """What is pressing, below the card's first line."""
    return notice.text.split("\n")[1]


def _nudge(cast: CountersignCast, kind: CountersignKind, what: Nudge) -> list[str]:
    sheet, one, people = _sheet(cast, kind)
    return [
        _above(n) for n in countersign_clock.nudge(sheet, one, what, people, PERIODS, CALENDAR, OfficeHours())
    ]


def test_the_first_two_nudges_are_short(cast: CountersignCast) -> None:
    assert _nudge(cast, CountersignKind.DRAFT, Nudge.DAY_BEFORE) == [
        "<i>催办：财政局尚未答复，期限11月26日(周四)。</i>",
        "<i>催办：财政局尚未答复，期限11月26日(周四)。</i>",
    ]
    assert _nudge(cast, CountersignKind.DRAFT, Nudge.MORNING)[0] == (
        "<i>催办：今天是最后一天（11月26日(周四)），财政局尚未答复。</i>"
    )


@pytest.mark.parametrize(
    ("kind", "article", "quoted", "after"),
    [
        (CountersignKind.DRAFT, "六十三", SIXTY_THREE, ""),
        (CountersignKind.TOPIC, "五十三", FIFTY_THREE, "此件不因逾期视为同意。"),
        (CountersignKind.REQUEST, "五十九", FIFTY_NINE, "此件不因逾期视为同意。"),
    ],
)
def test_the_last_nudge_begins_with_the_matter_and_quotes_its_article(
    cast: CountersignCast, kind: CountersignKind, article: str, quoted: str, after: str
) -> None:
    sheet, one, people = _sheet(cast, kind)
    told, _ = countersign_clock.nudge(sheet, one, Nudge.LAST, people, PERIODS, CALENDAR, OfficeHours())
    lines = told.text.split("\n")
    assert lines[:2] == [
        f"<b>住建局{kind}《城市更新办法》会签，请您签署，11月26日(周四)前</b>",
        f"<i>最后一次催办：今天是最后一天（11月26日(周四)），财政局尚未答复。{after}</i>",
    ]
    assert lines[-1] == f"<blockquote expandable>《工作规则》第{article}条：“{quoted}”</blockquote>"


def test_article_63_stands_in_full() -> None:
    assert SIXTY_THREE == (
        "文稿内容涉及其他部门职权范围的事项，主办部门应当主动与有关部门协商会签，协办部门要积极配合，"
        "除主办部门另有时限要求外，一般3个工作日内回复意见，特殊情况不能回复的，应主动与主办部门沟通并商定回复时限及方式，"
        "逾期不回复的视为无不同意见。"
    )


def test_before_a_rest_day_it_is_the_last_working_day(cast: CountersignCast) -> None:
    sheet, one, people = _sheet(cast)
    one.put_due(due_on(date(2026, 11, 28), CALENDAR))
    (told,) = countersign_clock.nudge(sheet, one, Nudge.MORNING, people[:1], PERIODS, CALENDAR, OfficeHours())
    assert _above(told) == ("<i>催办：期限11月28日(周六)是休息日，今天是最后一个工作日，财政局尚未答复。</i>")


@pytest.mark.parametrize(
    ("until", "what", "said"),
    [
        ("2026-11-26 14:30", Nudge.MORNING, "催办：今天是最后一天（11月26日 14:30），财政局尚未答复。"),
        ("2026-11-26 14:30", Nudge.HOUR, "最后一次催办：主办单位要求11月26日 14:30前回复，财政局尚未答复。"),
        (
            "2026-11-26 08:00",
            Nudge.MORNING,
            "催办：期限11月26日 08:00在上班之前，今天是最后一个工作日，财政局尚未答复。",
        ),
        (
            "2026-11-23 17:30",
            Nudge.MORNING,
            "催办：要求的11月23日 17:30已过，今天是最后一天（11月24日24:00后即为逾期），财政局尚未答复。",
        ),
    ],
)
def test_an_hour_of_the_lead_unit_is_named_as_it_was_set(
    cast: CountersignCast, until: str, what: Nudge, said: str
) -> None:
    sheet, one, people = _sheet(cast)
    sheet.limit_until = beijing(until)
    one.put_due(due_after(MONDAY, sheet.limit, CALENDAR, PERIODS))
    hours = OfficeHours()
    (told,) = countersign_clock.nudge(sheet, one, what, people[:1], PERIODS, CALENDAR, hours)
    assert _above(told).startswith(f"<i>{said}")


def test_silence_is_told_with_its_proof(cast: CountersignCast) -> None:
    sheet, one, people = _sheet(cast)
    assert sheet.lapse(one, beijing("2026-11-27 00:00"))
    head = cast.head_of(cast.housing)
    (lead,) = countersign_clock.period_over(sheet, [one], [], [head], PERIODS)
    assert lead.text.startswith(
        "<b>文稿《城市更新办法》会签，已答复1/2</b>\n<i>逾期未回复，依第六十三条视为无不同意见：</i>\n"
        "<i>· 财政局：11月23日 10:00送达财政局局长 冯寒来，期限11月26日(周四)</i>\n"
    )
    (unit,) = countersign_clock.deemed_to_unit(sheet, one, people[:1], PERIODS)
    assert _above(unit) == (
        "<i>逾期未回复（11月23日 10:00送达财政局局长 冯寒来，期限11月26日(周四)），"
        "依第六十三条视为无不同意见。如有意见仍可提交，作为逾期意见转主办单位，由其决定是否重开。</i>"
    )


def test_late_signatures_are_one_list_with_phones_for_who_is_in_charge(cast: CountersignCast) -> None:
    sheet, one, people = _sheet(cast, CountersignKind.TOPIC)
    assert [notice.to for notice in countersign_clock.overdue(sheet, one, people, PERIODS)] == people
    told = overdue.overdue([(sheet, one), (sheet, one)], cast.vice)
    assert told.text == (
        "<b>分管单位会签逾期未签2件，请您督促</b>\n"
        + "· 财政局：议题《城市更新办法》会签，期限11月26日(周四)，待财政局局长 冯寒来签字 13800000007\n" * 2
        + "（依据《工作规则》第五十三条）"
    )
    assert [button.label for row in told.buttons for button in row] == ["催办全部"]


def test_a_unit_not_reached_is_the_offices_and_phones_are_its_alone(cast: CountersignCast) -> None:
    sheet = cast.sheet(now=MONDAY, delivered=False)
    one, people, lead = sheet.current[0], [cast.head_of(cast.finance)], [cast.head_of(cast.housing)]
    *office, own = countersign_delivery.unreachable(sheet, one, people, lead, cast.roster)
    assert [notice.to for notice in office] == cast.roster.desk
    desk = office[0]
    assert desk.text == (
        "<b>财政局未收到文稿《城市更新办法》会签，请电话联系</b>\n"
        "无人可送达，答复期限没有起算。（依据《工作规则》第六十三条）\n"
        "请电话联系：财政局局长 冯寒来 13800000007\n"
        "或送纸质件，送到后点下面的按钮登记，期限从登记的送达时间起算。"
    )
    assert [button.label for row in desk.buttons for button in row] == ["已送纸质"]
    assert own.text == (
        "<b>文稿《城市更新办法》会签，财政局暂时无人可送达</b>\n"
        "期限没有起算，已请区政府办公室联系或送纸质件。"
    )
    cast.deliver(sheet, one, MONDAY)
    assert countersign_delivery.unreachable_buttons(sheet, one) == ()


def test_an_end_that_moved_is_told_with_the_reason(cast: CountersignCast) -> None:
    sheet, one, people = _sheet(cast)
    one.put_due(due_on(date(2026, 11, 27), CALENDAR))
    (told,) = countersign_clock.put_off(sheet, one, "某时机器人未能收取消息", people[:1], people[:1])
    assert told.text == (
        "<b>住建局文稿《城市更新办法》会签，期限有变</b>\n"
        "某时机器人未能收取消息，财政局的答复期限顺延至<b>11月27日(周五)</b>。\n"
        "（经主办单位同意，延期至11月27日(周五)）"
    )
