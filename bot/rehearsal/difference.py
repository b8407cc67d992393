"""Holds what the bot did against what is written, and writes the difference as minutes with - and +."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher

from bot.rehearsal.scene import Expected, Kind, Scene, Turn
from bot.rehearsal.script import ANYTHING, BOT, EITHER, leaving_out, moment, names, squeeze

KEYBOARD = 12
"""Of a keyboard with more buttons (a month calendar, a pick-list) the minutes print the first row."""


_GLIMPSE = 15
"""So many characters of a text are shown on each side of where it parts from what is written."""
_ENOUGH_TO_KNOW = 4


@dataclass(frozen=True)
class Key:
    """A button as it stands in the chat."""

    label: str
    data: str = ""


Rows = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True)
class Deed:
    """One thing the bot did that people see, in plain text. `chat` is where, for toasts the person.

    An edit bears the text and buttons of the message as it is afterwards. `lapsed`: all that has gone is a
    [撤销…] whose minutes are over; that need not be written.
    """

    at: datetime
    kind: Kind
    chat: int
    text: str
    rows: Rows = ()
    file: str = ""
    message: int = 0
    lapsed: bool = False

    @property
    def keys(self) -> tuple[Key, ...]:
        """The buttons in reading order."""
        return tuple(key for row in self.rows for key in row)


@dataclass(frozen=True)
class Difference:
    """Where the bot first did otherwise than written."""

    path: str
    title: str
    line: int
    at: datetime
    minutes: tuple[str, ...]

    def __str__(self) -> str:
        head = [f"{self.path} 第{self.line}行起与实际不符 {moment(self.at)}", f"# {self.title}"]
        return "\n".join([*head, *self.minutes])


@dataclass(frozen=True)
class Comparison:
    """The outcome of one scene: the marked lines, and the minutes as they should read to agree."""

    agrees: bool
    marked: tuple[str, ...]
    actual: tuple[str, ...]


Chats = Callable[[str], Sequence[int]]
Called = Callable[[Sequence[int]], str]
_Pair = tuple[Expected, str, int]


def compare(scene: Scene, deeds: Sequence[Deed], chats: Chats, called: Called) -> Comparison:
    """One scene against what the bot did in it.

    `chats` gives the chats of a written receiver, `called` the name of one or more. To one person the order
    of messages counts; between people, and between messages, edits and toasts, it is free.
    """
    expected = [(one, receiver) for one in scene.expected for receiver in one.to]
    pairs = [
        (one, receiver, chat)
        for one, receiver in expected
        for chat in _meant(one, receiver, scene, deeds, chats)
    ]
    partner: dict[int, Deed] = {}
    lanes = dict.fromkeys((one.kind, chat) for one, _, chat in pairs)
    for kind, chat in sorted(lanes, key=lambda lane: lane[0] is Kind.TOAST):  # 弹窗 first: 提示 fits both
        lane = [n for n, (one, _, to) in enumerate(pairs) if (one.kind, to) == (kind, chat)]
        done = [deed for deed in deeds if deed.chat == chat and _same_kind(kind, deed.kind)]
        done = [deed for deed in done if not any(deed is taken for taken in partner.values())]
        for n, deed in _align([pairs[n][0] for n in lane], done, scene):
            partner[lane[n]] = deed
    left_out = {chat for receiver in scene.left_out for chat in chats(receiver)}
    return _Minutes(scene, deeds, pairs, partner, left_out, called).compared()


def _meant(one: Expected, receiver: str, scene: Scene, deeds: Sequence[Deed], chats: Chats) -> Sequence[int]:
    """The chats of a receiver; of 甲、乙之一 the one towards whom it was done (the first if nobody)."""
    if not receiver.endswith(EITHER):
        return chats(receiver)
    any_of = [chat for called in names(receiver.removesuffix(EITHER)) for chat in chats(called)]
    done = {
        deed.chat
        for deed in deeds
        if _same_kind(one.kind, deed.kind) and unlike(one, deed) is None and _in_time(scene, deed)
    }
    return [next((chat for chat in any_of if chat in done), any_of[0])]


_HINTS = (Kind.TOAST, Kind.ALERT)


def _same_kind(written: Kind, done: Kind) -> bool:
    return written == done or (written is Kind.TOAST and done is Kind.ALERT)


def _align(expected: Sequence[Expected], done: Sequence[Deed], scene: Scene) -> list[tuple[int, Deed]]:
    """The longest run of agreeing pairs, in order."""
    best: list[list[list[tuple[int, Deed]]]] = [
        [[] for _ in range(len(done) + 1)] for _ in range(len(expected) + 1)
    ]
    for i in range(len(expected) - 1, -1, -1):
        for j in range(len(done) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], key=len)
            if unlike(expected[i], done[j]) is None and _in_time(scene, done[j]):
                together = [(i, done[j]), *best[i + 1][j + 1]]
                best[i][j] = together if len(together) >= len(best[i][j]) else best[i][j]
    return best[0][0]


def _in_time(scene: Scene, deed: Deed) -> bool:
    """While the clock turns, a thing must happen in the minute it is written under."""
    return not isinstance(scene.act, Turn) or _minute(deed.at) == _minute(scene.at)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def unlike(expected: Expected, deed: Deed) -> str | None:
    """Why the deed is not what was expected, in a few words; None if it is."""
    if (missing := _missing(expected.text, deed.text)) is not None:
        return _parting(missing, squeeze(deed.text)) if missing else "文字不止这些"
    if (missing := _missing(expected.file, deed.file)) is not None:
        return f"附件是“{deed.file}”" if deed.file else "没有附件"
    if expected.buttons is not None and not _labels_fit(expected.buttons, [key.label for key in deed.keys]):
        return "按钮不同"
    return None


def fits(pattern: str, text: str) -> bool:
    """Whether the text reads as the pattern, `…` standing for anything and blanks not counted."""
    return _missing(pattern, text) is None


def _missing(pattern: str, text: str) -> str | None:
    """The first written piece that is not in its place; empty if the text goes on after the last one."""
    text = squeeze(text)
    pieces = [squeeze(piece) for piece in pattern.split(ANYTHING)]
    if len(pieces) == 1:
        return None if text == pieces[0] else pieces[0] if not text.startswith(pieces[0]) else ""
    first, *middle, last = pieces
    if not text.startswith(first):
        return first
    at = len(first)
    for piece in middle:
        found = text.find(piece, at)
        if found < 0:
            return piece
        at = found + len(piece)
    return None if text.endswith(last) and len(text) - len(last) >= at else last


def _parting(piece: str, text: str) -> str:
    """Where a written piece and the real text part, in a few words."""
    same = next((length for length in range(len(piece), 0, -1) if piece[:length] in text), 0)
    if same < _ENOUGH_TO_KNOW or same == len(piece):
        return f"没有“{_short(piece)}”"
    return f"“{piece[:same][-_GLIMPSE:]}”之后应是“{_short(piece[same:])}”"


def _short(text: str) -> str:
    return text if len(text) <= 2 * _GLIMPSE else text[: 2 * _GLIMPSE] + ANYTHING


def _labels_fit(written: Sequence[str], labels: Sequence[str]) -> bool:
    if not written:
        return not labels
    first, *rest = written
    if first == ANYTHING:
        return any(_labels_fit(rest, labels[n:]) for n in range(len(labels) + 1))
    return bool(labels) and fits(first, labels[0]) and _labels_fit(rest, labels[1:])


@dataclass
class _Minutes:
    """Writes one scene down: agreeing lines as the writer has them, the others with - and +."""

    scene: Scene
    deeds: Sequence[Deed]
    pairs: Sequence[_Pair]
    partner: dict[int, Deed]
    left_out: Collection[int]
    called: Called

    def compared(self) -> Comparison:
        """The scene with its verdict."""
        order = {id(deed): place for place, deed in enumerate(self.deeds)}
        left = [deed for deed in self.deeds if not any(deed is taken for taken in self.partner.values())]
        marked: list[str] = []
        entries: list[tuple[int, list[str]]] = []
        agrees = True
        for one in self.scene.expected:
            own = [n for n, pair in enumerate(self.pairs) if pair[0] is one]
            found = [self.partner[n] for n in own if n in self.partner]
            if len(found) == len(own):
                marked += [f"  {line}" for line in one.source]
                entries.append((min((order[id(deed)] for deed in found), default=0), list(one.source)))
                continue
            agrees = False
            instead, lines = self._instead([self.pairs[n] for n in own if n not in self.partner], left)
            found += instead
            marked += lines
            entries += [(order[id(deeds[0])], written(deeds, self.called)) for deeds in together(found)]
        unforeseen = [deed for deed in left if deed.chat not in self.left_out and not deed.lapsed]
        agrees = agrees and not unforeseen
        marked += [f"  {line}" for line in leaving_out(self.scene.left_out)]
        marked += [line for deeds in together(unforeseen) for line in self._plus(deeds)]
        entries += [(order[id(deeds[0])], written(deeds, self.called)) for deeds in together(unforeseen)]
        return Comparison(agrees, tuple(marked), tuple(self._in_order(entries)))

    def _instead(self, pairs: Sequence[_Pair], left: list[Deed]) -> tuple[list[Deed], list[str]]:
        """What was done towards these people in place of the written thing; it is taken off `left`."""
        found: list[Deed] = []
        nothing: list[int] = []
        for one, _, chat in pairs:
            candidates = [deed for deed in left if deed.chat == chat and _same_kind(one.kind, deed.kind)]
            if not candidates:
                nothing.append(chat)
                continue
            deed = next((deed for deed in candidates if unlike(one, deed) is None), candidates[0])
            left[:] = [other for other in left if other is not deed]
            found.append(deed)
        expected, groups = pairs[0][0], together(found)
        lines = [f"- {line}" for line in expected.source]
        if len(groups) == 1 and not nothing and _in_time(self.scene, found[0]):
            lines = _line_by_line(expected.source, written(found, lambda _: "、".join(expected.to)))
            lines.append(f"  ↑ {self._reason(expected, found[0])}")
            return found, lines
        for deeds in groups:
            lines += [*self._plus(deeds), f"  ↑ {self._reason(expected, deeds[0])}"]
        if nothing:
            name = self.called(nothing)
            lines.append("  ↑ 没有发生" + (f"（{name}）" if [name] != list(expected.to) else ""))
        return found, lines

    def _reason(self, expected: Expected, deed: Deed) -> str:
        reason = unlike(expected, deed)
        if reason is None:
            reason = "先后不同" if _in_time(self.scene, deed) else f"实际在{moment(deed.at)}"
        return reason

    def _plus(self, deeds: Sequence[Deed]) -> list[str]:
        lines = written(deeds, self.called)
        if not _in_time(self.scene, deeds[0]):
            lines = [moment(deeds[0].at), *lines]
        return [f"+ {line}" for line in lines]

    def _in_order(self, entries: list[tuple[int, list[str]]]) -> Iterable[str]:
        """The lines of the scene, with a time line of its own for what happened on the way of a turn."""
        turning = isinstance(self.scene.act, Turn)
        now = ""
        for place, lines in sorted(entries, key=lambda entry: entry[0]):
            at = ""
            if turning and self.deeds:
                deed = self.deeds[place]
                at = moment(self.scene.at if _in_time(self.scene, deed) else deed.at)
            if at != now:
                yield from self.scene.source if at == moment(self.scene.at) else (at,)
            now = at
            yield from lines
        if turning and now != moment(self.scene.at):
            yield from self.scene.source


def _line_by_line(written: Sequence[str], done: Sequence[str]) -> list[str]:
    """The lines both have once, the others with - and +."""
    lines: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, written, done, autojunk=False).get_opcodes():
        if kind == "equal":
            lines += [f"  {line}" for line in written[a:b]]
        else:
            lines += [f"- {line}" for line in written[a:b]] + [f"+ {line}" for line in done[c:d]]
    return lines


def together(deeds: Iterable[Deed]) -> list[list[Deed]]:
    """The same thing done to several people in one minute, as one, where it keeps the order towards each."""
    groups: list[list[Deed]] = []
    for deed in deeds:
        for group in reversed(groups):
            if _same(group[0], deed) and all(deed.chat != other.chat for other in group):
                group.append(deed)
                break
            if any((other.chat, other.kind) == (deed.chat, deed.kind) for other in group):
                groups.append([deed])
                break
        else:
            groups.append([deed])
    return groups


def _same(one: Deed, other: Deed) -> bool:
    """Alike to those who see it; what the buttons send may differ."""
    alike = replace(one, at=other.at, chat=other.chat, message=other.message, rows=other.rows) == other
    labels = [[key.label for key in row] for row in one.rows] == [
        [key.label for key in row] for row in other.rows
    ]
    return alike and labels and moment(one.at) == moment(other.at)


def written(deeds: Sequence[Deed], called: Called, keyboard: int = KEYBOARD) -> list[str]:
    """The same deed to one or more people, as a rehearsal would write it.

    Of more than `keyboard` buttons only the first row.
    """
    deed, name = deeds[0], called([each.chat for each in deeds])
    if deed.kind in _HINTS:
        return [f"{BOT} {deed.kind} {name}  「{squeeze(deed.text)}」"]
    head = f"{BOT} → {name}" if deed.kind is Kind.MESSAGE else f"{BOT} {deed.kind} → {name}"
    lines = [line.strip() for line in deed.text.splitlines()]
    if deed.file:
        lines = [f"附件：{deed.file}", *lines]
    keys = _keyboard(deed, keyboard)
    if len(lines) == 1 and len(deed.rows) <= 1:
        return [f"{head}  {lines[0]}{keys[0] if keys else ''}"]
    first, *rest = lines or [""]
    return [f"{head}  {first}".rstrip(), *(f"    {line}" if line else "" for line in [*rest, *keys])]


def _keyboard(deed: Deed, most: int) -> list[str]:
    rows = ["".join(f"［{key.label}］" for key in row) for row in deed.rows if row]
    return rows if len(deed.keys) <= most else [f"{rows[0]}{ANYTHING}"]
