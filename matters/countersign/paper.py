"""The 会签单 in Word, drawn up from the sheet."""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from notices.countersign.paper import FORM, ended, limit, line, mediated, moment, outcome, released, rounds
from notices.file_name import file_name
from notices.notice import Attachment
from rules.articles import cite
from rules.countersign.answer import AnswerStatus
from rules.countersign.matter import Countersign
from rules.settings import Settings
from rules.todo import acting_title
from storage import digest
from storage.digest import Digest
from storage.unit_of_work import UnitOfWork


def fields(
    sheet: Countersign, digests: Mapping[str, Digest], settings: Settings, now: datetime
) -> dict[str, Any]:
    """The value of every placeholder."""
    ended_by = sheet.ended_by
    return {
        "编号": str(sheet.id),
        "状态": str(sheet.state),
        "急件": "【急件】" if sheet.urgent else "",
        "标题": sheet.title,
        "类型": str(sheet.kind),
        "时限": limit(sheet, settings.periods),
        "主办单位": sheet.lead_unit.full_name,
        "经办": sheet.drafter.titled,
        "送出": released(sheet),
        "送出时间": moment(sheet.released_at) if sheet.released_at else "",
        "说明": sheet.remark,
        "稿次": "\n".join(rounds(sheet)),
        "会签意见": [line(sheet, one) for one in sorted(sheet.standing, key=lambda one: one.unit.id)],
        "协调": [mediated(sheet, mediation) for mediation in sheet.mediations],
        "结果": outcome(sheet),
        "办结": ended(sheet),
        "办结人": acting_title(ended_by, sheet.ended_for or ended_by) if ended_by else "",
        "办结时间": moment(sheet.ended_at) if sheet.ended_at else "",
        "文件": list(_papers(sheet, digests)),
        "依据": cite(*dict.fromkeys((53, sheet.kind.article))),
        "办公室": settings.office_name,
        "制表时间": moment(now),
    }


def _papers(sheet: Countersign, digests: Mapping[str, Digest]) -> Iterator[dict[str, str]]:
    held = [(f"第{paper.round}稿", paper) for paper in sheet.papers]
    for one in sheet.consultations:
        for answer in one.answers:
            if answer.status is not AnswerStatus.DROPPED:
                held += [(f"{one.unit.name}\n意见附件", paper) for paper in answer.papers]
    for what, paper in held:
        found = digests.get(paper.file_id, Digest(paper.file_id))
        yield {"名目": what, "文件名": paper.name, "校验值": found.text}


# ---------------------------------------------------------------- Word


async def draw_up(work: UnitOfWork, sheet: Countersign) -> Attachment:
    """The sheet as a file to send; raises BadTemplate if the office's own template is of no use."""
    settings = work.office.settings
    answers = [answer for one in sheet.consultations for answer in one.answers]
    papers = [*sheet.papers, *(paper for answer in answers for paper in answer.papers)]
    digests = await digest.of(work, [paper.file_id for paper in papers])
    values = fields(sheet, digests, settings, work.now)
    content = await asyncio.to_thread(FORM.render, FORM.template(settings.countersign_template), values)
    return Attachment(file_name("会签单（{}）.docx", sheet.title), content)
