"""What files are called: clean on every phone, whatever stands in a title."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from pathvalidate import is_valid_filename

from notices.file_name import LONGEST, clean_name, file_name
from notices.notice import Attachment, Notice
from storage.outbox import rows_of

PATTERNS = ("{}.ics", "会签单（{}）.docx", "{}签到表（12月3日）.xlsx")


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("区政府常务会议", "区政府常务会议.ics"),
        ('关于“放管服"改革', "关于“放管服＂改革.ics"),
        ("2026/2027年度\\取暖", "2026／2027年度＼取暖.ics"),
        ("时间：14:30; 地点?", "时间：14：30； 地点？.ics"),
        ("<重点>项目&调研|50%*#1", "＜重点＞项目＆调研｜50％＊＃1.ics"),
        ("城市更新\n管理办法\t（草案）", "城市更新管理办法 （草案）.ics"),
        ("a\u202etxt.exe\u200b\x07\x00", "atxt.exe.ics"),
        ("会议...", "会议.ics"),
        (" .隐藏. ", "隐藏.ics"),
        ("CON", "CON_.ics"),
        ("nul.会", "nul_.会.ics"),
        ("LPT1 ", "LPT1_.ics"),
        ("../../etc/passwd", "／..／etc／passwd.ics"),
        ("\ue863\ue864", "\ue863\ue864.ics"),
        ("马\U00031c00", "马\U00031c00.ics"),
        ("。", "。.ics"),
        ("", "未命名.ics"),
        ("\u200f", "未命名.ics"),
        ("\ud800半", "半.ics"),
    ],
)
def test_a_title_as_a_name(title: str, named: str) -> None:
    assert file_name("{}.ics", title) == named


def test_a_long_title_is_cut_and_the_rest_stays() -> None:
    name = file_name("{}签到表（12月3日）.docx", "会" * 100)
    assert name == "会" * 50 + "签到表（12月3日）.docx"
    assert len(name.encode()) <= LONGEST < len(name.encode()) + len("会".encode())
    assert file_name("会签单（{}）.docx", "办" * 100).endswith("办）.docx")


def test_a_character_keeps_its_marks() -> None:
    name = "葛\U000e0100"  # chosen among its shapes by a mark of its own
    stem = file_name("{}.ics", name * 40).removesuffix(".ics")
    assert stem == name * (len(stem) // 2)


@given(st.text(max_size=300), st.sampled_from(PATTERNS))
def test_whatever_is_written_the_name_is_clean(title: str, pattern: str) -> None:
    name = file_name(pattern, title)
    assert len(name.encode()) <= LONGEST + 1  # a device's name bears a mark
    assert is_valid_filename(name, platform="universal", max_len=255)
    assert not set(name) & set("/\\:*?<>|;\"'%&#$`^")
    assert not {unicodedata.category(c) for c in name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert name[0] not in " ."
    assert name.endswith(pattern[pattern.index("}") + 1 :])
    assert clean_name(name) == name


def test_nothing_leaves_under_another_name() -> None:
    made = Notice(1, Markup("见附件"), attachment=Attachment("在岗:\u202e1/2.png", b"x"))
    assert rows_of(made, "a")[0]["payload"]["file"]["name"] == "在岗：1／2.png"
    kept = Notice(1, Markup("见附件"), attachment=Attachment("甲:乙.docx", file_id="f"))
    assert rows_of(kept, "b")[0]["payload"]["file"]["name"] == "甲:乙.docx"
