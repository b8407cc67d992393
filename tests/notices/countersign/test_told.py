"""What each person reads of a sheet, whole texts (art. 53, 59, 63)."""

from datetime import date

import pytest

from notices.countersign import told as notices
from notices.countersign.card import (
    asked,
    consulted_text,
    draft_buttons,
    lead_text,
    release_buttons,
    release_text,
    sign_buttons,
)
from notices.countersign.extension import extension_asked, extension_buttons, extension_decided
from notices.countersign.words import grounds, progress
from notices.message_text import TEXT_LIMIT, length
from notices.notice import Rows
from rules.countersign.answer import Opinion, Source
from rules.countersign.life import ask_extension, decide_extension
from rules.countersign.matter import Countersign, CountersignKind
from rules.periods import Periods
from rules.roster import Role, Unit, UnitKind
from tests.cast import beijing
from tests.countersign_cast import CALENDAR, WEDNESDAY, CountersignCast

PERIODS = Periods()
MIDNIGHT = beijing("2026-12-01 00:00:00")


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


def labels(rows: Rows) -> list[list[str]]:
    return [[button.label for button in row] for row in rows]


HEAD = """\
主办：住建局（经办：住建局科员 苏平章）
会签单位：财政局、人社局
"""


def test_before_it_goes_out(cast: CountersignCast) -> None:
    sheet = Countersign(
        cast.housing, cast.liaison_of(cast.housing), CountersignKind.DRAFT, "城市更新办法", WEDNESDAY
    )
    sheet.id = 12
    sheet.consult({unit: cast.head_of(unit) for unit in (cast.finance, cast.personnel)})
    sheet.urgent, sheet.not_secret, sheet.remark = True, True, "请看第三章<附表>"
    assert release_text(sheet, PERIODS) == (
        "<b>文稿《城市更新办法》会签（急件），请审核并送会签</b>\n"
        "主办：住建局（经办：住建局科员 苏平章）\n"
        "会签单位：财政局、人社局\n"
        "时限：收到后3个工作日内\n"
        "说明：请看第三章&lt;附表&gt;\n"
        "经办人已确认不涉密。"
    )
    assert labels(release_buttons(sheet)) == [["送会签", "退回修改"]]


def test_a_unit_is_told_until_when_and_how_that_was_counted(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    assert consulted_text(sheet, sheet.current[0], PERIODS) == (
        "<b>住建局文稿《城市更新办法》会签，请代拟意见，11月30日(周一)前</b>\n"
        "主办：住建局（经办：住建局科员 苏平章）\n"
        "会签单位：财政局、人社局\n"
        "期限：<b>11月30日(周一)</b>\n"
        "（3个工作日：11月25日收到不计；11月26日①、27日②、30日③ → 11月30日）\n"
        "逾期不回复的，视为无不同意见。（依据《工作规则》第六十三条）"
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (CountersignKind.TOPIC, "协调一致后，须由主要负责人在会签意见上签字。（依据《工作规则》第五十三条）"),
        (CountersignKind.REQUEST, "请示须由主要负责人签署意见。（依据《工作规则》第五十九条）"),
    ],
)
def test_a_topic_and_a_request_do_not_speak_of_silence(
    cast: CountersignCast, kind: CountersignKind, said: str
) -> None:
    sheet = cast.sheet(kind)
    text = consulted_text(sheet, sheet.current[0], PERIODS)
    assert "视为" not in text
    assert text.endswith(said)


def test_until_it_is_delivered_no_day_is_named(cast: CountersignCast) -> None:
    sheet = cast.sheet(delivered=False, limit_days=5)
    text = consulted_text(sheet, sheet.current[0], PERIODS)
    assert "期限：请于收到后5个工作日内回复（主办单位要求）" in text
    assert "12月" not in text


