"""One call of the bot: its parameters as they come, in JSON or as the strings of a form."""

import json
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.world import Act, Files, World


@dataclass
class Call:
    """A Bot API method with its parameters and uploaded files (field name -> file name, content)."""

    world: World
    method: str
    params: dict[str, Any]
    files: Files = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string; empty where it is missing."""
        value = self.params.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; the default where it is missing or none."""
        value = self.params.get(name, default)
        try:
            return int(float(value))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """Yes or no; missing is no."""
        return str(self.params.get(name, "")).lower() in {"true", "1", "yes"}

    def json(self, name: str, what: str = "") -> Any:  # noqa: ANN401 - anything that JSON can say
        """An object or a list, already decoded or still a string; None where it is missing."""
        value = self.params.get(name)
        if not isinstance(value, str | bytes):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what or name} JSON object") from None

    def note(self, **facts: Any) -> None:  # noqa: ANN401 - the fields of Act
        """Enter what was done into the log that rehearsals read."""
        self.world.done.append(Act(self.method, **facts))
