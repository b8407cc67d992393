"""Each kind of field by itself: what it reads, refuses, stores and says."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.dates.reading import Half, HalfDaySpan
from rules.fields import (
    Choice,
    Day,
    Field,
    Files,
    Moment,
    Number,
    OfficialField,
    OfficialsField,
    Paper,
    Phone,
    SpanField,
    Text,
    UnitsField,
)
from rules.fields.limit import LimitField
from rules.refused import Refused, Unsure
from rules.text import clean, one_line
from tests.rules.fields.scene import FINANCE, LABOUR, LI_OF_FINANCE, LI_OF_LABOUR, NOW, SCENE, WANG, scene

CHOICE = Choice("a", "类别", options=("出差", "离岗休假"), synonyms={"公差": "出差"})
NUMBER = Number("a", "时限", unit="个工作日", most=30)
SPAN = HalfDaySpan(date(2026, 12, 1), Half.AM, date(2026, 12, 3), Half.PM)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (CHOICE, " 出差。", "出差"),
        (CHOICE, "公差", "出差"),
        (CHOICE, "休假", "离岗休假"),
        (NUMBER, "3", 3),
        (NUMBER, "３个工作日", 3),
        (NUMBER, "十五天", 15),
        (Phone("a", "电话"), "138-0000 0001", "13800000001"),
        (Phone("a", "电话"), "+86 １３８００００ ０００１", "13800000001"),
        (Phone("a", "电话"), "0533 6412345", "0533-6412345"),
        (Phone("a", "电话"), "6412345", "6412345"),
        (Text("a", "地点"), "济南\n历下区", "济南历下区"),
        (Text("a", "地点"), "Jinan\ncity", "Jinan city"),
        (Text("a", "事由", multiline=True), "一\n二", "一\n二"),
        (Day("a", "日期"), "明天", date(2026, 11, 24)),
        (SpanField("a", "时间"), "12月1日至12月3日", SPAN),
        (Moment("a", "时间"), "12月3日 14:30", datetime(2026, 12, 3, 6, 30, tzinfo=UTC)),
        (OfficialField("a", "主持"), "王芳", WANG),
        (OfficialField("a", "主持"), "李收（财政局）", LI_OF_FINANCE),
        (OfficialField("a", "主持"), "人社局 李收", LI_OF_LABOUR),
        (OfficialField("a", "主持"), "财政局局长王芳", WANG),
        (OfficialsField("a", "领导"), "王芳、李收(人社局)、王芳", [WANG, LI_OF_LABOUR]),
        (UnitsField("a", "单位"), "千文区财政局，人社局 财政局", [FINANCE, LABOUR]),
    ],
)
def test_what_is_meant(field: Field[Any], text: str, value: object) -> None:
    assert field.read(text, SCENE) == value
    assert field.unpack(field.pack(value), SCENE) == value


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        (CHOICE, "玩", "请从出差、离岗休假中选一项"),
        (NUMBER, "很快", "请填一个数字（1至30个工作日）"),
        (NUMBER, "31", "超出范围（1至30个工作日）"),
        (NUMBER, "零", "超出范围（1至30个工作日）"),
        (NUMBER, "十百千", "请填一个数字（1至30个工作日）"),
        (NUMBER, "9" * 400, "请填一个数字（1至30个工作日）"),
        (Phone("a", "电话"), "12345", "不像电话号码"),
        (Phone("a", "电话"), "²" * 11, "不像电话号码"),
        (Phone("a", "电话"), "没有", "不像电话号码"),
        (Text("a", "地点", longest=3), "一二三四", "写了4个字，请压缩到3个字以内"),
        (Text("a", "地点"), "\u200b\u202e", "没有内容"),
        (Day("a", "日期"), "2月30日", "没有这一天"),
        (Day("a", "日期"), "昨天", "11月22日（周日）已经过去"),
        (Moment("a", "时间"), "12月3日", "没有写清几点"),
        (Moment("a", "时间"), "今天 8:00", "11月23日（周一）08:00已经过去"),
        (SpanField("a", "时间"), "12月3日至12月1日", "结束时间早于开始时间"),
        (OfficialField("a", "主持"), "李收", "有2位李收，请写作 李收(财政局)、李收(人社局)，或点选"),
        (OfficialField("a", "主持"), "王方芳", "花名册里没有「王方芳」，是不是「王芳」"),
        (OfficialField("a", "主持", among=lambda _: [LI_OF_FINANCE]), "王芳", "王芳不在可选范围"),
        (UnitsField("a", "单位"), "财政局、人力局", "没有「人力局」，是不是「人社局」"),
        (UnitsField("a", "单位", most=1), "财政局、人社局", "最多1个单位"),
        (UnitsField("a", "单位"), "、", "请至少选一个"),
        (Files("a", "附件"), "方案.docx", "请直接把文件发过来"),
    ],
)
def test_what_is_refused_and_why(field: Field[Any], text: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        field.read(text, SCENE)
    assert str(refused.value) == why


LIMIT = LimitField("a", "时限")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", "3个工作日"),
        ("三个工作日内", "3个工作日"),
        ("12月3日", "2026-12-03 18:00"),
        ("12月3日下班前", "2026-12-03 18:00"),
        ("周五下班前", "2026-11-27 18:00"),
        ("12月3日17:00前", "2026-12-03 17:00"),
        ("12月3日下午5点之前", "2026-12-03 17:00"),
        ("12月3日中午12点前", "2026-12-03 12:00"),
    ],
)
def test_a_limit_is_a_number_of_working_days_or_a_moment(text: str, value: str) -> None:
    assert LIMIT.read(text, SCENE) == value


@pytest.mark.parametrize(
    ("text", "asked", "values"),
    [
        ("12月3日前", "是12月3日（周四）18:00前？", ["2026-12-03 18:00"]),
        ("12月3日上午", "是12月3日（周四）12:00前？", ["2026-12-03 12:00"]),
        ("12月3日中午前", "是12月3日（周四）12:00前？", ["2026-12-03 12:00"]),
        ("月底前", "是11月30日（周一）18:00前？", ["2026-11-30 18:00"]),
        (
            "12月3日5点前",
            "是12月3日（周四）17:00，还是12月3日（周四）05:00？",
            ["2026-12-03 17:00", "2026-12-03 05:00"],
        ),
        (
            "12月3日、4日",
            "是12月3日（周四）18:00前，还是12月4日（周五）18:00前？",
            ["2026-12-03 18:00", "2026-12-04 18:00"],
        ),
    ],
)
def test_a_limit_that_may_mean_another_day_or_hour_is_asked_about(
    text: str, asked: str, values: list[str]
) -> None:
    with pytest.raises(Unsure) as unsure:
        LIMIT.read(text, SCENE)
    assert str(unsure.value) == asked
    assert [LIMIT.read(meant, SCENE) for meant in unsure.value.meant] == values


@pytest.mark.parametrize(
    ("field", "text", "stored", "said"),
    [
        (Day("a", "日期"), "明天", "2026-11-24", "11月24日（周二）"),
        (Moment("a", "时间"), "明天9点", "2026-11-24 09:00", "11月24日（周二）09:00"),
        (
            SpanField("a", "时间"),
            "12月1日下午至12月3日上午",
            "2026-12-01下午至2026-12-03上午",
            "12月1日（周二）下午至12月3日（周四）上午，共2天",
        ),
        (SpanField("a", "时间"), "明天", "2026-11-24上午至2026-11-24下午", "11月24日（周二），共1天"),
        (OfficialField("a", "主持"), "王芳", 3, "财政局局长 王芳"),
        (UnitsField("a", "单位"), "财政局", [1], "财政局"),
        (NUMBER, "三", 3, "3个工作日"),
    ],
)
def test_what_is_stored_reads_the_same_tomorrow(
    field: Field[Any], text: str, stored: object, said: str
) -> None:
    value = field.read(text, SCENE)
    assert field.pack(value) == stored
    assert field.unpack(stored, scene(NOW + timedelta(days=40))) is not None
    assert field.say(field.unpack(stored, SCENE), SCENE) == said


def test_somebody_who_left_is_not_taken_from_the_draft() -> None:
    with pytest.raises(Refused, match="此人已不在可选范围"):
        OfficialField("a", "主持").unpack(99, SCENE)


def test_files_are_taken_up_to_the_limits() -> None:
    field = Files("a", "附件", most=2, endings=(".docx",))
    papers = field.accept(Paper("F1", "一.DOCX", 20 * 1024 * 1024), [])
    papers = field.accept(Paper("F2", "二.docx"), papers)
    assert field.unpack(field.pack(papers), SCENE) == papers
    for paper, why in (
        (Paper("F3", "三.docx"), "最多2个文件"),
        (Paper("F3", "三.pdf"), "请发docx"),
        (Paper("F3", "三.docx", 21 * 1024 * 1024), "有21MB，超过20MB"),
    ):
        with pytest.raises(Refused, match=why):
            field.accept(paper, papers)


def test_text_is_cleaned_of_what_hides_and_breaks() -> None:
    assert clean(" a\u202eb\u200f\u2067c\x00\x07\ud800\ufeff\r\nd\te ") == "abc\ufffd\nd e"
    assert clean("👨\u200d👩\u200d👧 ❤\ufe0f a\u200db") == "👨\u200d👩\u200d👧 ❤\ufe0f ab"
    assert one_line("第一行\n 第二行\n\nthird  line\nfourth") == "第一行第二行third line fourth"


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    fields: list[Field[Any]] = [
        CHOICE,
        NUMBER,
        Phone("a", "电话"),
        Text("a", "地点"),
        OfficialField("a", "主持"),
        UnitsField("a", "单位"),
        Day("a", "日期"),
        SpanField("a", "时间"),
        Moment("a", "时间"),
    ]
    for field in fields:
        try:
            value = field.read(text, SCENE)
        except Refused:
            continue
        else:
            assert field.unpack(field.pack(value), SCENE) == value
            clean(field.say(value, SCENE)).encode()