def test_the_head_signs_the_liaison_drafts_and_the_stand_in_is_marked(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    one, liaison = sheet.current[0], cast.liaison_of(cast.finance)
    assert labels(sign_buttons(sheet, one, one.head)) == [
        ["无不同意见", "有不同意见"],
        ["申请延期", "转交", "征求意见"],
    ]
    assert labels(draft_buttons(sheet, one)) == [["代拟无不同意见", "代拟有不同意见"], ["申请延期"]]
    draft = sheet.draft(liaison, one, Opinion.NO_OBJECTION, WEDNESDAY, liaisons=[liaison])
    draft.id = 5
    deputy = cast.one(cast.finance, Role.DEPUTY_HEAD)
    assert labels(sign_buttons(sheet, one, deputy)) == [
        ["签字同意：无不同意见（代）"],
        ["无不同意见（代）", "有不同意见（代）"],
        ["申请延期", "转交", "征求意见"],
    ]
    card = asked(sheet, one, deputy, PERIODS, signs=True)
    assert card.text.startswith(
        "<b>住建局文稿《城市更新办法》会签，请您代财政局局长签署，11月30日(周一)前</b>\n"
        "主办：住建局（经办：住建局科员 苏平章）"
    )
    assert card.text.endswith("拟办意见：财政局办公室主任 褚秋收于11月25日 09:00拟无不同意见")
    assert (card.card, card.receipt) == (f"countersign:12:31:sign:{deputy.id}", "countersign:31")


def test_a_group_reads_title_lead_unit_and_deadline_only(cast: CountersignCast) -> None:
    sheet = cast.sheet(delivered=False)
    sheet.remark = "不给群里看"
    told = notices.group(sheet, sheet.current[0], PERIODS)
    assert [(notice.to, str(notice.text)) for notice in told] == [
        (
            cast.finance.group_chat_id,
            (
                "<b>住建局文稿《城市更新办法》会签，请答复</b>\n"
                "请于收到后3个工作日内回复，已送主要负责人和联络员办理。"
            ),
        )
    ]


def test_the_lead_unit_follows_how_far_it_has_got(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    first, second = sheet.current
    assert progress(sheet) == "答复 0/2，到期 11月30日(周一)"
    sheet.sign(
        cast.head_of(cast.finance),
        first,
        Opinion.OBJECTION,
        WEDNESDAY,
        seat=cast.seat(cast.finance),
        text="第八条资金来源未明确",
    )
    sheet.lapse(second, MIDNIGHT)
    assert lead_text(sheet, PERIODS) == (
        "<b>文稿《城市更新办法》会签，已答复2/2，请答复不同意见</b>\n"
        "送出：住建局局长 章问道，11月25日 09:00\n"
        "进度：答复 2/2，不同意见 1\n"
        "· 财政局：有不同意见（财政局局长 冯寒来）\n"
        "  第八条资金来源未明确\n"
        "· 人社局：视为无不同意见\n"
        "还不能办结：财政局的不同意见尚未答复。"
    )


def test_sixty_units_fit_on_one_card(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    for number in range(60):
        unit = Unit(f"某某街道第{number}办", "", UnitKind.TOWN)
        unit.id = 100 + number
        sheet.consultations += [type(sheet.current[0])(unit, 1, None, waiting=True)]
    text = lead_text(sheet, PERIODS)
    assert length(text) < TEXT_LIMIT
    assert "待答复：财政局、人社局、某某街道第0办" in text
    assert "等62个单位" in text
    assert "等62个单位" in consulted_text(sheet, sheet.current[0], PERIODS)


def test_a_plain_consent_shows_on_the_card_only_until_all_are_in(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    first, second = sheet.current
    lead = cast.liaison_of(cast.housing)
    given = sheet.sign(
        cast.head_of(cast.finance), first, Opinion.NO_OBJECTION, WEDNESDAY, seat=cast.seat(cast.finance)
    )
    assert notices.answered(sheet, first, given, PERIODS, [lead]) == []
    given = sheet.sign(
        cast.head_of(cast.personnel), second, Opinion.NO_OBJECTION, WEDNESDAY, seat=cast.seat(cast.personnel)
    )
    (told,) = notices.answered(sheet, second, given, PERIODS, [lead])
    assert told.to is lead
    assert told.text.startswith(
        "<b>文稿《城市更新办法》会签，已答复2/2，请办结</b>\n"
        "<i><b>各单位已全部答复</b></i>\n"
        "送出：住建局局长 章问道，11月25日 09:00"
    )


def test_a_late_opinion_is_told_as_what_it_is(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    one = sheet.current[0]
    given = sheet.sign(
        cast.head_of(cast.finance), one, Opinion.NO_OBJECTION, MIDNIGHT, seat=cast.seat(cast.finance)
    )
    (told,) = notices.answered(sheet, one, given, PERIODS, [cast.liaison_of(cast.housing)])
    assert told.text == (
        "<b>财政局对文稿《城市更新办法》会签逾期提出意见，可以重开</b>\n"
        "意见：财政局局长 冯寒来于12月1日 00:00签署无不同意见\n"
        "进度：答复 1/2，到期 11月30日(周一)\n"
        "该单位已视为无不同意见，不因此改变；要采纳的，可以重开。（依据《工作规则》第六十三条）"
    )
    assert told.card == "countersign:12:31:late"


def test_what_the_office_recorded_says_so(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    one = sheet.current[0]
    given = sheet.record(
        cast.clerk,
        one,
        Opinion.NO_OBJECTION,
        WEDNESDAY,
        source=Source.PAPER,
        source_note="财函〔2026〕8号",
        given_on=date(2026, 11, 25),
    )
    (told,) = notices.recorded(sheet, one, given, [cast.head_of(cast.finance)])
    assert told.text == (
        "<b>住建局文稿《城市更新办法》会签，办公室代录财政局：无不同意见</b>\n"
        "来源：书面，财函〔2026〕8号\n"
        "如有出入，请尽快告区政府办公室。"
    )
    assert consulted_text(sheet, one, PERIODS).endswith(
        "答复：办公室代录（书面，财函〔2026〕8号）11月25日答复无不同意见，"
        "区政府办公室科员 王列张于11月25日 09:00录入"
    )


def test_more_time_is_asked_and_answered(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    one, liaison = sheet.current[0], cast.liaison_of(cast.finance)
    extension = ask_extension(
        sheet,
        liaison,
        one,
        date(2026, 12, 4),
        "须报局党组会研究",
        WEDNESDAY,
        seat=cast.seat(cast.finance),
        liaisons=[liaison],
        calendar=CALENDAR,
    )
    extension.id = 3
    (told,) = extension_asked(sheet, one, extension, [cast.head_of(cast.housing)])
    assert told.text == (
        "<b>财政局文稿《城市更新办法》会签申请延期，请答复</b>\n"
        "延至：12月4日（周五）（现期限：11月30日(周一)）\n"
        "理由：须报局党组会研究\n"
        "申请人：财政局办公室主任 褚秋收\n"
        "未答复前按原期限计。（依据《工作规则》第六十三条）"
    )
    assert labels(told.buttons) == [["同意延期", "不同意延期"], ["征求意见"]]
    decide_extension(
        sheet,
        cast.head_of(cast.housing),
        one,
        3,
        WEDNESDAY,
        agree=True,
        seat=cast.seat(cast.housing),
        calendar=CALENDAR,
    )
    assert extension_buttons(sheet, one, extension) == ()
    (told,) = extension_decided(sheet, one, extension, [liaison])
    assert told.text == (
        "<b>住建局文稿《城市更新办法》会签，同意延期，请于12月4日(周五)前答复</b>\n"
        "（依据《工作规则》第六十三条）"
    )


@pytest.mark.parametrize(
    ("kind", "asked", "said"),
    [
        (CountersignKind.DRAFT, "财政局", ["逾期不回复的，视为无不同意见。（依据《工作规则》第六十三条）"]),
        (
            CountersignKind.DRAFT,
            "财政局 司法局",
            ["其他单位逾期不回复的，视为无不同意见。（依据《工作规则》第六十三条）"],
        ),
        (CountersignKind.DRAFT, "司法局", []),
        (
            CountersignKind.TOPIC,
            "财政局 司法局",
            ["协调一致后，须由主要负责人在会签意见上签字。（依据《工作规则》第五十三条）"],
        ),
    ],
)
def test_what_silence_means_never_speaks_of_the_legal_reviewer(
    kind: CountersignKind, asked: str, said: list[str]
) -> None:
    cast = CountersignCast()
    sheet = cast.sheet(kind)
    sheet.reviewer = cast.law
    units = {unit.name: unit for unit in (cast.finance, cast.law)}
    assert grounds(sheet, [units[name] for name in asked.split()]) == said
