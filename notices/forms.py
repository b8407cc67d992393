"""How a form looks in the chat: the question, the card, what is wrong, and what is left of it at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from notices.form_buttons import View, answers, rows_of, tap
from notices.message_text import TEXT_LIMIT, length
from notices.notice import Button, Rows
from rules.articles import cite
from rules.dates.reading import say_day
from rules.fields import Choice, Day, Field, Files, Moment, Pick, Scene, SpanField
from rules.forms import Draft, Problem
from rules.refused import Refused

CLIPS = (600, 200, 80, 30)
"""Longest value shown on a card, in characters; the next one is tried where the whole is too long to send."""
NOTHING_OPEN = Markup("现在没有填到一半的表。")
ONLY_WORDS_AND_FILES = Markup("这里只收文字、文件和照片，视频、投票等请换成文字或文件。")
_INSTEAD = {
    "设置": Markup("收到。聊天本身的变动不用办理；要办事请发“菜单”。"),
    "语音": Markup("语音听不了，请打字发来；不便打字的，可用手机输入法上的话筒，说完就是文字。"),
    "表情": Markup("表情不能当作答复，请打字，或点卡片上的按钮；要办事请发“菜单”。"),
}
EDIT_TAKEN = "已按您改过的内容更新。"
EDIT_IS_NOTHING = Markup(
    "您改了一条已经看过的消息，改动不作数。要改，请重新发一条；已经提交的，请从“我的”里办理。"
)
SEARCHING = "files"
"""The name of the form on which files lie whose purpose is not known yet."""


@dataclass(frozen=True)
class Sheet:
    """A form as it stands: title, the fields that belong on it now, the draft, and the scene to read it in.

    `remarks` are said once above the question, such as a label nobody knows.
    """

    title: str
    fields: Sequence[Field[Any]]
    draft: Draft
    scene: Scene
    remarks: Sequence[str] = ()


@dataclass(frozen=True)
class Page:
    """What the live message shows."""

    text: Markup
    buttons: Rows = ()


def question(sheet: Sheet, field: Field[Any], view: View) -> Page:
    """What is filled so far, and the next question with its buttons."""
    draft = sheet.draft
    rows = answers(field, draft, sheet.scene, view)
    ways: list[Button] = []
    default = field.default(sheet.scene) if field.default else None
    filled = draft.values.get(field.key) is not None
    if default is not None and not filled and not isinstance(field, Choice):  # it is among the words
        rows = ((Button(f"用 {field.say(default, sheet.scene)}", tap(draft, f"{field.key}.def")),), *rows)
    rows = (*_understood(sheet, field, rows), *rows)
    wanted = draft.problems.get(field.key, ["?"])[0] == ""  # left empty, and the form as a whole wants it
    if field.optional and not wanted:
        ways.append(Button("不填" if filled else "跳过", tap(draft, f"{field.key}.none")))
    editing = draft.values.get("_editing") == field.key and not getattr(field, "many", False)
    if editing or draft.problems.get(field.key, [None] * 4)[3] is not None:
        ways.append(Button("不改", tap(draft, "back")))
    ways.append(Button("取消", tap(draft, "cancel")))
    return Page(_whole(sheet, _asked(sheet, field)), (*rows, tuple(ways)))


def _understood(sheet: Sheet, field: Field[Any], rows: Rows) -> Rows:
    """A doubtful answer as it was understood: each reading a button, where `rows` have none for it."""
    offered = {button.label for row in rows for button in row}
    meant = [(n, text) for n, text in enumerate(sheet.draft.meant(field.key)) if text not in offered]
    return tuple((Button(text, tap(sheet.draft, f"{field.key}.meant.{n}")),) for n, text in meant)


def card(sheet: Sheet, preview: Markup, problems: Sequence[Problem]) -> Page:
    """The whole form, to be looked over: with [提交] if nothing stands against it."""
    draft = sheet.draft
    against: dict[str, list[str]] = {}
    for problem in problems:
        against.setdefault(problem.key, []).append(said(problem))
    foot = [preview] if preview else []
    foot += [Markup("❌ {}").format(sentence) for sentence in against.pop("", [])]
    foot.append(
        Markup("<b>{}</b>").format("请改好上面的问题再提交。" if problems else "请核对，无误请提交。")
    )
    mend = [
        Button(f"改{field.label}", tap(draft, f"{field.key}.ask"))
        for field in sheet.fields
        if field.key in against
    ]
    buttons = [Button("修改", tap(draft, "edit")), Button("取消", tap(draft, "cancel"))]
    if not problems:
        buttons.insert(0, Button("提交", tap(draft, "submit")))
    return Page(_whole(sheet, Markup("\n").join(foot), against), (*rows_of(mend, 3), tuple(buttons)))


def fields_to_edit(sheet: Sheet) -> Page:
    """修改: every field a button."""
    draft = sheet.draft
    buttons = [Button(field.label, tap(draft, f"{field.key}.ask")) for field in sheet.fields]
    hint = Markup("<b>要改哪一项？</b>\n也可直接写，例：{}").format(_example_line(sheet.fields))
    return Page(_whole(sheet, hint), (*rows_of(buttons, 3), (Button("不改", tap(draft, "back")),)))


def done(sheet: Sheet) -> Markup:
    """The card once it is submitted."""
    return _whole(sheet, Markup("✅ 已提交。"))


def continued(draft: Draft) -> Markup:
    """What is left of a card when a newer one stands further down."""
    return Markup("<b>{}</b>（见下方）").format(draft.title)


def given_up(draft: Draft) -> Markup:
    """What is left of a form that was cancelled."""
    return Markup("<b>{}</b>\n已取消，填的内容没有保留。").format(draft.title)


def set_aside(draft: Draft) -> Markup:
    """What is left of a form on which nothing was filled when another began."""
    return Markup("<b>{}</b>\n没有填，已收起。").format(draft.title)


def taken_back(draft: Draft) -> Markup:
    """What is left of a form whose only content had to go."""
    return Markup("<b>{}</b>\n已收起，内容没有保留。").format(draft.title)


def lie_idle(draft: Draft) -> Page:
    """A form left half-way: go on or give up."""
    return Page(Markup("{}，要接着办吗？").format(_not_done(draft)), (_go_on_or_not(draft),))


def one_at_a_time(draft: Draft, other: str, files: Sequence[str] = (), remarks: Sequence[str] = ()) -> Page:
    """A second form is begun while one lies half-filled; `files` came for the second."""
    instead = "重新填一份" if other == draft.title else Markup("改填<b>{}</b>").format(other)
    lines = [Markup("⚠️ {}").format(remark) for remark in remarks]
    lines.append(Markup("{}，继续填它，还是放弃它{}？").format(_not_done(draft), instead))
    if files:
        names = "、".join(f"《{name}》" for name in files)
        lines.append(Markup("点“放弃”，{}就随{}一并带过去。").format(names, other))
    return Page(Markup("\n").join(lines), (_go_on_or_not(draft),))


def _not_done(draft: Draft) -> Markup:
    if draft.procedure == SEARCHING:
        return Markup("您<b>{}</b>还没有办").format(draft.title)
    return Markup("您的<b>{}</b>还没有提交").format(draft.title)


def no_place(title: str, name: str) -> str:
    """Said of a file for which the open form has no place; a note that begins another one finds it."""
    return f"{title}不用附件，《{name}》没有收；要用它另办一件事，请接着发说明，第一行写要办的事。"


def declined(kind: str) -> Markup:
    """Said of what is neither words nor a file: 名片, 位置, 语音, 表情, 设置 (of the chat), or other."""
    if kind in _INSTEAD:
        return _INSTEAD[kind]
    if kind:
        return Markup("{}没有收，请打字写明。").format(kind)
    return ONLY_WORDS_AND_FILES


def in_private(title: str) -> Markup:
    """Told to a group when one of its people begins a form there."""
    return Markup("<b>{}</b>请到与我的私聊里填写，已在那里打开。").format(title)


def said(problem: Problem | Refused) -> str:
    """What is wrong, with its article, to stand beside a line: without the full stop."""
    return problem.message.rstrip("。") + (cite(problem.article) if problem.article else "")


def unknown_labels(labels: Sequence[str], fields: Sequence[Field[Any]]) -> str:
    """Names the labels nobody knows, and those there are."""
    ours = "、".join(field.label for field in fields)
    return f"没有{'、'.join(f'「{label}」' for label in labels)}这一栏，可写：{ours}。"


def _whole(sheet: Sheet, foot: Markup, against: dict[str, list[str]] | None = None) -> Markup:
    """Title, remarks, lines and foot; long values are shown shortened where the message would be too long."""
    for clip in CLIPS:
        parts = [
            Markup("<b>{}</b>").format(sheet.title),
            *[Markup("{}").format(about) for about in [sheet.draft.about] if about],
            *_lines(sheet, against or {}, clip),
            *[Markup("⚠️ {}").format(remark) for remark in sheet.remarks],
        ]
        text = Markup("\n").join(parts) + ("\n\n" if len(parts) > 1 else "\n") + foot
        if length(text) <= TEXT_LIMIT:
            return text
    return Markup("<b>{}</b>\n\n").format(sheet.title) + foot


def _lines(sheet: Sheet, against: dict[str, list[str]], clip: int) -> list[Markup]:
    """One line for every field that is filled or wrong, the mistake beside it."""
    lines = []
    for field in sheet.fields:
        if sheet.scene.values.get(field.key) is not None:  # of a list also beside what is wrong
            value = _clip(field.say(sheet.scene.values[field.key], sheet.scene), clip)
            gap = "\n" if "\n" in value else ""
            lines.append(Markup("{}：{}{}").format(field.label, gap, value))
        wrong = sheet.draft.problems.get(field.key)
        if wrong:
            written, why, looked_for = wrong[:3]
            written = f"{written} — " if written else ""
            unsure = bool(sheet.draft.meant(field.key))
            example = "" if looked_for or unsure else _example(field)
            mark = "❓" if unsure else "❌"
            lines.append(Markup("{} {}：{}{}{}").format(mark, field.label, written, why, example))
        lines += [Markup("❌ {}").format(sentence) for sentence in against.get(field.key, [])]
    return lines


def _asked(sheet: Sheet, field: Field[Any]) -> Markup:
    values, match = sheet.draft.values, field
    hint = field.hint
    example = f"也可直接写，例：{field.example}" if field.example else ""
    text = field.question
    if isinstance(match, SpanField) and values.get("_from"):
        text = _half_asked(sheet)
    elif isinstance(match, Moment) and values.get("_day"):
        text = f"{say_day(date.fromisoformat(values['_day']), sheet.scene.today)}几点？"
    elif isinstance(match, Pick):
        example = f"正在找“{values['_filter']}”。" if values.get("_filter") else "输入几个字可以缩小范围。"
    elif isinstance(match, Files):
        example = ""
    elif not isinstance(match, Choice | Day | Moment | SpanField):
        example = f"例：{field.example}" if field.example else ""
    return Markup("\n").join(
        [Markup("<b>{}</b>").format(text), *[Markup("{}").format(line) for line in (hint, example) if line]]
    )


def _half_asked(sheet: Sheet) -> str:
    """The question once the first day is picked, and once the last one is."""
    today, values = sheet.scene.today, sheet.draft.values
    start = date.fromisoformat(values["_from"])
    if not values.get("_to"):
        return f"从{say_day(start, today)}到哪一天？"
    end = date.fromisoformat(values["_to"])
    days = say_day(start, today) if start == end else f"{say_day(start, today)}至{say_day(end, today)}"
    return f"{days}，全天还是半天？"


def _go_on_or_not(draft: Draft) -> tuple[Button, ...]:
    return (Button("继续", tap(draft, "go")), Button("放弃", tap(draft, "drop")))


def _example(field: Field[Any]) -> str:
    return f"，例：{field.example}" if field.example else ""


def _example_line(fields: Sequence[Field[Any]]) -> str:
    field = next((f for f in fields if isinstance(f, SpanField | Day | Moment) and f.example), fields[0])
    return f"{field.label}：{field.example or '…'}"


def _clip(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…（共{len(text)}字）"
