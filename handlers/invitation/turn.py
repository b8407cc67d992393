"""Whoever tries to reach a leader past the office is turned to the invitation form (art. 86)."""

import re
from dataclasses import replace
from typing import Any

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from handlers.context import GROUP, Context, Route
from handlers.forms.files import paper_of
from handlers.forms.kinds import Form
from handlers.invitation.form import INVITE, may_invite
from handlers.taps import Tap, on_tap
from notices.invitation import told as notices
from rules.fields import Field, Paper, Scene, Text
from rules.invitation.fields import EventTimeField
from rules.invitation.turn import kind_in, leaders_invited, turned, when_in
from rules.refused import Refused
from rules.roster import LEADERS, Official
from storage.unit_of_work import UnitOfWork

_LABEL = re.compile(r"^\s*[^：:，。]{1,8}[：:]\s*")


def guard(form: Form, field: Field[Any], text: str, scene: Scene) -> None:
    """A line of another form through which a leader is invited is not taken there."""
    if form.name.startswith(INVITE.name) or not isinstance(field, Text) or not turned(scene.official):
        return
    if leaders_invited(text, scene.roster) is not None:
        raise Refused("邀请区政府领导，请从「邀请」报区政府办公室，不写在这里", 86)


async def aside(
    work: UnitOfWork, official: Official, form: Form | None, text: str, paper: Paper | None = None
) -> bool:
    """What invites a leader, wherever it was written, gets the article and the way to the form."""
    if form is not None and form.name.startswith(INVITE.name):
        return False
    roster = await work.roster()
    if not turned(official) or leaders_invited(text, roster) is None:
        return False
    if form is not None:  # of a whole note, only the line that is meant
        lines = [line for line in text.splitlines() if leaders_invited(line, roster) is not None]
        text = "\n".join(_LABEL.sub("", line) for line in lines) or text
    await work.note(official, "invitation.turned", f"official:{official.id}", article=86)
    await work.send(notices.turned(official, text, work.office.settings.periods.invitation, paper))
    return True


async def in_group(update: Update, context: Context) -> None:
    """What invites a leader in a group: the sender, and nobody else, gets the way to the form in private.

    A leader is named in words, by @, or by answering their message.
    """
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    work = context.work
    official = await work.official(user.id)
    if official is None or not turned(official):
        return
    text = message.text or message.caption or ""
    pointed = [one.user for one in (*message.entities, *message.caption_entities) if one.user]
    if message.reply_to_message is not None and message.reply_to_message.from_user is not None:
        pointed.append(message.reply_to_message.from_user)
    for account in pointed:
        leader = await work.official(account.id)
        if leader is not None and leader.role in LEADERS and leader.name not in text:
            text = f"@{leader.name}，{text}"
    paper = paper_of(message) if message.document or message.photo else None
    await aside(work, official, None, text, paper)


@on_tap(f"invitation:{notices.TURN}")
async def carry_over(tap: Tap[None]) -> str:
    """[填报邀请]: the form begins with what stands quoted on the card, and with the file there."""
    may_invite(tap.official)
    message = tap.query.message
    shown = (message.text or message.caption or "") if isinstance(message, Message) else ""
    _, _, text = shown.partition(notices.QUOTED)
    values = _read(text.strip(), await _scene(tap.work, tap.official))
    if isinstance(message, Message) and (message.document or message.photo):
        values["programme"] = [replace(paper_of(message), message=0)]
    await tap.begin(INVITE, values)
    return "请在下方接着填。"


def _read(text: str, scene: Scene) -> dict[str, Any]:
    """What of the text fits a field: who, when, what kind; the whole of it as what the leader is to do."""
    if not text:
        return {}
    values: dict[str, Any] = {"task": text[:200]}
    if invited := leaders_invited(text, scene.roster):
        values["asked"] = invited
    if kind := kind_in(text):
        values["kind"] = kind
    if said := when_in(text):
        field: Field[Any] = EventTimeField("when", "时间")
        try:
            values["when"] = field.read(said, scene)
        except Refused:
            return values  # gone by, or not a day: it is asked for
    return values


async def _scene(work: UnitOfWork, official: Official) -> Scene:
    return Scene(work.now, official, await work.roster(), await work.calendar(), work.office.settings)


ROUTES: list[Route] = [carry_over]
_SAID = filters.UpdateType.MESSAGE & (filters.TEXT | filters.CAPTION) & ~filters.COMMAND
LAST_ROUTES: list[Route] = [MessageHandler(GROUP & _SAID, in_group)]
"""After everything else that groups say: whatever the bot is shown there and nothing else has taken."""
