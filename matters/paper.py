"""A Word form drawn up from a matter, by the office's own template or the one that comes along."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from notices.file_name import file_name
from notices.notice import Attachment, Notice, Urgency
from notices.word_form import BadTemplate, WordForm
from rules.refused import Refused
from rules.roster import Official
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)


async def draw_up(
    work: UnitOfWork, form: WordForm, values: Mapping[str, Any], pattern: str, title: str
) -> Attachment | None:
    """The form filled, under the name that `pattern` (without its ending) makes of the title.

    None where the office's own template is of no use; the log says why.
    """
    try:
        content = await asyncio.to_thread(form.render, form.template(work.office.settings), values)
    except BadTemplate as bad:
        log.error("%s could not be drawn up: %s", form.title, bad)  # noqa: TRY400 - said whole
        return None
    return Attachment(file_name(f"{pattern}.docx", title), content)


async def send(work: UnitOfWork, to: Official, form: WordForm, file: Attachment | None, text: Markup) -> str:
    """The form to whoever tapped its button; what the tap is answered with. Refused where none was made."""
    if file is None:
        raise Refused(f"{form.button}暂时生成不了：模板有误，请告区政府办公室。")
    await work.send(Notice(to, text, subject=form.title, attachment=file, urgency=Urgency.ANSWER))
    return f"{form.button}已生成。"
