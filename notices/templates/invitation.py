"""活动邀请呈批表 (art. 86, 87)."""

from docx.document import Document as Word
from docx.shared import Cm

from notices.templates.sheet import above, below, head, made_by, new, only_if, opinion, pair, table, tag, wide

NAME = "活动邀请呈批表"
_LINE = Cm(1.3)
"""Low enough for two leaders on one page."""


def draw() -> Word:
    """The form on one A4 page as long as few leaders are asked, with its placeholders."""
    document = new(NAME)
    head(document, "活 动 邀 请 呈 批 表")
    above(document, "编号：{{ 编号 }}（{{ 状态 }}）\t报送时间：{{ 报送时间 }}")
    rows = table(document)
    wide(rows, "活　　动", "{{ 活动 }}")
    pair(rows, ("类　　别", "{{ 类别 }}"), ("规　　模", "{{ 规模 }}"))
    wide(rows, "时　　间", "{{ 时间 }}")
    wide(rows, "地　　点", "{{ 地点 }}")
    pair(rows, ("主办单位", "{{ 主办 }}"), ("报送单位", "{{ 报送单位 }}"))
    pair(rows, ("联 系 人", "{{ 联系人 }}"), ("联系电话", "{{ 电话 }}"))
    wide(rows, "拟请领导", "{{ 拟请领导 }}")
    wide(rows, "领导任务", "{{ 任务 }}")
    only_if(rows, "附件", "附　　件", "{{ 附件 }}")
    wide(rows, "报送情况", "{{ 报送情况 }}")
    only_if(rows, "准予情况", "准予受理", "{{ 准予情况 }}")
    only_if(rows, "批准文号", "区委区政府\n批准文号", "{{ 批准文号 }}")
    only_if(rows, "变更情况", "变更情况", "{{ 变更情况 }}")
    opinion(rows, "办公室\n拟办意见", "{{ 拟办 }}", "{{ 经办 }}", "{{ 经办时间 }}", height=_LINE)
    tag(rows, "{%tr for 项 in 批示 %}")
    opinion(rows, "{{ 项.名目 }}", "{{ 项.意见 }}", "{{ 项.签名 }}", "{{ 项.时间 }}", height=_LINE)
    tag(rows, "{%tr endfor %}")
    wide(rows, "出席人员", "{{ 出席 }}")
    only_if(rows, "结果", "办理结果", "{{ 结果 }}")
    below(document, "说明：邀请区政府领导同志参加的活动，一律由区政府办公室统一安排。{{ 依据 }}")
    made_by(document)
    return document
