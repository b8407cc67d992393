"""What is read where a sheet stands still after the answers, whole texts (art. 53, 59, 61, 63)."""

import pytest

from notices.countersign.stall import nudge, stalled, told
from rules.countersign.answer import Opinion
from rules.countersign.matter import Countersign
from rules.countersign.stall import pending
from rules.periods import Periods
from tests.cast import beijing
from tests.countersign_cast import WEDNESDAY, CountersignCast


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


def answered(cast: CountersignCast, *opinions: Opinion) -> Countersign:
    """财政局 and 人社局 have said this, at 10:00."""
    sheet, ten = cast.sheet(), beijing("2026-11-25 10:00")
    for one, opinion in zip(sheet.current, opinions, strict=True):
        text = "资金<来源>未明确" if opinion is Opinion.OBJECTION else ""
        sheet.sign(cast.head_of(one.unit), one, opinion, ten, seat=cast.seat(one.unit), text=text)
    return sheet


def test_one_thing_comes_with_its_card(cast: CountersignCast) -> None:
    sheet = answered(cast, Opinion.OBJECTION, Opinion.NO_OBJECTION)
    (card,) = nudge(sheet, pending(sheet), cast.head_of(cast.housing), None, Periods())
    assert card.text == (
        "<b>财政局对文稿《城市更新办法》会签有不同意见，请答复</b>\n"
        "<i>这份会签已等候一个工作日：请答复财政局的不同意见。（依据《工作规则》第六十三条）</i>\n"
        "意见：财政局局长 冯寒来于11月25日 10:00签署有不同意见\n"
        "资金&lt;来源&gt;未明确\n"
        "进度：答复 2/2，不同意见 1"
    )
    assert [button.label for button in card.buttons[0]] == ["采纳", "部分采纳", "不采纳"]
    assert card.card == "countersign:12:31:objection"


def test_several_come_as_a_list_for_who_acts(cast: CountersignCast) -> None:
    sheet = answered(cast, Opinion.OBJECTION, Opinion.OBJECTION)
    sheet.urgent = True
    (notice,) = nudge(sheet, pending(sheet), cast.clerk, cast.head_of(cast.housing), Periods())
    assert notice.text == (
        "<b>住建局文稿《城市更新办法》会签（急件），请您办理2项</b>\n"
        "这份急件已等候半个工作日，请您（代住建局局长 章问道）办理：\n"
        "· 答复财政局的不同意见\n"
        "· 答复人社局的不同意见\n"
        "点「待办」逐项办理。（依据《工作规则》第六十一条）"
    )
    assert [button.label for row in notice.buttons for button in row] == ["待办"]


def test_what_is_all_in_is_to_be_closed(cast: CountersignCast) -> None:
    sheet = answered(cast, Opinion.NO_OBJECTION, Opinion.NO_OBJECTION)
    (card,) = nudge(sheet, pending(sheet), cast.head_of(cast.housing), None, Periods())
    assert card.text.split("\n")[0] == ("<b>文稿《城市更新办法》会签，已答复2/2，请办结</b>")


def test_the_second_day_the_office_has_the_phone_number_and_the_liaison_has_not(
    cast: CountersignCast,
) -> None:
    sheet = answered(cast, Opinion.OBJECTION, Opinion.NO_OBJECTION)
    head, liaison = cast.head_of(cast.housing), cast.liaison_of(cast.housing)
    head.phone = "13800000040"
    notices = told(sheet, [(pending(sheet)[0], head, None)], [liaison], [cast.clerk])
    assert [(notice.to, notice.text) for notice in notices] == [
        (
            liaison,
            (
                "<b>住建局文稿《城市更新办法》会签，久未办理，请跟进</b>\n"
                "主办：住建局（经办：住建局科员 苏平章）\n"
                "· 待住建局局长 章问道答复财政局的不同意见\n"
                "已提醒过，至今两个工作日未办。已告区政府办公室，请跟进。（依据《工作规则》第六十三条）"
            ),
        ),
        (
            cast.clerk,
            (
                "<b>住建局文稿《城市更新办法》会签，久未办理，请协助提醒</b>\n"
                "主办：住建局（经办：住建局科员 苏平章）\n"
                "· 待住建局局长 章问道答复财政局的不同意见，电话13800000040\n"
                "已提醒过，至今两个工作日未办。请协助提醒。（依据《工作规则》第六十三条）"
            ),
        ),
    ]


def test_the_morning_card_names_who_and_since_when_a_vacant_post_as_such(cast: CountersignCast) -> None:
    sheet = answered(cast, Opinion.NO_OBJECTION, Opinion.NO_OBJECTION)
    one = pending(sheet)[0]
    deputy, head = cast.roster.of(cast.housing)[1], cast.head_of(cast.housing)
    section = stalled([(sheet, (one, deputy, head), WEDNESDAY), (sheet, (one, None, None), WEDNESDAY)])
    assert section.heading == "会签停滞2件"
    assert section.lines == [
        (
            "文稿《城市更新办法》会签：待住建局副局长 云垂拱（代住建局局长 章问道）办结，"
            "自11月25日 09:00，电话13800000012"
        ),
        "文稿《城市更新办法》会签：待住建局主要负责人（空缺）办结，自11月25日 09:00",
    ]
