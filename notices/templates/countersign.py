"""会签单 (art. 53, 59, 63)."""

from docx.document import Document as Word

from notices.templates.sheet import (
    above,
    below,
    head,
    made_by,
    new,
    only_if,
    opinion,
    pair,
    table,
    tag,
    wide,
    write,
)

NAME = "会签单"


def draw() -> Word:
    """The sheet, as long as there are units, with its placeholders."""
    document = new(NAME)
    head(document, "会 签 单")
    above(document, "{{ 急件 }}编号：{{ 编号 }}（{{ 状态 }}）\t送出时间：{{ 送出时间 }}")
    rows = table(document)
    wide(rows, "标　　题", "{{ 标题 }}")
    pair(rows, ("类　　型", "{{ 类型 }}"), ("时　　限", "{{ 时限 }}"))
    pair(rows, ("主办单位", "{{ 主办单位 }}"), ("经　　办", "{{ 经办 }}"))
    wide(rows, "审核送出", "{{ 送出 }}")
    only_if(rows, "说明", "说　　明", "{{ 说明 }}")
    only_if(rows, "稿次", "历次文稿", "{{ 稿次 }}")
    tag(rows, "{%tr for 项 in 会签意见 %}")
    opinion(rows, "{{ 项.单位 }}\n意　　见", "{{ 项.意见 }}", "{{ 项.签名 }}", "{{ 项.时间 }}")
    tag(rows, "{%tr endfor %}")
    tag(rows, "{%tr for 项 in 协调 %}")
    opinion(rows, "协　　调\n{{ 项.主持 }}", "{{ 项.内容 }}", "{{ 项.签名 }}", "{{ 项.时间 }}")
    tag(rows, "{%tr endfor %}")
    wide(rows, "会签结果", "{{ 结果 }}")
    opinion(rows, "办　　结", "{{ 办结 }}", "{{ 办结人 }}", "{{ 办结时间 }}")
    tag(rows, "{%tr for 项 in 文件 %}")
    paper = wide(rows, "{{ 项.名目 }}", "{{ 项.文件名 }}")
    write(paper.add_paragraph(), "SHA-256：{{ 项.校验值 }}", size=9)  # in one line
    tag(rows, "{%tr endfor %}")
    below(document, "说明：签名为本人或代办人在机器人上的签署，逐项存证。{{ 依据 }}")
    made_by(document)
    return document
