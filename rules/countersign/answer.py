"""One answer of a consulted unit: drafted, signed, taken from silence, or too late (art. 53, 63)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from rules.dates.reading import moment_words
from rules.refused import Refused
from rules.roster import Official
from rules.todo import acting_title


class Opinion(StrEnum):
    """What a unit says, or its silence is taken for; as it stands on the 会签单."""

    NO_OBJECTION = "无不同意见"
    OBJECTION = "有不同意见"
    DEEMED = "视为无不同意见"


class Source(StrEnum):
    """How the answer came."""

    OWN = "本人签署"
    PAPER = "书面"
    PHONE = "电话"
    SILENCE = "逾期未回复"


class AnswerStatus(StrEnum):
    """What an answer counts for; of one consultation at most one is in force."""

    DRAFT = "待签字"
    IN_FORCE = "有效"
    LATE = "逾期意见"
    REPLACED = "已被取代"
    DROPPED = "未采用"


@dataclass(eq=False)
class CountersignPaper:
    """One file, by Telegram's own handle. `round` tells the versions of the draft apart (0: of an answer).

    `size` in bytes; `sha256` in hex, once somebody has had the content in hand.
    """

    file_id: str
    name: str
    size: int = 0
    photo: bool = False
    round: int = 0
    sha256: str = ""
    id: int = field(init=False)


@dataclass(eq=False)
class Answer:
    """What a unit said, with who said it and by what right.

    `at` is when it was signed, recorded or taken from silence; for a draft, when it was drafted. `signer` is
    None for drafts and for silence, which is nobody's. `acting_for` is the head in whose place they signed.
    `recorded_by` is the clerk who entered an answer given on paper or by phone, `source_note` what they say
    of it (文号、通话人), `given_on` the Shanghai date on which it was given. `evidence` is what 视为 rests
    on.
    """

    opinion: Opinion
    at: datetime
    status: AnswerStatus
    text: str = ""
    source: Source = Source.OWN
    signer: Official | None = None
    acting_for: Official | None = None
    drafted_by: Official | None = None
    recorded_by: Official | None = None
    source_note: str = ""
    given_on: date | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)
    papers: list[CountersignPaper] = field(default_factory=list)
    id: int = field(init=False)

    def says_the_same(self, other: "Answer") -> bool:
        """Whether another answer says nothing else: the same opinion, words and files."""
        return (self.opinion, self.text.strip(), [(one.name, one.size) for one in self.papers]) == (
            other.opinion,
            other.text.strip(),
            [(one.name, one.size) for one in other.papers],
        )

    @property
    def signed(self) -> bool:
        """Whether it is the unit's own word, not what its silence was taken for."""
        return self.opinion is not Opinion.DEEMED

    @property
    def by(self) -> str:
        """Who answered, in words: 财政局局长 某某（代…）, 办公室代录（电话，来源…）, or 系统."""
        if self.opinion is Opinion.DEEMED:
            return "系统"
        if self.recorded_by is not None:
            note = f"，{self.source_note}" if self.source_note else ""
            return f"办公室代录（{self.source}{note}）"
        who = self.signer or self.drafted_by
        return acting_title(who, self.acting_for or who) if who else ""

    @property
    def done(self) -> str:
        """In one line: 财政局局长某某于12月1日 09:30签署无不同意见."""
        if self.recorded_by is not None:
            clerk, given = self.recorded_by.titled, self.given_on
            on = f"{given.month}月{given.day}日" if given else ""
            return f"{self.by}{on}答复{self.opinion}，{clerk}于{moment_words(self.at)}录入"
        what = "签署" if self.signer else "拟" if self.drafted_by else "记录："
        return f"{self.by}于{moment_words(self.at)}{what}{self.opinion}"


def check_grounds(opinion: Opinion, text: str) -> None:
    """Refuses an objection without its grounds (art. 53); silence is entered by `Countersign.lapse` alone."""
    if opinion is Opinion.DEEMED:
        raise ValueError("silence is entered by `lapse`")
    if opinion is Opinion.OBJECTION and not text.strip():
        raise Refused("请写明有哪些不同意见和理由。", 53)
