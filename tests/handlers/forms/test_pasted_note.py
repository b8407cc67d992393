"""A form pasted all at once: labelled lines as people type them."""

from tests.handlers.forms.handset import SUBMITTED, Handset

WHOLE = """请假
类别：出差
时间：12月1日上午至12月3日
地点：济南
事由：参加全省财政会议
主持：孔集
电话：138 0000 0001"""


async def test_a_whole_note_is_a_card_at_once(phone: Handset) -> None:
    await phone.write(WHOLE)
    assert await phone.last() == (
        "请假报告\n类别：出差\n时间：12月1日（周二）至12月3日（周四），共3天\n地点：济南\n"
        "事由：参加全省财政会议\n主持：人社局局长 孔集\n电话：13800000001\n\n"
        "审批：钱玄黄\n请核对，无误请提交。\n[改类别][改时间][改地点][改事由]\n[改主持][改电话]\n[提交][修改][取消]"
    )
    await phone.tap("提交")
    assert len(SUBMITTED) == 1


async def test_order_colons_gaps_and_synonyms_are_free(phone: Handset) -> None:
    await phone.write("请假：\n日　期:12.1-12.3\n主持：人社局孔集\n【类型】看病\n- 地 点 ：北京\n事由：复查")
    assert (await phone.last()).startswith(
        "请假报告\n类别：就医\n时间：12月1日（周二）至12月3日（周四），共3天\n地点：北京\n"
        "事由：复查\n主持：人社局局长 孔集\n电话：13800000003（默认）\n\n审批"
    )


async def test_what_is_wrong_is_said_beside_its_line_and_what_was_right_is_kept(phone: Handset) -> None:
    await phone.write("请假\n类别：出差\n时间：2月30日\n地点：济南\n事由：开会\n主特：孔集")
    assert await phone.last() == (
        "请假报告\n类别：出差\n❌ 时间：2月30日 — 没有这一天，例：12月1日至12月3日\n地点：济南\n事由：开会\n"
        "⚠️ 没有「主特」这一栏，可写：类别、时间、地点、事由、主持、电话。\n\n"
        "从哪一天起？\n也可直接写，例：12月1日至12月3日\n"
        "[·][2026年11月][›]\n[一][二][三][四][五][六][日]\n"
        "[[23]][24][25][26][27][28休][29休]\n[30][·][·][·][·][·][·]\n[‹ 上一步][取消]"
    )
    await phone.write("12月1日到3日")
    assert (
        "时间：12月1日（周二）至12月3日（周四），共3天\n地点：济南\n事由：开会\n\n外出期间"
        in await phone.last()
    )
    await phone.write("孔集")
    assert "[提交]" in await phone.last()


async def test_a_day_gone_by_and_an_end_before_the_start_are_refused(phone: Handset) -> None:
    await phone.write("请假\n时间：11月20日")
    assert "❌ 时间：11月20日 — 11月20日（周五）已经过去，例" in await phone.last()
    await phone.write("时间：12月3日至12月1日")
    assert "❌ 时间：12月3日至12月1日 — 结束时间早于开始时间，例" in await phone.last()


async def test_missing_lines_are_asked_for_and_the_rest_is_kept(phone: Handset) -> None:
    await phone.write("请假\n类别：出差\n时间：明天")
    assert "时间：11月24日（周二），共1天\n\n去哪里？" in await phone.last()
    await phone.write("青岛")
    await phone.write("招商")
    await phone.write("孔集")
    assert "电话：13800000003" in await phone.last()
    assert "[提交]" in await phone.last()


async def test_values_wrap_over_lines(phone: Handset) -> None:
    await phone.write("请假\n事由：一、汇报\n二、座谈：产业\n地点：济南\n历下区\n类别：出差")
    assert "地点：济南历下区\n事由：\n一、汇报\n二、座谈：产业" in await phone.last()


async def test_a_line_under_a_value_that_was_whole_is_named(phone: Handset) -> None:
    await phone.write("请假\n类别：出差\n主持：孔集\n谢谢")
    assert "主持：人社局局长 孔集\n⚠️ 没有收下不带栏目的文字：谢谢" in await phone.last()


async def test_an_unknown_name_is_named_back(phone: Handset) -> None:
    await phone.write("请假\n主持：孔急")
    assert "❌ 主持：孔急 — 花名册里没有「孔急」，是不是「孔集」，例：李收" in await phone.last()
    await phone.write("主持：王芳")
    assert "❌ 主持：王芳 — 王芳不在可选范围，例：李收" in await phone.last()


