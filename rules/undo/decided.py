"""撤销: who made a decision may take it back for some minutes, until somebody acts on it (办公室规定)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rules.refused import Refused
from rules.roster import Official


@dataclass(frozen=True)
class Decided:
    """A decision as it stands in the books: `what` its maker calls it, of which matter (`subject`: leave:12).

    `acting_for` is in whose place it was made, as the audit has it.
    """

    id: int
    official_id: int
    subject: str
    what: str
    article: int | None
    acting_for: str | None
    at: datetime
    until: datetime
    undone_at: datetime | None = None

    @property
    def done(self) -> str:
        """For who taps once more: 已同意。"""
        return f"{'已签署：' if self.what.endswith('意见') else '已'}{self.what}。"

    @property
    def then(self) -> str:
        """What those who were told of it have to know once it is taken back."""
        as_before = self.what in ("变更", "续假", "取消会议", "取消活动", "撤回")
        return "刚才告知您的不作数，" + ("仍按原定。" if as_before else "请等重新告知。")

    def may_undo(self, official: Official, now: datetime) -> None:
        """Only its maker, once and in time; also where they acted in another's place and do so no more."""
        if official.id != self.official_id:
            raise Refused(f"“{self.what}”只能由作出的同志本人撤销。")
        if self.undone_at is not None:
            raise Refused(f"“{self.what}”已经撤销，不必重复。")
        if now >= self.until:
            minutes = int((self.until - self.at).total_seconds() // 60)
            raise Refused(f"“{self.what}”已超过{minutes}分钟，不能撤销；需要改变的，请与区政府办公室联系。")

    @property
    def kept_no_more(self) -> Refused:
        """What it changed is forgotten: somebody has gone on from it for good, or the tap came too late."""
        return Refused(f"“{self.what}”已不能撤销；需要改变的，请与区政府办公室联系。")

    def acted_on(self, by: str) -> Refused:
        """Why it stands: somebody has gone on from it, or it was overtaken by the clock."""
        return Refused(f"{f'{by}已经办理' if by else '这件事已有新的进展'}，不能再撤销“{self.what}”。")


FINAL: Final[Mapping[str, str]] = {
    "催办": "提醒已经送到，收不回来；一天只催一次。",
    "送会签": "送达即开始计时，各单位已经收到；改主意的用「撤回」，并告知各单位。",
    "发出通知": "参会的同志已经收到、可以答复；改主意的用「变更」「取消会议」。",
    "申请延期": "是申请，由主办单位答复；不再需要的，按原期限答复即可。",
    "转交": "再转交一次即改。",
    "签到": "记的是到会的事实，有误的由办公室「更正签到」。",
    "提交": "提交以后用「撤回」「变更」。",
    "修改": "打开的是填报单。",
    "取消": "只是不填了，什么也没有办。",
    "发起协调": "提请协调须先写理据，看过再提交；不再需要的，由协调人定。",
    "知悉": "只表示已经看到。",
    "已阅": "只表示已经看到。",
}
"""Buttons that cannot be taken back, each with why."""
