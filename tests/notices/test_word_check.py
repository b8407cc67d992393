"""Templates as people leave them in Word and WPS: every mistake is named, or the paper is right anyway."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from matters.procedures import PROCEDURES
from notices.leave.paper import FORM
from notices.word_form import WordForm

W = nsdecls("w")
FORMS = [form for each in PROCEDURES for form in each.word_forms]


def faults(folder: Path, document: Word, form: WordForm = FORM) -> list[str]:
    """What `banjie check` says of it, without the file's name."""
    file = folder / "本区.docx"
    document.save(str(file))
    return [one.removeprefix("本区.docx：") for one in form.faults(file)]


def of(*paragraphs: str) -> Word:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def add(document: Word, xml: str) -> None:
    """A paragraph of that inner XML."""
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(f"<w:p {W}>{xml}</w:p>"))


def run(text: str, kind: str = "t") -> str:
    return f'<w:r><w:{kind} xml:space="preserve">{text}</w:{kind}></w:r>'


def printed(folder: Path, document: Word, form: WordForm = FORM, **values: Any) -> Word:
    """Filled with each placeholder's own name, or `values`."""
    assert faults(folder, document, form) == []
    words: dict[str, Any] = {name: name for name in form.placeholders}
    words |= {name: [{word: word for word in line}] * 2 for name, line in form.lines.items()}
    return Document(io.BytesIO(form.render(folder / "本区.docx", words | values)))


# ---------------------------------------------------------------- named, with the place and what to do


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (["一", "{{ 姓氏 }}"], "正文第2段“{{ 姓氏 }}”：不认识占位符“姓氏”。是不是“姓名”？可用的有：编号、"),
        (
            ["{{ 姓名 }"],
            "正文第1段“{{ 姓名 }”花括号不成对，占位符写作 {{ 占位符 }}，左右各两个，写在同一段里",
        ),
        (["{ 姓名 }}"], "正文第1段“{ 姓名 }}”花括号不成对"),
        (["{姓名}"], "正文第1段“{姓名}”花括号不成对"),
        (["{{ 姓名", "}}"], "正文第1段“{{ 姓名”花括号不成对"),
        (["姓名 }}：{{ 单位 }}"], "正文第1段“姓名 }}：”花括号不成对"),
        (["{{ 姓名 {{ 单位 }}"], "正文第1段“{{ 姓名 {{ 单位 }}”花括号不成对"),
        (["｛｛姓名｝｝"], "正文第1段“｛｛姓名｝｝”用了全角的花括号或百分号，请改为半角：{{姓名}}"),
        (["{{ 姓名｝｝"], "正文第1段“{{ 姓名｝｝”用了全角的花括号"),
        (["{％ if 紧急 ％}急{％ endif ％}"], "用了全角的花括号或百分号"),
        (["{{ 姓 名 }}"], "正文第1段“{{ 姓 名 }}”里有多余的空格或全角符号，请改为 {{ 姓名 }}"),
        (["{%p for 项 in 审批 %}", "{{ 项。意见 }}", "{%p endfor %}"], "请改为 {{ 项.意见 }}"),
        (["{{ 姓名： }}"], "写法不对，花括号里只写占位符的名称，如 {{ 编号 }}"),
        (["{{ }}"], "写法不对，花括号里只写占位符的名称"),
        (["{{ 姓\u200b名 }}"], "里有看不见的字符，请删去重新输入"),
        (["{{ 审批 }}"], "是逐行的，请写作 {% for 项 in 审批 %}{{ 项.名目 }}{% endfor %}"),
        (["{{ 项.意见 }}"], "不在逐行的标记里，请放到 {% for 项 in 审批 %} 和 {% endfor %} 之间"),
        (["{% for 项 in 审批 %}{{ 项 }}{% endfor %}"], "没有写要哪一项，请写作 {{ 项.名目 }}"),
        (["{% for 项 in 审批 %}{{ 项.批示 }}{% endfor %}"], "不认识占位符“批示”。"),
        (["{% for 项 in 审核 %}{% endfor %}"], "不认识占位符“审核”。是不是“审批”？"),
        (["{% for 项 审批 %}{% endfor %}"], "写法不对，应为 {% for 项 in 审批 %}"),
        (
            ["{%p for 项 in 审批 %}", "{{ 项.意见 }}"],
            "没有结尾，请在它管到的最后一行（段）后面补上 {%p endfor %}",
        ),
        (["{% if 紧急 %}急"], "没有结尾，请在它管到的最后一行（段）后面补上 {% endif %}"),
        (["甲{%p endfor %}"], "前面没有对应的开头（for 或 if），请补上开头，或删去这一处"),
        (["{% if 紧急 %}", "{% endfor %}"], "前面没有对应的开头"),
        (["{% if 紧急程度 %}急{% endif %}"], "不认识占位符“紧急程度”。是不是“紧急”？"),
        (["{% if 类别 ＝＝ “出差” %}是{% endif %}"], "里有全角符号，请改为半角"),
        (["{% 如果 紧急 %}"], "不认识“如果”，逐行的写 for…endfor，按有无的写 if…endif"),
        (["{%tr if 紧急 %}", "{% endif %}"], "不在表格里，{%tr 只用于表格的行"),
        (["说明：{%p if 紧急 %}", "{%p endif %}"], "要独占一段，同段的“说明：”会丢失，请移到另一段"),
    ],
)
def test_named_with_its_place_and_what_to_do(tmp_path: Path, paragraphs: list[str], said: str) -> None:
    found = faults(tmp_path, of(*paragraphs))
    assert said in "\n".join(found)
    assert not re.search(r"[A-Za-z]{7,}", "".join(found))  # nothing in English but Jinja's own words


