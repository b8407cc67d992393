"""The files that go with an invitation."""

from dataclasses import dataclass, field
from enum import StrEnum


class Purpose(StrEnum):
    """What a file is for."""

    PROGRAMME = "方案议程"
    SPEECH = "讲话代拟稿"
    APPROVAL = "批准文件"


@dataclass(eq=False)
class InvitationPaper:
    """One file, by Telegram's own handle; a picture is sent on as a picture. `size` in bytes.

    `change` is the number of the change that brought it, 0 for what came with the invitation itself.
    """

    file_id: str
    name: str
    purpose: Purpose
    size: int = 0
    photo: bool = False
    change: int = 0
    id: int = field(init=False)
    invitation_id: int = field(init=False)
