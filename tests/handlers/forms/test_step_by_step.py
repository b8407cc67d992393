"""A form filled with buttons: each question as the phone shows it."""

from datetime import date

from handlers.forms.kinds import FORMS, Form
from rules.dates.reading import Half, HalfDaySpan
from rules.fields import Choice
from rules.forms import Values
from rules.refused import Refused
from rules.roster import Official
from storage.unit_of_work import UnitOfWork
from tests.handlers.forms.handset import SUBMITTED, Handset


async def test_a_leave_report_from_the_first_question_to_the_card(phone: Handset) -> None:
    await phone.write("请假")
    assert await phone.last() == "请假报告\n请什么假？\n[出差][学习][就医]\n[取消]"
    await phone.tap("出差")
    assert await phone.last() == (
        "请假报告\n类别：出差\n\n从哪一天起？\n也可直接写，例：12月1日至12月3日\n"
        "[·][2026年11月][›]\n[一][二][三][四][五][六][日]\n"
        "[[23]][24][25][26][27][28休][29休]\n[30][·][·][·][·][·][·]\n[‹ 上一步][取消]"
    )
    await phone.tap("›")
    await phone.tap("1")
    assert await phone.last() == (
        "请假报告\n类别：出差\n\n从12月1日（周二）到哪一天？\n按全天计；有半天的，填完在卡片上点「改时间」。\n"
        "[·][2026年12月][›]\n[一][二][三][四][五][六][日]\n[·][✓1][2][3][4][5休][6休]\n"
        "[7][8][9][10][11][12休][13休]\n[14][15][16][17][18][19休][20休]\n[21][22][23][24][25][26休][27休]\n"
        "[28][29][30][31][·][·][·]\n[‹ 上一步][取消]"
    )
    await phone.tap("3")
    assert (await phone.last()).endswith(
        "时间：12月1日（周二）至12月3日（周四），共3天\n\n去哪里？\n50字以内，例：济南\n[‹ 上一步][取消]"
    )
    await phone.tap("‹ 上一步")
    await phone.tap("1日下午起")
    await phone.write("济南")
    await phone.write("参加会议\n汇报工作")
    assert await phone.last() == (
        "请假报告\n类别：出差\n时间：12月1日（周二）下午至12月3日（周四），共2.5天\n地点：济南\n"
        "事由：\n参加会议\n汇报工作\n\n外出期间谁主持工作？\n输入几个字可以缩小范围。\n"
        "[钱玄黄 常务副区长]\n[李收(财政局)]\n[张昆 财政局办公室主任]\n[孔集 人社局局长]\n"
        "[李收(人社局)]\n[‹ 上一步][取消]"
    )
    await phone.tap("李收(财政局)")
    assert (await phone.last()).endswith(
        "主持：财政局副局长 李收\n\n请填写电话。\n例：13800000001\n[用 13800000003]\n[跳过][‹ 上一步][取消]"
    )
    await phone.tap("用 13800000003")
    card = (
        "请假报告\n类别：出差\n时间：12月1日（周二）下午至12月3日（周四），共2.5天\n地点：济南\n"
        "事由：\n参加会议\n汇报工作\n主持：财政局副局长 李收\n电话：13800000003\n\n"
    )
    assert await phone.last() == (
        f"{card}审批：钱玄黄\n请核对，无误请提交。\n"
        "[改类别][改时间][改地点][改事由]\n[改主持][改电话]\n[提交][修改][取消]"
    )
    assert await phone.tap("提交") == ""
    assert await phone.last() == f"{card}✅ 已提交。"
    values = SUBMITTED[0]
    assert values["span"] == HalfDaySpan(date(2026, 12, 1), Half.PM, date(2026, 12, 3), Half.PM)
    assert values["acting"].id == 3
    assert [values[key] for key in ("kind", "place", "phone")] == ["出差", "济南", "13800000003"]


async def test_festivals_and_make_up_days_are_marked_in_the_calendar(phone: Handset) -> None:
    phone.clock.now = phone.clock.now.replace(year=2026, month=9, day=30)
    await phone.write("请假")
    await phone.tap("出差")
    assert "[[30]]" in await phone.last()
    await phone.tap("›")
    assert await phone.last() == (
        "请假报告\n类别：出差\n\n从哪一天起？\n也可直接写，例：12月1日至12月3日\n"
        "[‹][2026年10月][›]\n[一][二][三][四][五][六][日]\n[·][·][·][1休][2休][3休][4休]\n"
        "[5休][6休][7休][8][9][10班][11休]\n[12][13][14][15][16][17休][18休]\n"
        "[19][20][21][22][23][24休][25休]\n[26][27][28][29][30][31休][·]\n[‹ 上一步][取消]"
    )


async def test_one_field_is_changed_alone(phone: Handset) -> None:
    await phone.write("请假\n类别：出差\n时间：12月1日\n地点：济南\n事由：开会\n主持：孔集")
    await phone.tap("修改")
    assert (await phone.last()).endswith(
        "要改哪一项？\n也可直接写，例：时间：12月1日至12月3日\n[类别][时间][地点]\n[事由][主持][电话]\n[不改]"
    )
    await phone.tap("地点")
    assert (await phone.last()).endswith("去哪里？\n50字以内，例：济南\n[不改][取消]")
    await phone.tap("不改")
    assert "地点：济南" in await phone.last()
    await phone.tap("改时间")
    assert "[✓1]" in await phone.last()
    await phone.tap("2")
    await phone.tap("✓2")
    await phone.tap("改时间")
    assert "[✓ 全天][下午][上午]" in await phone.last()
    await phone.tap("上午")
    assert "时间：12月2日（周三）上午，共0.5天" in await phone.last()
    assert "[提交][修改][取消]" in await phone.last()