def in_table(*rows: tuple[str, str]) -> Word:
    document = of("表：")
    table = document.add_table(rows=len(rows), cols=2)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return document


def test_in_a_table_the_row_and_cell_are_named(tmp_path: Path) -> None:
    document = in_table(("姓名", "{{ 姓名 }}"), ("类别", "{{ 类型 }}"))
    assert faults(tmp_path, document)[0].startswith("正文第1个表格第2行第2格“{{ 类型 }}”：不认识占位符“类型”")


def test_a_row_that_holds_more_than_its_mark_would_be_lost(tmp_path: Path) -> None:
    document = in_table(("{%tr for 项 in 审批 %}", "{{ 项.意见 }}"), ("{%tr endfor %}", ""))
    (found,) = faults(tmp_path, document)
    assert found.startswith("正文第1个表格第1行第1格“{%tr for 项 in 审批 %}”要独占表格的一行，")
    assert found.endswith("同行的“{{ 项.意见 }}”会丢失，请移到另一行")


def test_a_row_deleted_with_the_end_of_its_list(tmp_path: Path) -> None:
    document = in_table(("{%tr for 项 in 审批 %}", ""), ("{{ 项.名目 }}", "{{ 项.意见 }}"))
    (found,) = faults(tmp_path, document)
    assert found.startswith("正文第1个表格第1行第1格“{%tr for 项 in 审批 %}”没有结尾，")
    assert found.endswith("请在它管到的最后一行（段）后面补上 {%tr endfor %}")


def test_in_header_footer_and_text_box(tmp_path: Path) -> None:
    document = of("{{ 姓名 }}")
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ 单位名 }}"
    section.footer.paragraphs[0].text = "｛｛编号｝｝"
    add(document, BOX.format("{{ 职务名 }}"))
    found = faults(tmp_path, document)
    assert [one.split("：")[0] for one in found] == [
        "正文的文本框“{{ 职务名 }}”",
        "页脚第1段“｛｛编号｝｝”用了全角的花括号或百分号，请改为半角",
        "页眉第1段“{{ 单位名 }}”",
    ]


BOX = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def test_where_nothing_is_filled(tmp_path: Path) -> None:
    document = of("{{ 姓名 }}")
    document.add_comment(document.paragraphs[0].runs, text="{{ 姓名 }}", author="", initials="")
    assert faults(tmp_path, document) == ["批注第1段“{{ 姓名 }}”：批注里的占位符不会填，请写到正文或表格里"]


@pytest.mark.parametrize("kind", ["ins", "del"])
def test_tracked_changes(tmp_path: Path, kind: str) -> None:
    document = of()
    inner = run("氏", "delText" if kind == "del" else "t")
    change = f'<w:{kind} w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z">{inner}</w:{kind}>'
    add(document, run("{{ 姓") + change + run("名 }}"))
    assert "正文里有未接受的修订，请在“审阅”中接受（或拒绝）全部修订，关闭修订后保存" in faults(
        tmp_path, document
    )


def test_a_field_of_words_own_mail_merge(tmp_path: Path) -> None:
    document = of()
    add(document, f'<w:fldSimple w:instr=" MERGEFIELD 姓名 ">{run("«姓名»")}</w:fldSimple>')
    assert faults(tmp_path, document) == ["正文的“«姓名»”是 Word 邮件合并的域，请删去，改写为 {{ 姓名 }}"]


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    assert len(faults(tmp_path, of("{{ 姓氏 }}", "｛｛姓名｝｝", "{{ 审批 }}"))) == 3


# ---------------------------------------------------------------- printed right all the same


