"""Fields that pick from the roster: one official, several officials, several units."""

import difflib
import re
from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from typing_extensions import override

from rules.fields.base import Field, Json, Scene
from rules.refused import Refused
from rules.roster import Official, Unit, is_remark, split_name
from rules.spelling import folded
from rules.text import one_line

T = TypeVar("T")
_BETWEEN = re.compile(r"[、，,;；\s]+")


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
        names = [name for name in _BETWEEN.split(text) if name]
        return list(dict.fromkeys(find_official(name, people, scene) for name in names))

    @override
    def hold(self, value: list[Official], scene: Scene) -> None:
        _not_too_many(len(value), self.most, "人")
        super().hold(value, scene)

    @override
    def pack(self, value: list[Official]) -> Json:
        return [official.id for official in value]

    @override
    def unpack(self, stored: Json, scene: Scene) -> list[Official]:
        people = _among(self.among, scene)
        return [_still_there(id, people) for id in stored]

    @override
    def say(self, value: list[Official], scene: Scene) -> str:
        return "、".join(official.titled for official in value)


@dataclass(frozen=True)
class UnitsField(Pick[list[Unit]]):
    """Several units, at most `most`, among those that `among` gives (all, if it is left out)."""

    among: Callable[[Scene], Sequence[Unit]] | None = field(default=None, kw_only=True)
    most: int = field(default=100, kw_only=True)

    @override
    def candidates(self, scene: Scene) -> list[Candidate]:
        return [Candidate(unit.id, unit.name, f"{unit.name} {unit.full_name}") for unit in self._units(scene)]

    @override
    def parse(self, text: str, scene: Scene) -> list[Unit]:
        """财政局、人社局, short or full names, in any order and with any separator."""
        units = self._units(scene)
        known = {folded(name): unit for unit in units for name in (unit.full_name, unit.name)}
        found = []
        for name in filter(None, _BETWEEN.split(text)):
            if folded(name) not in known:
                elsewhere = scene.roster.unit(name)
                raise Refused(f"{name}不在可选范围" if elsewhere else f"没有「{name}」{_meant(name, known)}")
            found.append(known[folded(name)])
        return list(dict.fromkeys(found))

    @override
    def hold(self, value: list[Unit], scene: Scene) -> None:
        _not_too_many(len(value), self.most, "个单位")
        super().hold(value, scene)

    @override
    def pack(self, value: list[Unit]) -> Json:
        return [unit.id for unit in value]

    @override
    def unpack(self, stored: Json, scene: Scene) -> list[Unit]:
        by_id = {unit.id: unit for unit in self._units(scene)}
        if not all(id in by_id for id in stored):
            raise Refused("有单位已不在可选范围，请重新选")
        return [by_id[id] for id in stored]

    @override
    def say(self, value: list[Unit], scene: Scene) -> str:
        return "、".join(unit.name for unit in value)

    def _units(self, scene: Scene) -> Sequence[Unit]:
        return self.among(scene) if self.among else scene.roster.units


def find_official(text: str, people: Sequence[Official], scene: Scene) -> Official:
    """The one of `people` meant; raises `Ambiguous` for several, `Refused` for none."""
    name = folded(re.sub(r"\s", "", text))
    everybody = [o for o in scene.roster.officials if name in _ways_to_write(o)]
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
    raise Refused(f"花名册里没有「{name}」{_meant(name, [o.name for o in people])}")


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


def _meant(name: str, known: Sequence[str] | dict[str, Unit]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"，是不是「{close[0]}」" if close else ""


def _not_too_many(count: int, most: int, measure: str) -> None:
    if not count:
        raise Refused("请至少选一个")
    if count > most:
        raise Refused(f"最多{most}{measure}")
