"""Who approves whose leave (art. 77): routes of steps, each line of which the config may change.

A step names an office; the roster says who holds it. A vacant one goes to the next in line, and the
report says so; a step that would fall to the applicant themselves goes upward.
"""

from dataclasses import dataclass
from enum import StrEnum

from rules.refused import Refused
from rules.roster import VICE_MAYORS, Official, Role, Roster, UnitKind


class Step(StrEnum):
    """The office that decides at one stop of a route, as the config writes it."""

    UNIT_HEAD = "主要负责人"
    OFFICE_DIRECTOR = "办公室主任"
    IN_CHARGE = "分管副区长"
    EXECUTIVE = "常务副区长"
    MAYOR = "区长"


_LINE = {
    Step.UNIT_HEAD: (Step.UNIT_HEAD, Step.IN_CHARGE, Step.EXECUTIVE, Step.MAYOR),
    Step.OFFICE_DIRECTOR: (Step.OFFICE_DIRECTOR, Step.EXECUTIVE, Step.MAYOR),
    Step.IN_CHARGE: (Step.IN_CHARGE, Step.EXECUTIVE, Step.MAYOR),
    Step.EXECUTIVE: (Step.EXECUTIVE, Step.MAYOR),
    Step.MAYOR: (Step.MAYOR, Step.EXECUTIVE),  # art. 7: they preside in the mayor's place
}
"""Who stands in line for a step."""


@dataclass(frozen=True)
class Route:
    """Who approves one report, in order, and what is to be said of them."""

    approvers: tuple[Official, ...]
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        """For people: 分管副区长 某某 → 区长 某某."""
        return " → ".join(official.titled for official in self.approvers) or "无需审批"


@dataclass(frozen=True)
class LeaveRoutes:
    """[leave.routes]: for each kind of applicant the offices that approve, in order."""

    mayor: tuple[Step, ...] = ()
    vice_mayors: tuple[Step, ...] = (Step.MAYOR,)
    office_director: tuple[Step, ...] = (Step.MAYOR,)
    department_heads: tuple[Step, ...] = (Step.IN_CHARGE, Step.MAYOR)
    town_heads: tuple[Step, ...] = (Step.IN_CHARGE, Step.MAYOR)
    zone_heads: tuple[Step, ...] = (Step.IN_CHARGE, Step.MAYOR)
    others: tuple[Step, ...] = (Step.UNIT_HEAD,)

    def steps(self, applicant: Official) -> tuple[Step, ...]:
        """The line that holds for this applicant."""
        heads = {
            UnitKind.DEPARTMENT: self.department_heads,
            UnitKind.TOWN: self.town_heads,
            UnitKind.ZONE: self.zone_heads,
        }
        if applicant.role is Role.MAYOR:
            return self.mayor
        if applicant.role in VICE_MAYORS:
            return self.vice_mayors
        if applicant.role is Role.OFFICE_DIRECTOR:
            return self.office_director
        if applicant.role is Role.UNIT_HEAD:
            return heads.get(applicant.unit.kind, self.others)
        return self.others

    def route(self, applicant: Official, roster: Roster) -> Route:
        """Who approves, by name; refused when the roster has nobody for it."""
        approvers: list[Official] = []
        remarks = []
        steps = self.steps(applicant)
        for step in steps:
            approver, remark = holder(step, applicant, roster)
            if remark:
                remarks.append(remark)
            if approver and approver not in approvers:
                approvers.append(approver)
        if steps and not approvers:
            raise Refused("花名册中没有可以审批的负责同志，请与区政府办公室联系。")
        return Route(tuple(approvers), tuple(remarks))


def holder(step: Step, applicant: Official, roster: Roster) -> tuple[Official | None, str]:
    """Who decides at this step for this applicant, and the remark if it is not the one named."""
    vacant = ""
    for place in _LINE[step]:
        official = _in_office(place, applicant, roster)
        if official is None:
            vacant = vacant or f"{place}空缺"
        elif official is not applicant:
            return official, f"{vacant}，由{official.titled}审批。" if vacant else ""
    return None, f"{vacant}，无人接替。" if vacant else ""


def _in_office(step: Step, applicant: Official, roster: Roster) -> Official | None:
    match step:
        case Step.UNIT_HEAD:
            return roster.head_of(applicant.unit)
        case Step.OFFICE_DIRECTOR:
            return next(iter(roster.with_role(Role.OFFICE_DIRECTOR)), None)
        case Step.IN_CHARGE:
            return roster.in_charge_of(applicant.unit)
        case Step.EXECUTIVE:
            return roster.executive_vice_mayor
        case Step.MAYOR:
            return roster.mayor
