"""请假报告单 (art. 77)."""

from docx.document import Document as Word

from notices.templates.sheet import (
    HIGH,
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
)

NAME = "请假报告单"


def draw() -> Word:
    """The form on one A4 page, with its placeholders."""
    document = new(NAME)
    head(document, "请 假 报 告 单")
    above(document, "{{ 紧急 }}编号：{{ 编号 }}（{{ 状态 }}）\t报告时间：{{ 报告时间 }}")
    rows = table(document)
    pair(rows, ("姓　　名", "{{ 姓名 }}"), ("单　　位", "{{ 单位 }}"))
    pair(rows, ("职　　务", "{{ 职务 }}"), ("联系电话", "{{ 电话 }}"))
    pair(rows, ("类　　别", "{{ 类别 }}"), ("天　　数", "{{ 天数 }}"))
    wide(rows, "时　　间", "{{ 时间 }}")
    wide(rows, "地　　点", "{{ 地点 }}")
    wide(rows, "事　　由", "{{ 事由 }}", height=HIGH)
    only_if(rows, "附件", "附　　件", "{{ 附件 }}")
    only_if(rows, "外事批件", "外事批件", "{{ 外事批件 }}")
    wide(rows, "{{ 主持名目 }}", "{{ 代为主持 }}")
    only_if(rows, "报告情况", "报告情况", "{{ 报告情况 }}")
    only_if(rows, "变更情况", "变更情况", "{{ 变更情况 }}")
    tag(rows, "{%tr for 项 in 审批 %}")
    opinion(rows, "{{ 项.名目 }}", "{{ 项.意见 }}", "{{ 项.签名 }}", "{{ 项.时间 }}")
    tag(rows, "{%tr endfor %}")
    only_if(rows, "区委报备", "区委报备", "{{ 区委报备 }}")
    wide(rows, "销　　假", "{{ 销假 }}")
    below(document, "说明：外出期间请保持通信联络畅通，确保24小时能随时取得联系；返回后及时销假。{{ 依据 }}")
    made_by(document)
    return document
