"""What an office may set for itself; every default stands beside its rule."""

from dataclasses import dataclass, field

from rules.binding import BindingTerms
from rules.briefing.terms import BriefingTerms
from rules.countersign.terms import CountersignTerms
from rules.forms import KeptFiles
from rules.hours import OfficeHours
from rules.invitation.terms import InvitationTerms
from rules.leave.routes import LeaveRoutes
from rules.leave.terms import LeaveTerms
from rules.meeting.terms import MeetingTerms
from rules.outage import OutageTerms
from rules.periods import Periods
from rules.quiet.terms import QuietTerms
from rules.reach_terms import Channel, ReachTerms
from rules.remarks.phrases import Phrases
from rules.retention.terms import RetentionTerms
from rules.undo.terms import UndoTerms


@dataclass(frozen=True)
class Papers:
    """Paths of the office's own Word templates; empty for those that come along."""

    leave_template: str = ""  # 请假报告单
    invitation_template: str = ""  # 活动邀请呈批表
    meeting_excuse_template: str = ""  # 会议请假报告
    attendance_template: str = ""  # 会议签到表
    countersign_template: str = ""  # 会签单

    def of(self, setting: str) -> str:
        """The path set under that key of [papers]; raises AttributeError for a key there is not."""
        found: str = getattr(self, setting)
        return found


@dataclass(frozen=True)
class Sections:
    """What the office may set for one procedure, or one matter of the house, as the rules declare it.

    Each is a section of the configuration file by the same name (bot/config.py).
    """

    countersign: CountersignTerms = field(default_factory=CountersignTerms)
    invitation: InvitationTerms = field(default_factory=InvitationTerms)
    meeting: MeetingTerms = field(default_factory=MeetingTerms)
    briefing: BriefingTerms = field(default_factory=BriefingTerms)
    phrases: Phrases = field(default_factory=Phrases)
    reach: ReachTerms = field(default_factory=ReachTerms)
    quiet: QuietTerms = field(default_factory=QuietTerms)
    retention: RetentionTerms = field(default_factory=RetentionTerms)
    undo: UndoTerms = field(default_factory=UndoTerms)
    papers: Papers = field(default_factory=Papers)
    files: KeptFiles = field(default_factory=KeptFiles)


@dataclass(frozen=True)
class Settings(Sections):
    """The office's own choices, read from the configuration at the start."""

    office_name: str = "区政府办公室"
    bot_username: str = ""
    administrators: tuple[str, ...] = ()
    """Who runs the bot, as 姓名 or 姓名(单位) on the roster; with nobody named, the office desk does."""
    legal_review: str = "司法局"
    """The unit that reviews normative documents and contracts (art. 21, 24, 53), short or full name; its head
    is in attendance at every 常务会议 (art. 49)."""
    periods: Periods = field(default_factory=Periods)
    hours: OfficeHours = field(default_factory=OfficeHours)
    leave_routes: LeaveRoutes = field(default_factory=LeaveRoutes)
    leave: LeaveTerms = field(default_factory=LeaveTerms)
    binding: BindingTerms = field(default_factory=BindingTerms)
    outage: OutageTerms = field(default_factory=OutageTerms)
    channels: tuple[Channel, ...] = ()
    """The other channels of [fallback], by name; their addresses are secrets that only `bot` knows."""
