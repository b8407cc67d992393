"""The 会签单 in Word, drawn up from the sheet."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup

from matters import paper
from notices.countersign.paper import FORM, ended, limit, line, mediated, outcome, released, rounds
from notices.notice import Attachment
from rules.articles import cite
from rules.countersign.answer import AnswerStatus
from rules.countersign.matter import Countersign
from rules.dates.reading import moment_in_full
from rules.roster import Official
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
        "送出时间": moment_in_full(sheet.released_at) if sheet.released_at else "",
        "说明": sheet.remark,
        "稿次": "\n".join(rounds(sheet)),
        "会签意见": [line(sheet, one) for one in sorted(sheet.current, key=lambda one: one.unit.id)],
        "协调": [mediated(sheet, mediation) for mediation in sheet.mediations],
        "结果": outcome(sheet),
        "办结": ended(sheet),
        "办结人": acting_title(ended_by, sheet.ended_for or ended_by) if ended_by else "",
        "办结时间": moment_in_full(sheet.ended_at) if sheet.ended_at else "",
        "文件": list(_papers(sheet, digests)),
        "依据": cite(*dict.fromkeys((53, sheet.kind.article))),
        "办公室": settings.office_name,
        "制表时间": moment_in_full(now),
    }


def _papers(sheet: Countersign, digests: Mapping[str, Digest]) -> Iterator[dict[str, str]]:
    held = [(f"第{each.round}稿", each) for each in sheet.papers]
    for one in sheet.consultations:
        for answer in one.answers:
            if answer.status is not AnswerStatus.DROPPED:
                held += [(f"{one.unit.name}\n意见附件", each) for each in answer.papers]
    for what, each in held:
        found = digests.get(each.file_id, Digest(each.file_id))
        yield {"名目": what, "文件名": each.name, "校验值": found.text}


async def draw_up(work: UnitOfWork, sheet: Countersign) -> Attachment | None:
    """The sheet as a file to send; None where the office's own template is of no use."""
    answers = [answer for one in sheet.consultations for answer in one.answers]
    papers = [*sheet.papers, *(one for answer in answers for one in answer.papers)]
    digests = await digest.of(work, [one.file_id for one in papers])
    values = fields(sheet, digests, work.office.settings, work.now)
    return await paper.draw_up(work, FORM, values, "会签单（{}）", sheet.title)


async def send(work: UnitOfWork, to: Official, sheet: Countersign) -> str:
    """The same to whoever asked for it; what the tap is answered with."""
    text = Markup("《{}》会签单（{}）").format(sheet.title, sheet.state)
    return await paper.send(work, to, FORM, await draw_up(work, sheet), text)
