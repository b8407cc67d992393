"""What is an invitation past the office, and what only sounds like one (art. 86)."""

import pytest

from rules.invitation.kinds import InvitationKind
from rules.invitation.turn import kind_in, leaders_invited, when_in
from tests.cast import Cast


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("请转告区长出席12月10日的项目开工仪式", ["赵天地"]),
        ("敬请赵区长莅临指导", ["赵天地"]),
        ("诚邀钱玄黄副区长参加我局年会并致辞", ["钱玄黄"]),
        ("拟请区领导参加签约仪式", []),
        ("请孙区长下周三上午9点到会讲话", ["孙宇宙"]),
        ("恳请常务副区长出席", ["钱玄黄"]),
        ("现送上请柬，请交赵天地同志", ["赵天地"]),
        ("区长拨冗光临为盼", ["赵天地"]),
        ("@赵天地 请您12月10日上午9点出席我局非遗展开幕", ["赵天地"]),
        ("@赵区长，我街道12月10日举办庆祝大会，想请您参加", ["赵天地"]),
        ("赵区长您好：\n12月10日我局有一个签约活动，敬请届时莅临", ["赵天地"]),
        ("尊敬的钱玄黄副区长，12月10日项目奠基，恭候光临", ["钱玄黄"]),
        ("赵区长，周五的剪彩您能来参加吗", ["赵天地"]),
        ("@孙宇宙 周五我镇丰收节，您有空来吗？", ["孙宇宙"]),
        ("孙区长，诚邀您为新馆题写馆名", ["孙宇宙"]),
        ("请 赵 天 地 区长 出 席", ["赵天地"]),
        ("欢迎赵区长到我局指导", ["赵天地"]),
        ("特邀常务副区长为获奖企业颁奖", ["钱玄黄"]),
    ],
)
def test_turned_to_the_office(text: str, names: list[str]) -> None:
    found = leaders_invited(text, Cast().roster)
    assert found is not None
    assert [one.name for one in found] == names


@pytest.mark.parametrize(
    "text",
    [
        "陪同区长调研城市更新",
        "参加区长办公会议",
        "请假三天，参加区长办公会议后返回",
        "应区长邀请，参加座谈",
        "受邀请陪同区长参加招商活动",
        "请示区长同意后参加培训",
        "请区长审批",
        "请问区长今天在吗",
        "向赵天地区长汇报工作",
        "请陪同区长参加的同志提前到场",
        "请财政局局长出席会议",
        "参加全省财政工作会议",
        "赵区长，请您批准我参加培训",
        "报请区长启动防汛应急响应",
        "赵区长，请您来电",
        "陪同赵区长调研，敬请各单位参加",
        "赵区长已批示，请有关单位参加",
        "向赵区长汇报工作，请您准假",
        "@财政局 请赵区长审批后通知各单位",
        "区长办公会议定于周五召开，请您按时参加",
    ],
)
def test_left_alone(text: str) -> None:
    assert leaders_invited(text, Cast().roster) is None


def test_what_is_carried_over() -> None:
    assert when_in("请转告区长12月10日上午9点出席") == "12月10日上午9点"
    assert when_in("请区长下周三下午14:30参加") == "下周三下午14:30"
    assert when_in("请区长出席") == ""
    assert kind_in("请区长出席项目签约") is InvitationKind.SIGNING
    assert kind_in("请区长出席签约并剪彩") is None


def test_by_what_a_leader_is_called_in_telegram() -> None:
    cast = Cast()
    cast.vice.username, cast.vice.telegram_id = "sun_yz", 1003
    for text in ("@sun_yz 请您12月10日出席我局非遗展", "@banjie_bot 诚邀 @Sun_YZ 莅临指导"):
        assert leaders_invited(text, cast.roster) == [cast.vice]
    assert leaders_invited("@sun_yzx 请您出席", cast.roster) is None
    cast.vice.telegram_id = None
    assert leaders_invited("@sun_yz 请您出席", cast.roster) is None
