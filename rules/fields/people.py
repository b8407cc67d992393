"""Fields that pick from the roster: one official, several officials; what they share with those of units."""

import difflib
import re
from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from typing_extensions import override

from rules.fields.base import Field, Json, Scene
from rules.refused import Partly, Refused
from rules.roster import Official, Unit, is_remark, split_name
from rules.spelling import folded
from rules.text import one_line

T = TypeVar("T")
_BETWEEN = re.compile(r"[、，,;；\n]+(?![^（(]*[）)])")
_AND = re.compile("以及|和|及|与")


class Ambiguous(Refused):
    """The name written fits several people; `name` is what to look for among the candidates."""

    def __init__(self, name: str, people: Sequence[Official]) -> None:
        either = "、".join(f"{o.name}({o.unit.name})" for o in people)
        super().__init__(f"有{len(people)}位{name}，请写作 {either}，或点选")
        self.name = name


@dataclass(frozen=True)
class Candidate:
    """One line of a pick-list. `words` is what typing filters by."""

    id: int
    label: str
    words: str


@dataclass(frozen=True)
class Pick(Field[T]):
    """A field with a pick-list; `many` of them are toggled, one alone is taken at once."""

    @property
    def many(self) -> bool:
        """Whether several may be picked."""
        return True

    @abstractmethod
    def candidates(self, scene: Scene) -> list[Candidate]:
        """Everybody who may be picked, in the order shown."""

    def groups(self, scene: Scene) -> Mapping[str, list[int]]:  # noqa: ARG002 - for those that have any
        """Several at one tap: the ids of the candidates by the group's word, in the order shown."""
        return {}

    def matching(self, scene: Scene, words: str) -> list[Candidate]:
        """The candidates that contain every one of the words, 财 or 财政 王."""
        wanted = [folded(word) for word in words.split()]
        return [c for c in self.candidates(scene) if all(word in folded(c.words) for word in wanted)]


@dataclass(frozen=True)
class OfficialField(Pick[Official]):
    """One official among those that `among` gives (all, if it is left out)."""

    among: Callable[[Scene], Sequence[Official]] | None = field(default=None, kw_only=True)

    @property
    @override
    def many(self) -> bool:
        """One alone."""
        return False

    @override
    def candidates(self, scene: Scene) -> list[Candidate]:
        return _people(_among(self.among, scene))

    @override
    def parse(self, text: str, scene: Scene) -> Official:
        """王芳, 王芳(财政局), 财政局王芳 or 财政局局长王芳."""
        return find_official(one_line(text), _among(self.among, scene), scene)

    @override
    def pack(self, value: Official) -> Json:
        return value.id

    @override
    def unpack(self, stored: Json, scene: Scene) -> Official:
        return _still_there(stored, _among(self.among, scene))

    @override
    def say(self, value: Official, scene: Scene) -> str:
        return value.titled


@dataclass(frozen=True)
class OfficialsField(Pick[list[Official]]):
    """Several officials, at most `most`, among those that `among` gives (all, if it is left out)."""

    among: Callable[[Scene], Sequence[Official]] | None = field(default=None, kw_only=True)
    most: int = field(default=50, kw_only=True)

    @override
    def candidates(self, scene: Scene) -> list[Candidate]:
        return _people(_among(self.among, scene))

    @override
    def parse(self, text: str, scene: Scene) -> list[Official]:
        """王芳、李强, each as for one official."""
        people = _among(self.among, scene)
        return read_each(text, lambda name: find_official(name, people, scene))

    @override
    def limit(self, scene: Scene) -> str:
        return f"最多{self.most}人" if self.most < len(_among(self.among, scene)) else ""

    @override
    def hold(self, value: list[Official], scene: Scene) -> None:
        not_too_many(len(value), self.most, "人")
        super().hold(value, scene)

    @override
    def pack(self, value: list[Official]) -> Json:
        return [official.id for official in value]

    @override
    def unpack(self, stored: Json, scene: Scene) -> list[Official]:
        by_id = {official.id: official for official in _among(self.among, scene)}
        return all_there(stored, by_id, "人员", "位")

    @override
    def say(self, value: list[Official], scene: Scene) -> str:
        return "、".join(official.titled for official in value)


def entries(text: str) -> list[str]:
    """The entries of a list as people part them; what stands in brackets is not parted."""
    parts = [part.strip() for part in _BETWEEN.split(text)]
    parts = [re.sub(r"(?<=..)等?[。.]?$", "", part) for part in parts]
    return [part for part in parts if part]


