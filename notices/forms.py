"""How a form looks in the chat: the question, the card, what is wrong, and what is left of it at the end."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
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
from rules.text import clip, one_line

CLIPS = (600, 200, 80, 30)
"""Longest value shown on a card, in characters; the next one is tried where the whole is too long to send."""
WAYS = {"go": "继续", "later": "先放着", "drop": "放弃"}
"""What may become of a form that lies half-filled."""
AT_HAND = 8
"""So many lines of a card have a button of their own; the others stand behind 修改."""
LABEL = 24
"""So much of what somebody wrote stands on a button."""
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
class OpenForm:
    """A form as it stands: title, the fields that belong on it now, the draft, and the scene to read it in.

    `remarks` are said once above the question, such as a label nobody knows. `steps_back` says whether there
    is a step before this one; `assumed` are the keys of what was not asked, and is marked so.
    """

    title: str
    fields: Sequence[Field[Any]]
    draft: Draft
    scene: Scene
    remarks: Sequence[str] = ()
    steps_back: bool = False
    assumed: Collection[str] = ()


@dataclass(frozen=True)
class Page:
    """What the live message shows."""

    text: Markup
    buttons: Rows = ()


def question(form: OpenForm, field: Field[Any], view: View) -> Page:
    """What is filled so far, and the next question with its buttons."""
    draft = form.draft
    rows = answers(field, draft, form.scene, view)
    ways: list[Button] = []
    default = field.default(form.scene) if field.default else None
    filled = draft.values.get(field.key) is not None
    if default is not None and not filled and not isinstance(field, Choice):  # it is among the words
        rows = ((Button(f"用 {field.say(default, form.scene)}", tap(draft, f"{field.key}.def")),), *rows)
    rows = (*_understood(form, field, rows), *rows)
    wanted = draft.problems.get(field.key, ["?"])[0] == ""  # left empty, and the form as a whole wants it
    if field.optional and not wanted:
        ways.append(Button("不填" if filled else "跳过", tap(draft, f"{field.key}.none")))
    editing = draft.values.get("_editing") == field.key and not getattr(field, "many", False)
    if editing or draft.problems.get(field.key, [None] * 4)[3] is not None:
        ways.append(Button("不改", tap(draft, "back")))
    if form.steps_back and draft.procedure != SEARCHING:
        ways.append(Button("‹ 上一步", tap(draft, "prev")))
    ways.append(Button("不用" if draft.procedure == SEARCHING else "取消", tap(draft, "cancel")))
    return Page(_whole(form, _asked(form, field)), (*rows, tuple(ways)))


def _understood(form: OpenForm, field: Field[Any], rows: Rows) -> Rows:
    """A doubtful answer as it was understood: each reading a button, where `rows` have none for it."""
    offered = {button.label for row in rows for button in row}
    meant = [(n, text) for n, text in enumerate(form.draft.meant(field.key)) if text not in offered]
    return tuple(
        (Button(clip(one_line(text), LABEL), tap(form.draft, f"{field.key}.meant.{n}")),) for n, text in meant
    )


def card(form: OpenForm, preview: Markup, problems: Sequence[Problem]) -> Page:
    """The whole form, to be looked over: with [提交] if nothing stands against it."""
    draft = form.draft
    against: dict[str, list[str]] = {}
    for problem in problems:
        against.setdefault(problem.key, []).append(said(problem))
    foot = [preview] if preview else []
    foot += [Markup("❌ {}").format(sentence) for sentence in against.pop("", [])]
    foot.append(
        Markup("<b>{}</b>").format("请改好上面的问题再提交。" if problems else "请核对，无误请提交。")
    )
    ways = [Button("修改", tap(draft, "edit")), Button("取消", tap(draft, "cancel"))]
    if not problems:
        ways.insert(0, Button("提交", tap(draft, "submit")))
    mend = [
        Button(f"改{field.label}", tap(draft, f"{field.key}.ask")) for field in _at_hand(form, against.keys())
    ]
    return Page(_whole(form, Markup("\n").join(foot), against), (*rows_of(mend, 4), tuple(ways)))


def _at_hand(form: OpenForm, wrong: Collection[str]) -> list[Field[Any]]:
    """What one tap changes: lines that are wrong; else all that are filled, or of many the assumed ones."""
    if mend := [field for field in form.fields if field.key in wrong]:
        return mend
    filled = [field for field in form.fields if form.scene.values.get(field.key) is not None]
    if len(filled) <= AT_HAND:
        return filled
    return [field for field in filled if field.key in form.assumed][:AT_HAND]


def fields_to_edit(form: OpenForm) -> Page:
    """修改: every field a button."""
    draft = form.draft
    buttons = [Button(field.label, tap(draft, f"{field.key}.ask")) for field in form.fields]
    hint = Markup("<b>要改哪一项？</b>\n也可直接写，例：{}").format(_example_line(form))
    return Page(_whole(form, hint), (*rows_of(buttons, 3), (Button("不改", tap(draft, "back")),)))


def done(form: OpenForm) -> Markup:
    """The card once it is submitted."""
    return _whole(replace(form, assumed=()), Markup("✅ 已提交。"))


def continued(draft: Draft) -> Markup:
    """What is left of a card when a newer one stands further down."""
    return Markup("<b>{}</b>（见下方）").format(draft.title)


def given_up(draft: Draft) -> Markup:
    """What is left of a form that was cancelled."""
    if draft.procedure == SEARCHING:
        return Markup("<b>{}</b>\n不用了，没有保留。").format(draft.title)
    return Markup("<b>{}</b>\n已取消，填的内容没有保留。").format(draft.title)


def put_aside(draft: Draft, until: date, today: date) -> Markup:
    """What is left of a form that is put aside: where it is found again, and how long."""
    return Markup("<b>{}</b>\n先放着了。发「草稿」接着填，保留到{}。").format(
        draft.title, say_day(until, today)
    )


def forgotten(draft: Draft) -> Markup:
    """Said when a form that was put aside is not kept any longer."""
    return Markup("您先放着的<b>{}</b>一直没有接着填，内容已不再保留；要办请重新填。").format(draft.title)


def aside(lines: Sequence[Markup], buttons: Rows) -> Page:
    """草稿: the forms that were put aside, a line and a number each."""
    if not lines:
        return Page(Markup("没有先放着的表。"))
    numbered = [Markup("{}. {}").format(number, line) for number, line in enumerate(lines, 1)]
    return Page(Markup("\n").join([Markup("<b>先放着的表，点号码接着填：</b>"), *numbered]), buttons)


def taken_back(draft: Draft) -> Markup:
    """What is left of a form whose only content had to go."""
    return Markup("<b>{}</b>\n已收起，内容没有保留。").format(draft.title)


def lie_idle(draft: Draft) -> Page:
    """A form left half-way: go on, put it aside, or give up."""
    return Page(Markup("{}，要接着办吗？").format(_not_done(draft)), (_go_on_or_not(draft),))


def let_go(names: Sequence[str], hours: int) -> Markup:
    """Said once of files that nobody has said a word of."""
    files = "、".join(f"《{name}》" for name in names)
    return Markup("您发来的{}放了{}小时没有用上，不再保留；要用时请重新发。").format(files, hours)


def one_at_a_time(draft: Draft, other: str, files: Sequence[str] = (), remarks: Sequence[str] = ()) -> Page:
    """A second form is begun while one lies half-filled; `files` came for the second."""
    instead = "重新填一份" if other == draft.title else Markup("改填<b>{}</b>").format(other)
    lines = [Markup("⚠️ {}").format(remark) for remark in remarks]
    lines.append(Markup("{}，继续填它，还是先放着或者放弃，{}？").format(_not_done(draft), instead))
    if files:
        names = "、".join(f"《{name}》" for name in files)
        lines.append(Markup("点“先放着”或“放弃”，{}就随{}一并带过去。").format(names, other))
    return Page(Markup("\n").join(lines), (_go_on_or_not(draft),))


def _not_done(draft: Draft) -> Markup:
    if draft.procedure == SEARCHING:
        return Markup("您<b>{}</b>还没有办").format(draft.title)
    return Markup("您的<b>{}</b>还没有提交").format(draft.title)


def no_place(title: str, names: str) -> str:
    """Said of files for which the open form has no place; a note that begins another one finds them."""
    return f"{title}不用附件，{names}没有收；要用它另办一件事，请接着发说明，第一行写要办的事。"


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


def _whole(form: OpenForm, foot: Markup, against: dict[str, list[str]] | None = None) -> Markup:
    """Title, remarks, lines and foot; long values are shown shortened where the message would be too long."""
    for longest in CLIPS:
        parts = [
            Markup("<b>{}</b>").format(form.title),
            *[Markup("{}").format(about) for about in [form.draft.about] if about],
            *_lines(form, against or {}, longest),
            *[Markup("⚠️ {}").format(remark) for remark in form.remarks],
        ]
        text = Markup("\n").join(parts) + ("\n\n" if len(parts) > 1 else "\n") + foot
        if length(text) <= TEXT_LIMIT:
            return text
    return Markup("<b>{}</b>\n\n").format(form.title) + foot


def _lines(form: OpenForm, against: dict[str, list[str]], clip: int) -> list[Markup]:
    """One line for every field that is filled or wrong, the mistake beside it."""
    lines = []
    for field in form.fields:
        if form.scene.values.get(field.key) is not None:  # of a list also beside what is wrong
            value = _clip(field.say(form.scene.values[field.key], form.scene), clip)
            value += "（默认）" if field.key in form.assumed else ""
            gap = "\n" if "\n" in value else ""
            lines.append(Markup("{}：{}{}").format(field.label, gap, value))
        wrong = form.draft.problems.get(field.key)
        if wrong:
            written, why, looked_for = wrong[:3]
            written = f"{written} — " if written else ""
            unsure = bool(form.draft.meant(field.key))
            sample = field.sample(form.scene)
            example = f"，例：{sample}" if sample and not (looked_for or unsure) else ""
            mark = "❓" if unsure else "❌"
            lines.append(Markup("{} {}：{}{}{}").format(mark, field.label, written, why, example))
        lines += [Markup("❌ {}").format(sentence) for sentence in against.get(field.key, [])]
    return lines


def _asked(form: OpenForm, field: Field[Any]) -> Markup:
    """The question with what helps to answer it: its hint, an example, and what limits the answer."""
    values, text = form.draft.values, field.asked(form.scene)
    sample, limit = field.sample(form.scene), field.limit(form.scene)
    typed = "也可直接写" if isinstance(field, Choice | Day | Moment | SpanField) else ""
    aid = "，".join(filter(None, [typed if sample else "", limit, f"例：{sample}" if sample else ""]))
    if isinstance(field, SpanField) and values.get("_from"):
        text = f"从{say_day(date.fromisoformat(values['_from']), form.scene.today)}到哪一天？"
        aid = f"按全天计；有半天的，填完在卡片上点「改{field.label}」。" if field.halves else aid
    elif isinstance(field, Moment) and values.get("_day"):
        text = f"{say_day(date.fromisoformat(values['_day']), form.scene.today)}几点？"
    elif isinstance(field, Pick):
        aid = f"正在找“{values['_filter']}”。" if values.get("_filter") else "输入几个字可以缩小范围。"
        aid += f"{limit}。" if limit else ""
    elif isinstance(field, Files):
        aid = f"{limit}。"
    return Markup("\n").join(
        [Markup("<b>{}</b>").format(text), *[Markup("{}").format(line) for line in (field.hint, aid) if line]]
    )


def _go_on_or_not(draft: Draft) -> tuple[Button, ...]:
    return tuple(Button(word, tap(draft, way)) for way, word in WAYS.items())


def _example_line(form: OpenForm) -> str:
    fields = form.fields
    field = next((f for f in fields if isinstance(f, SpanField | Day | Moment) and f.example), fields[0])
    return f"{field.label}：{field.sample(form.scene) or '…'}"


def _clip(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…（共{len(text)}字）"
