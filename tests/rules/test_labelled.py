"""Labelled lines as people type them on a phone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.fields import Choice, Text
from rules.labelled import read_note

FIELDS = (
    Choice("kind", "类别", options=("出差",), aliases=("类型",)),
    Text("place", "地点"),
    Text("reason", "事由", multiline=True, aliases=("原因",)),
)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("类别：出差\n地点:济南", {"kind": "出差", "place": "济南"}),
        ("地点：济南\n请假类别：出差", {"place": "济南"}),
        ("1. 类型：出差\n• 地　点 ： 济南", {"kind": "出差", "place": "济南"}),
        ("【类别】出差\n【地点】：济南", {"kind": "出差", "place": "济南"}),
        ("事由：一\n二\n\n三\n地点：济南", {"reason": "一\n二\n\n三", "place": "济南"}),
        (
            "事由：\n1. 汇报：产业\n2. 地点：待定\n类别：出差",
            {"reason": "1. 汇报：产业\n2. 地点：待定", "kind": "出差"},
        ),
        ("事由：见 https://a.cn\n地点：济南", {"reason": "见 https://a.cn", "place": "济南"}),
        ("事由：会议\n14:30 开始", {"reason": "会议\n14:30 开始"}),
        ("地点：济南\n地点：青岛", {"place": "青岛"}),
        ("地点：", {"place": ""}),
        # numbered headings are labels, however they are numbered
        ("一、类别：出差\n二、地点：济南", {"kind": "出差", "place": "济南"}),
        ("（一）类别：出差\n（二）地点：济南", {"kind": "出差", "place": "济南"}),
        ("(1)类别：出差\n(2) 地点：济南", {"kind": "出差", "place": "济南"}),
        ("1．类别：出差\n2．地点：济南", {"kind": "出差", "place": "济南"}),
        ("1.类别：出差\n2.地点：济南", {"kind": "出差", "place": "济南"}),
        ("1、类别：出差\n2、地点：济南", {"kind": "出差", "place": "济南"}),
        ("1)类别：出差\n2）地点：济南", {"kind": "出差", "place": "济南"}),
        ("1.1 类别：出差\n1.2 地点：济南", {"kind": "出差", "place": "济南"}),
        ("①类别：出差\n②、地点：济南", {"kind": "出差", "place": "济南"}),
        ("⒈类别：出差\n⑵地点：济南", {"kind": "出差", "place": "济南"}),
        ("㈠类别：出差\n●地点：济南", {"kind": "出差", "place": "济南"}),
        ("十一、类别：出差\n十二、【地点】济南", {"kind": "出差", "place": "济南"}),
        # a heading alone on its line, or with a gap for the colon
        ("一、类别\n出差\n二、地点\n济南", {"kind": "出差", "place": "济南"}),
        ("一、类别　出差\n二、地点 济南", {"kind": "出差", "place": "济南"}),
        ("类别（请假）：出差\n地点(含途经)：济南", {"kind": "出差", "place": "济南"}),
        # a numbered note with a field of several lines between
        (
            "一、类别：出差\n二、事由：开会\n三、地点：济南",
            {"kind": "出差", "reason": "开会", "place": "济南"},
        ),
        (
            "1.类别：出差\n2.事由：\n①汇报：产业\n②地点：待定\n3.地点：济南",
            {"kind": "出差", "reason": "①汇报：产业\n②地点：待定", "place": "济南"},
        ),
        (
            "二、事由：\n一、汇报\n二、地点：待定\n三、地点：济南",
            {"reason": "一、汇报\n二、地点：待定", "place": "济南"},
        ),
        ("•事由：开会\n•地点：济南", {"reason": "开会", "place": "济南"}),
        ("事由：一、汇报\n地点 待定", {"reason": "一、汇报\n地点 待定"}),
    ],
)
def test_lines_go_to_their_fields(text: str, values: dict[str, str]) -> None:
    assert read_note(text, FIELDS).values == values


def test_the_opening_word_unknown_labels_and_stray_lines_are_told_apart() -> None:
    note = read_note("请假：\n您好\n类别：出差\n联系人：张三\n他的电话\n原因：开会\n地典：济南", FIELDS)
    assert note.first == "请假"
    assert note.values == {"kind": "出差", "reason": "开会"}
    assert note.unknown == ["联系人", "地典"]
    assert note.loose == ["您好"]


@given(st.text(alphabet="类别：:地点事由\n 1.、一二（）()①出差济南【】a", max_size=80))
def test_no_note_breaks_the_reading(text: str) -> None:
    note = read_note(text, FIELDS)
    assert set(note.values) <= {"kind", "place", "reason"}
