"""How long a briefing may be silent."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BriefingTerms:
    """[briefing]: what the office may set."""

    silent_months: int = 6
    """So many months without an issue, and the unit is asked whether to stop it (办公室规定)."""

    def __post_init__(self) -> None:
        if self.silent_months < 1:
            raise ValueError(f"[briefing] silent_months 至少为1，现为{self.silent_months}。")