async def test_a_labelled_line_edits_its_field_at_any_time(phone: Handset) -> None:
    await phone.write(WHOLE)
    await phone.write("时间：12月2日至4日\n地点：青岛")
    assert "时间：12月2日（周三）至12月4日（周五），共3天\n地点：青岛" in await phone.last()
    assert "[提交]" in await phone.last()


async def test_five_thousand_characters_are_counted_not_cut(phone: Handset) -> None:
    await phone.write(WHOLE)
    await phone.write("事由：" + "好" * 5000)
    shown = await phone.last()
    assert "❌ 事由：" + "好" * 39 + "… — 写了5000个字，请压缩到500个字以内，例：参加全省财政会议" in shown
    await phone.tap("不改")
    assert "事由：参加全省财政会议" in await phone.last()


async def test_marks_that_hide_or_reverse_are_taken_out_and_emoji_stay(phone: Handset) -> None:
    await phone.write("请假\n地点：济\u202e南\u200b\u2066 👨\u200d👩\u200d👧\n类别：出差")
    assert "地点：济南 👨\u200d👩\u200d👧" in await phone.last()


async def test_markup_in_peoples_text_stays_text(phone: Handset) -> None:
    await phone.write(WHOLE)
    await phone.write("地点：<b>济南</b> & 青岛")
    text, _ = (await phone.chat())[-1]
    assert "地点：&lt;b&gt;济南&lt;/b&gt; &amp; 青岛" in text


async def test_text_that_opens_nothing_gets_one_line(phone: Handset) -> None:
    await phone.write("你好")
    assert await phone.last() == "没看懂您的意思。请点“菜单”选要办的事，或发“帮助”看怎么写。\n[菜单][帮助]"


async def test_text_where_a_tap_is_due_keeps_the_card(phone: Handset) -> None:
    await phone.write(WHOLE)
    await phone.write("好的")
    assert (await phone.last()).endswith(
        "⚠️ 表已填齐，请点按钮；要改哪一项，就点哪一项。\n\n"
        "审批：钱玄黄\n请核对，无误请提交。\n[改类别][改时间][改地点][改事由]\n[改主持][改电话]\n[提交][修改][取消]"
    )
    assert await phone.live() == 1


async def test_a_note_without_its_opening_word_is_understood(phone: Handset) -> None:
    await phone.write("类别：出差\n时间：12月1日\n地点：济南")
    assert (await phone.last()).startswith("请假报告\n类别：出差\n时间：12月1日（周二），共1天\n地点：济南\n")


async def test_one_label_alone_is_not_enough(phone: Handset) -> None:
    await phone.write("时间：12月1日")
    assert await phone.last() == "没看懂您的意思。请点“菜单”选要办的事，或发“帮助”看怎么写。\n[菜单][帮助]"


async def test_a_doubtful_answer_is_asked_with_what_was_understood_and_one_tap_settles_it(
    phone: Handset,
) -> None:
    await phone.write("请假\n类别：去看病\n地点：济南")
    assert await phone.last() == (
        "请假报告\n❓ 类别：去看病 — 是「就医」？\n地点：济南\n\n请什么假？\n[出差][学习][就医]\n[取消]"
    )
    assert await phone.tap("就医") == ""
    assert (await phone.last()).startswith("请假报告\n类别：就医\n地点：济南\n\n从哪一天起？")


async def test_a_numbered_note_is_a_note(phone: Handset) -> None:
    await phone.write(
        "一、类别：出差\n二、时间：12月1日\n三、地点：济南\n四、事由：\n1．汇报\n2．座谈\n五、主持：孔集"
    )
    assert (await phone.last()).startswith(
        "请假报告\n类别：出差\n时间：12月1日（周二），共1天\n地点：济南\n"
        "事由：\n1．汇报\n2．座谈\n主持：人社局局长 孔集\n"
    )


async def test_a_character_that_arrived_broken_is_named(phone: Handset) -> None:
    await phone.write("请假\n类别：出差\n时间：12月1日\n地点：济\ufffd南\n事由：王\ue863来访")
    said = await phone.last()
    assert "地点：济�南\n事由：王\ue863来访\n⚠️ 有的字收到时已经损坏，显示为“�”，请核对、补上。\n" in said