def test_split_into_runs_and_marked_by_the_spelling_check(tmp_path: Path) -> None:
    document = of()
    parts = ["{", "{ 姓", "名", " }", "}"]
    between = (
        '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>'
    )
    add(document, between.join(run(one) for one in parts))
    bold = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve"> {{单</w:t></w:r>'
    add(document, bold + run("位}}"))
    texts = [one.text.strip() for one in printed(tmp_path, document, 姓名="冯寒来").paragraphs]
    assert texts == ["冯寒来", "单位"]


def test_quotes_that_word_has_made_curly_and_wide_blanks(tmp_path: Path) -> None:
    document = of("{% if 类别 == “出差” %}出差{% else %}其他{% endif %}", "{{\u3000姓名\xa0}}")
    texts = [one.text for one in printed(tmp_path, document, 类别="出差").paragraphs]
    assert texts == ["出差", "姓名"]


def test_header_footer_text_box_and_table_are_filled(tmp_path: Path) -> None:
    document = in_table(
        ("{%tr for 项 in 审批 %}", ""), ("{{ 项.名目 }}", "{{ 项.意见 }}"), ("{%tr endfor %}", "")
    )
    document.sections[0].header.paragraphs[0].text = "{{ 单位 }}"
    document.sections[0].footer.paragraphs[0].text = "{{ 编号 }}"
    add(document, BOX.format("{{ 职务 }}"))
    made = printed(tmp_path, document)
    assert made.sections[0].header.paragraphs[0].text == "单位"
    assert made.sections[0].footer.paragraphs[0].text == "编号"
    assert "职务" in "".join(made.element.xpath("//w:txbxContent//w:t/text()"))
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [["名目", "意见"]] * 2


def test_braces_of_the_offices_own(tmp_path: Path) -> None:
    texts = [one.text for one in printed(tmp_path, of("{注}一式两份", "｛存根｝", "100%")).paragraphs]
    assert texts == ["{注}一式两份", "｛存根｝", "100%"]


# ---------------------------------------------------------------- the five forms that come with the program


Breaks = Callable[[str], str]
BREAKS: list[tuple[str, Breaks]] = [
    ("花括号不成对", lambda mark: mark[:-1]),
    ("花括号不成对", lambda mark: mark[1:]),
    ("全角", lambda mark: mark.replace("{", "｛").replace("}", "｝")),
    ("不认识占位符", lambda mark: mark.replace("{{ ", "{{ 某")),
    ("多余的空格", lambda mark: mark[:4] + " " + mark[4:]),
    ("看不见的字符", lambda mark: mark[:4] + "\u200b" + mark[4:]),
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_whatever_is_broken_in_a_shipped_form_is_named(form: WordForm, tmp_path: Path) -> None:
    assert form.faults(form.shipped) == []
    for said, breaks in BREAKS:
        document = Document(str(form.shipped))
        texts = [
            one for one in document.element.iter("{*}t") if re.search(r"\{\{ [^.]{2,} \}\}", one.text or "")
        ]
        assert texts
        for one in texts[:: max(1, len(texts) // 4)]:
            kept = one.text
            one.text = re.sub(r"\{\{ [^.}]{2,} \}\}", lambda found: breaks(found[0]), kept, count=1)  # noqa: B023 - used at once
            assert said in "\n".join(faults(tmp_path, document, form)), one.text
            one.text = kept


@pytest.mark.parametrize("form", [one for one in FORMS if one.lines], ids=lambda form: form.title)
def test_a_shipped_list_without_its_end_or_beginning(form: WordForm, tmp_path: Path) -> None:
    for gone, said in (("endfor", "没有结尾"), (" for ", "前面没有对应的开头")):
        document = Document(str(form.shipped))
        row = next(one for one in document.tables[0].rows if gone in "".join(cell.text for cell in one.cells))
        row._tr.getparent().remove(row._tr)
        assert said in "\n".join(faults(tmp_path, document, form))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_the_columns_of_a_shipped_table_are_as_wide_as_its_cells(form: WordForm) -> None:
    """WPS and LibreOffice go by the table's grid, Word by the cells."""
    tables = Document(str(form.shipped)).tables
    assert bool(tables) is (form.setting != "meeting_excuse_template"), "all but one, which is a letter"
    for table in tables:
        widths = [column.width for column in table.columns]
        whole = [row.cells for row in table.rows if len(set(row.cells)) == len(widths)]
        assert whole
        assert all([cell.width for cell in cells] == widths for cells in whole)


def test_a_long_list_has_its_headings_on_every_page() -> None:
    (attendance,) = [form for form in FORMS if form.setting == "attendance_template"]
    rows = Document(str(attendance.shipped)).tables[0].rows
    assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in rows] == [True, False, False, False]
