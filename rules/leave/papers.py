"""The papers (通知、方案及日程安排) that go with a leave of more than three days (art. 77)."""

from dataclasses import dataclass, field


@dataclass(eq=False)
class LeavePaper:
    """One file, by Telegram's own handle; a picture is sent on as a picture. `size` in bytes."""

    file_id: str
    name: str
    size: int = 0
    photo: bool = False
    id: int = field(init=False)
    leave_id: int = field(init=False)
