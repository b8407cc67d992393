"""A text instead of a tap: which button it means, and what is left as a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.sentences.table import ALL_ANSWERS, ANSWERS
from rules.sentences.answers import Pressed, button_meant, choose, is_question, name_of, takes_words
from rules.sentences.expressions import Answer

APPROVAL = [Pressed(label, f"leave:12:{act}:0") for label, act in (("同意", "agree"), ("不同意", "decline"))]
APPROVAL.append(Pressed("退回修改", "leave:12:send_back:0"))
SIGNING = [
    Pressed(label, f"countersign:7:{act}:3")
    for label, act in (
        ("无不同意见", "no"),
        ("有不同意见", "yes"),
        ("申请延期", "extend"),
        ("文件（2件）", "papers"),
    )
]
CALLED = [Pressed(label, f"meeting:4:{act}") for label, act in (("参加", "come"), ("请假", "excuse"))]


def meant(text: str, buttons: list[Pressed], *, replied: bool = True) -> tuple[list[str], str]:
    code = buttons[0].data.partition(":")[0]
    chosen = choose(text, buttons, ANSWERS[code], replied=replied)
    return [button.label for button in chosen.buttons], chosen.words


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        ("同意", "同意", ""),
        ("同意。", "同意", ""),
        ("同意了", "同意", ""),
        ("批准", "同意", ""),
        ("可以", "同意", ""),
        ("同意，注意安全", "同意", "注意安全"),
        ("不同意", "不同意", ""),
        ("不同意，会期冲突", "不同意", "会期冲突"),
        ("不同意 理由：会期冲突", "不同意", "会期冲突"),
        ("不同意，理由是会期冲突，请改期", "不同意", "会期冲突，请改期"),
        ("不同意因为会期冲突", "不同意", "因为会期冲突"),
        ("不批准：没有附方案", "不同意", "没有附方案"),
        ("退回，补充材料", "退回修改", "补充材料"),
        ("退回修改。附件不全", "退回修改", "附件不全"),
    ],
)
def test_an_approver_writes_instead_of_tapping(text: str, label: str, words: str) -> None:
    assert meant(text, APPROVAL) == ([label], words)


@pytest.mark.parametrize(
    "text",
    ["同意不了", "同意吗", "同意吗？", "不能同意", "同志", "会期冲突", "你同意", "可以吗", "同意书在哪", ""],
)
def test_what_only_begins_like_an_answer_means_none(text: str) -> None:
    assert meant(text, APPROVAL) == ([], "")


def test_words_that_may_be_a_thank_you_count_only_in_reply_to_the_card() -> None:
    assert meant("好的", APPROVAL) == (["同意"], "")
    assert meant("好的", APPROVAL, replied=False) == ([], "")
    assert meant("同意", APPROVAL, replied=False) == (["同意"], "")
    assert meant("同意", SIGNING) == (["无不同意见"], "")
    assert meant("同意", SIGNING, replied=False) == ([], "")


def test_agreeing_and_having_an_opinion_are_kept_apart() -> None:
    assert meant("没意见", SIGNING) == (["无不同意见"], "")
    assert meant("有意见，第八条资金来源不明", SIGNING) == (["有不同意见"], "第八条资金来源不明")
    assert meant("不同意", SIGNING) == (["有不同意见"], "")
    assert meant("去不了，赴省厅汇报", CALLED) == (["请假"], "赴省厅汇报")
    assert meant("不参加", CALLED) == (["请假"], "")
    assert meant("参加", CALLED) == (["参加"], "")


def test_a_label_is_the_same_however_it_is_marked() -> None:
    assert name_of("同意（代）") == "同意"
    assert name_of("文件（2件）") == "文件"
    assert name_of("同意拟办：出席（代）") == "同意拟办"
    assert name_of("✓ 出席") == "出席"
    deputy = [Pressed("同意（代）", "leave:12:agree:0")]
    assert meant("同意", deputy) == (["同意（代）"], "")
    proposed = [Pressed(label, "invitation:1:x:0") for label in ("同意拟办：出席", "出席", "不出席")]
    assert meant("出席", proposed) == (["出席"], "")
    assert meant("按拟办", proposed) == (["同意拟办：出席"], "")


def test_several_that_are_meant_alike_are_all_given() -> None:
    two = [Pressed("同意", "leave:1:agree:0"), Pressed("同意", "leave:2:agree:0")]
    chosen = choose("同意", two, ANSWERS["leave"], replied=False)
    assert [button.data for button in chosen.buttons] == ["leave:1:agree:0", "leave:2:agree:0"]


def test_only_what_asks_for_a_line_takes_words() -> None:
    assert [one.label for one in APPROVAL if takes_words(one, ANSWERS["leave"])] == ["不同意", "退回修改"]
    assert [one.label for one in SIGNING if takes_words(one, ANSWERS["countersign"])] == [
        "有不同意见",
        "申请延期",
    ]


def test_the_button_is_named_where_no_card_bears_it() -> None:
    assert button_meant("不同意，会期冲突", ALL_ANSWERS) == "不同意"
    assert button_meant("没意见", ALL_ANSWERS) == "无不同意见"
    assert button_meant("收到", ALL_ANSWERS) == "已收到"
    assert button_meant("今天天气不错", ALL_ANSWERS) == ""
    assert is_question("同意吗")
    assert not is_question("同意")


@given(st.text(max_size=200), st.booleans())
def test_any_text_is_an_answer_to_a_card_or_none(text: str, replied: bool) -> None:
    labels, words = meant(text, [*APPROVAL], replied=replied)
    assert len(labels) <= 1
    assert len(words) <= len(text) * 18  # NFKC may lengthen a sign


@given(st.sampled_from(ALL_ANSWERS), st.sampled_from(["", "。", "！", "，会期冲突", "：会期冲突"]))
def test_a_label_written_out_means_its_own_button_alone(answer: Answer, behind: str) -> None:
    buttons = [Pressed(answer.button, "x:1"), Pressed(f"不{answer.button}", "x:2"), Pressed("别的", "x:3")]
    chosen = choose(f"{answer.button}{behind}", buttons, ALL_ANSWERS, replied=False)
    assert [button.data for button in chosen.buttons] == ["x:1"]
