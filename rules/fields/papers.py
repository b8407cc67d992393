"""The field for files: documents and photos, by Telegram's own handle, never by content."""

from dataclasses import asdict, dataclass, field
from pathlib import PurePath

from typing_extensions import override

from rules.fields.base import Field, Json, Scene
from rules.refused import Refused

FILE_LIMIT = 20 * 1024 * 1024
"""Bytes a bot may fetch from Telegram (Bot API, getFile)."""
PAPERS = (".doc", ".docx", ".wps", ".pdf", ".ofd", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".txt", ".zip")
PICTURES = (".jpg", ".jpeg", ".png")


@dataclass(frozen=True)
class Paper:
    """A file somebody sent: `size` in bytes; a `photo` can only be sent on as one.

    `message` and `album` tell, as long as it lies on a form, which message of the chat it came with, and with
    which others it was sent together (Bot API, media_group_id).
    """

    file_id: str
    name: str
    size: int = 0
    photo: bool = False
    message: int = 0
    album: str = ""


@dataclass(frozen=True)
class Files(Field[list[Paper]]):
    """One or several files, at most `most`, whose names end in one of `endings`.

    A file that comes unasked is taken as well: the field then stands on the form, whatever `shown` says.
    On a form with several such fields `names` are words in a file's name that tell which one it is for.
    """

    most: int = field(default=10, kw_only=True)
    endings: tuple[str, ...] = field(default=PAPERS + PICTURES, kw_only=True)
    names: tuple[str, ...] = field(default=(), kw_only=True)

    def accept(self, paper: Paper, so_far: list[Paper]) -> list[Paper]:
        """The files with this one added; a file too large, of another kind or one too many is refused."""
        if paper.size > FILE_LIMIT:
            raise Refused(f"《{paper.name}》有{paper.size / 1024 / 1024:.0f}MB，超过20MB，请压缩或拆分后再发")
        if PurePath(paper.name).suffix.lower() not in self.endings:
            raise Refused(f"《{paper.name}》这类文件收不了，请发{self._kinds}")
        if len(so_far) >= self.most:
            raise Refused(f"最多{self.most}个文件，《{paper.name}》没有收")
        return [*so_far, paper]

    @override
    def limit(self, scene: Scene) -> str:
        many = f"最多{self.most}个，" if self.most > 1 else ""
        return f"{many}每个不超过20MB，收{self._kinds}"

    @override
    def parse(self, text: str, scene: Scene) -> list[Paper]:
        """Text is never a file."""
        raise Refused("请直接把文件发过来")

    @override
    def pack(self, value: list[Paper]) -> Json:
        return [asdict(paper) for paper in value]

    @override
    def unpack(self, stored: Json, scene: Scene) -> list[Paper]:
        return [Paper(**paper) for paper in stored]

    @override
    def say(self, value: list[Paper], scene: Scene) -> str:
        return "、".join(f"《{paper.name}》" for paper in value)

    @property
    def _kinds(self) -> str:
        if self.endings == PAPERS + PICTURES:
            return "Word、WPS、PDF、表格、演示文稿、图片或压缩包"
        return "、".join(ending.removeprefix(".") for ending in self.endings)