def read_each(text: str, read: Callable[[str], T]) -> list[T]:
    """Every entry of the list once; `Partly` where some of several cannot be read.

    Blanks and 和 part an entry only where the whole is none: 财政局 王芳 is one person, 李和平 a name.
    """
    found: dict[T, None] = {}
    wrong: list[tuple[str, Refused]] = []
    for entry in entries(text):
        for part, value in _read_one(entry, read):
            if isinstance(value, Refused):
                wrong.append((part, value))
            else:
                found[value] = None
    if len(wrong) == 1 and not found:
        raise wrong[0][1]
    if wrong:
        raise Partly(list(found), wrong)
    return list(found)


def _read_one(entry: str, read: Callable[[str], T]) -> list[tuple[str, T | Refused]]:
    whole = _attempt(entry, read)
    if not isinstance(whole, Refused) or isinstance(whole, Ambiguous):
        return [(entry, whole)]
    ways = [entry.split()] if " " in entry else []
    ways += [[entry[: word.start()].strip(), entry[word.end() :].strip()] for word in _AND.finditer(entry)]
    parted = [[each for part in way for each in _read_one(part, read)] for way in ways if all(way)]
    best = max(parted, key=lambda parts: sum(_stands(value) for _, value in parts) / len(parts), default=[])
    if any(_stands(value) for _, value in best):
        return best
    return parted[0] if " " in entry else [(entry, whole)]


def _stands(value: object) -> bool:
    return not isinstance(value, Refused) or isinstance(value, Ambiguous)


def _attempt(entry: str, read: Callable[[str], T]) -> T | Refused:
    try:
        return read(entry)
    except Refused as refused:
        return refused


def all_there(stored: Sequence[int], by_id: Mapping[int, T], what: str, measure: str) -> list[T]:
    """Those picked, as far as they may be picked still; who has gone costs none of the others."""
    there = [by_id[id] for id in stored if id in by_id]
    if gone := len(stored) - len(there):
        rest = "，其余保留" if there else ""
        why = f"有{gone}{measure}已不在可选范围{rest}，请核对"
        raise Partly(there, [(f"原选的{what}", Refused(why))])
    return there


def find_official(text: str, people: Sequence[Official], scene: Scene) -> Official:
    """The one of `people` meant; raises `Ambiguous` for several, `Refused` for none."""
    name = folded(re.sub(r"\s", "", text))
    everybody = [o for o in scene.roster.officials if name in _ways_to_write(o)]
    if not everybody and name.endswith("同志"):
        return find_official(name.removesuffix("同志"), people, scene)
    alone, bracketed = split_name(name)
    if not everybody and bracketed and is_remark(bracketed):  # 王芳（女）
        name = alone
        everybody = [o for o in scene.roster.officials if name in _ways_to_write(o)]
    found = [o for o in people if o in everybody]
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous(name, found)
    if everybody:
        raise Refused(f"{name}不在可选范围")
    raise Refused(f"花名册里没有「{name}」{meant(name, [o.name for o in people])}")


def _ways_to_write(official: Official) -> set[str]:
    name, unit = official.name, official.unit
    post_and_name = official.titled.replace(" ", "")
    return {
        folded(way)
        for way in (
            name,
            f"{name}({unit.name})",
            f"{name}({unit.full_name})",
            f"{unit.name}{name}",
            f"{unit.full_name}{name}",
            f"{official.post}{name}",
            f"{name}{official.post}",
            post_and_name,
        )
    }


def _people(people: Sequence[Official]) -> list[Candidate]:
    """Names with posts; 姓名(单位) where two share a name."""
    shared = Counter(o.name for o in people)
    return [
        Candidate(
            o.id,
            f"{o.name}({o.unit.name})" if shared[o.name] > 1 else f"{o.name} {o.post_in_full}",
            f"{o.name} {o.unit.name} {o.unit.full_name} {o.post}",
        )
        for o in people
    ]


def _among(among: Callable[[Scene], Sequence[Official]] | None, scene: Scene) -> Sequence[Official]:
    return among(scene) if among else scene.roster.officials


def _still_there(id: int, people: Sequence[Official]) -> Official:
    official = next((o for o in people if o.id == id), None)
    if official is None:
        raise Refused("此人已不在可选范围，请重新选")
    return official


def meant(name: str, known: Sequence[str] | dict[str, Unit]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"，是不是「{close[0]}」" if close else ""


def not_too_many(count: int, most: int, measure: str) -> None:
    if not count:
        raise Refused("请至少选一个")
    if count > most:
        raise Refused(f"最多{most}{measure}")