async def test_a_wrong_try_at_a_change_can_be_taken_back(phone: Handset) -> None:
    await phone.write("请假\n类别：出差\n时间：12月1日\n地点：济南\n事由：开会\n主持：孔集")
    await phone.write("时间：2月30日")
    shown = await phone.last()
    assert "❌ 时间：2月30日 — 没有这一天，例：12月1日至12月3日" in shown
    await phone.tap("不改")
    assert "时间：12月1日（周二），共1天" in await phone.last()
    assert "[提交]" in await phone.last()


async def test_what_the_fields_do_not_allow_together_is_said_beside_its_line(phone: Handset) -> None:
    await phone.write("请假\n类别：出差\n时间：12月1日\n地点：月球\n事由：开会\n主持：孔集")
    assert await phone.last() == (
        "请假报告\n类别：出差\n时间：12月1日（周二），共1天\n地点：月球\n"
        "❌ 太远了（依据《工作规则》第七十七条）\n事由：开会\n主持：人社局局长 孔集\n"
        "电话：13800000003（默认）\n\n请改好上面的问题再提交。\n[改地点]\n[修改][取消]"
    )
    await phone.tap("改地点")
    await phone.write("青岛")
    assert "[提交][修改][取消]" in await phone.last()


async def test_units_are_toggled_filtered_and_counted(phone: Handset) -> None:
    await phone.write("会签")
    await phone.write("城市更新管理办法")
    assert await phone.last() == (
        "会签单\n标题：城市更新管理办法\n\n请哪些单位会签？\n输入几个字可以缩小范围。最多3个单位。\n"
        "[区政府][财政局]\n[人社局][住建局]\n[水务局]\n[‹ 上一步][取消]"
    )
    await phone.write("水")
    assert (await phone.last()).endswith("正在找“水”。最多3个单位。\n[水务局]\n[显示全部]\n[‹ 上一步][取消]")
    await phone.tap("水务局")
    await phone.tap("显示全部")
    await phone.tap("财政局")
    await phone.tap("人社局")
    assert (await phone.last()).endswith(
        "单位：水务局、财政局、人社局\n\n请哪些单位会签？\n输入几个字可以缩小范围。最多3个单位。\n"
        "[区政府][✓ 财政局]\n[✓ 人社局][住建局]\n[✓ 水务局]\n[选好了（3）]\n[‹ 上一步][取消]"
    )
    assert await phone.tap("住建局") == "最多3个单位"
    await phone.tap("✓ 水务局")
    await phone.tap("选好了（2）")
    assert "单位：财政局、人社局\n\n几个工作日内答复？" in await phone.last()


async def test_a_field_appears_only_where_another_asks_for_it(phone: Handset) -> None:
    await phone.write("会签\n标题：办法\n单位：财政局\n时限：五个工作日")
    assert "哪天开会？" in await phone.last()
    await phone.write("12月3日")
    assert (await phone.last()).endswith(
        "12月3日（周四）几点？\n也可直接写，例：12月3日 14:30\n[08:30][09:00][09:30][10:00][10:30]\n"
        "[14:00][14:30][15:00][15:30][16:00]\n[‹ 上一步][取消]"
    )
    await phone.tap("14:30")
    assert "开会：12月3日（周四）14:30" in await phone.last()
    await phone.write("时限：3")
    assert "开会" not in await phone.last()


async def test_two_of_one_name_are_told_apart(phone: Handset) -> None:
    await phone.write("请假\n类别：出差\n时间：12月1日\n地点：济南\n事由：开会\n主持：李收")
    assert await phone.last() == (
        "请假报告\n类别：出差\n时间：12月1日（周二），共1天\n地点：济南\n事由：开会\n"
        "❌ 主持：李收 — 有2位李收，请写作 李收(财政局)、李收(人社局)，或点选\n\n"
        "外出期间谁主持工作？\n正在找“李收”。\n[李收(财政局)][李收(人社局)]\n[显示全部]\n[‹ 上一步][取消]"
    )
    await phone.tap("李收(人社局)")
    assert "主持：人社局副局长 李收" in await phone.last()


async def too_late(work: UnitOfWork, official: Official, values: Values) -> None:
    raise Refused("别人已经办了。")


async def test_an_answer_by_tap_that_comes_to_be_refused_leaves_the_question_open(phone: Handset) -> None:
    choice = Choice("how", "方式", ask="怎么办？", options=("甲", "乙"))
    FORMS["choose"] = form = Form("choose", "选一样", (choice,), too_late, confirm=False)
    await phone.begin(form)
    asked = await phone.last()
    assert await phone.tap("甲") == "别人已经办了。"
    assert await phone.last() == asked
    assert await phone.tap("乙") == "别人已经办了。"  # it is still the question that is asked
