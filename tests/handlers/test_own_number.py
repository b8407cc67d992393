"""Binding by one's own number, and what becomes of the account that was bound before."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.handlers.binding_stage import CLERK, HEAD, LIAISON, PHONES, STRANGER, Moment, Stage

NO_MATCH = "没有核对上，请向区政府办公室要绑定码，发送 /start 加绑定码。还可再试4次。"
KEY = "用本人手机号绑定"
NEW = 107  # the head's new account


@pytest.fixture
def phone(stage: Stage) -> Stage:
    """The head has a second account, on the number that the roster knows."""
    stage.telegram.world.users[HEAD].phone = ""
    stage.telegram.add_user(NEW, "鳞潜", phone=PHONES[HEAD])
    return stage


def keys(stage: Stage, user: int) -> list[list[str]]:
    shown = stage.telegram.keyboard(user, user)
    return shown["rows"] if shown else []


async def test_ones_own_number_binds_and_the_key_goes(stage: Stage) -> None:
    await stage.bind(CLERK)
    assert KEY in await stage.says(HEAD, "/start")
    assert keys(stage, HEAD) == [[KEY]]
    answers = (await stage.shares(HEAD)).split("\n---\n")
    assert answers[0] == "手机号已核对。"
    assert answers[1].startswith("✅ 绑定成功\n千文区财政局\n局长 陶鳞潜")
    assert keys(stage, HEAD) == []
    bound = await stage.bound(HEAD)
    assert bound is not None
    assert bound.name == "陶鳞潜"
    assert stage.read(CLERK)[-1].startswith("🔗 财政局局长 陶鳞潜已用本人手机号绑定，账号：陶鳞潜。")
    assert (await stage.actions())[-1] == "binding.bound"
    assert (await stage.shares(HEAD)).startswith("您已绑定：财政局局长 陶鳞潜。")


async def test_a_code_takes_the_key_away_as_well(stage: Stage) -> None:
    await stage.says(HEAD, "/start")
    answers = await stage.says(HEAD, f"/start {await stage.code('陶鳞潜')}")
    assert answers.startswith("绑定码已核对。\n---\n✅ 绑定成功")
    assert keys(stage, HEAD) == []


async def test_nobody_learns_who_is_on_the_roster(stage: Stage) -> None:
    assert await stage.shares(STRANGER) == NO_MATCH
    async with stage.office.work("two with one number") as work:
        for name in ("陶鳞潜", "戚龙师"):
            (official,) = (await work.roster()).named(name)
            official.become(official.name, official.unit, official.post, official.role, PHONES[HEAD])
    assert await stage.shares(HEAD) == NO_MATCH
    assert await stage.shares(LIAISON) == NO_MATCH  # whose own number is on nobody's line now
    assert await stage.bound(HEAD) is None


async def test_anothers_contact_binds_nobody(stage: Stage) -> None:
    await stage.telegram.shares_contact(STRANGER, STRANGER, f"86{PHONES[HEAD]}", "陶鳞潜")
    await stage.settle()
    assert stage.read(STRANGER)[-1] == (
        "这不是您本人的名片，不能用来绑定，请点下面的“用本人手机号绑定”。还可再试4次。"
    )
    await stage.telegram.shares_contact(STRANGER, STRANGER, "8613700000000", "没有账号的人")
    await stage.settle()
    assert await stage.bound(STRANGER) is None
    assert await stage.bound(HEAD) is None


async def test_five_tries_an_hour_with_codes_and_numbers_together(stage: Stage, moment: Moment) -> None:
    for _ in range(3):
        await stage.says(HEAD, "/start wrong")
    await stage.telegram.shares_contact(HEAD, HEAD, f"86{PHONES[LIAISON]}", "戚龙师")
    await stage.settle()
    await stage.says(HEAD, "/start wrong")
    assert await stage.shares(HEAD) == ""
    moment.at += timedelta(hours=1)
    assert "绑定成功" in await stage.shares(HEAD)


async def test_a_new_account_waits_until_the_old_one_agrees(phone: Stage) -> None:
    await phone.bind(HEAD)
    await phone.bind(CLERK)
    said = await phone.shares(NEW)
    assert said.startswith("手机号已核对。这个手机号已绑定另一个账号，已请原账号和区政府办公室确认")
    assert await phone.bound(NEW) is None
    assert phone.read(HEAD)[-1].startswith("⚠️ 有账号要改绑到您名下，请您确认：鳞潜")
    assert "财政局局长 陶鳞潜申请改绑账号：鳞潜" in phone.read(CLERK)[-1]
    assert (await phone.shares(NEW)).startswith("改绑仍在等原账号或区政府办公室同意。")
    assert len([line for line in phone.read(HEAD) if "改绑" in line]) == 1
    await phone.taps(HEAD, "是我本人")
    bound = await phone.bound(NEW)
    assert bound is not None
    assert bound.name == "陶鳞潜"
    assert await phone.bound(HEAD) is None
    assert "您的账号已与“财政局局长 陶鳞潜”解除绑定。" in phone.read(HEAD)[-1]
    assert phone.read(NEW)[-1].startswith("✅ 绑定成功")
    assert phone.read(CLERK)[-1].startswith("🔗 财政局局长 陶鳞潜已用本人手机号绑定（陶鳞潜同意改绑）")


async def test_an_account_that_a_code_bound_meanwhile_is_asked_about_no_more(phone: Stage) -> None:
    await phone.bind(HEAD)
    await phone.bind(CLERK)
    await phone.shares(NEW)
    await phone.says(NEW, f"/start {await phone.code('陶鳞潜')}")
    await phone.taps(CLERK, "同意改绑")
    bound = await phone.bound(NEW)
    assert bound is not None
    assert any("已凭绑定码绑定为财政局局长 陶鳞潜，这里不用再办。" in one for one in phone.read(CLERK))


async def test_who_says_it_was_not_they_stays_bound(phone: Stage) -> None:
    await phone.bind(HEAD)
    await phone.bind(CLERK)
    await phone.shares(NEW)
    await phone.taps(HEAD, "不是我")
    assert await phone.bound(HEAD) is not None
    assert phone.read(NEW)[-1] == "改绑没有同意。如有疑问，请联系区政府办公室。"
    assert phone.read(CLERK)[-1] == "✕ 财政局局长 陶鳞潜没有改绑到账号鳞潜：陶鳞潜不同意，原绑定不变。"
    assert (await phone.shares(NEW)).startswith("没有核对上")


async def test_the_office_agrees_for_who_has_lost_the_old_account(phone: Stage) -> None:
    for user in (HEAD, CLERK, LIAISON):
        await phone.bind(user)
    await phone.shares(NEW)
    data = phone.telegram.history(CLERK)[-1]["buttons"][0][0]["data"]
    await phone.says(LIAISON, "/bind")
    await phone.telegram.presses(
        LIAISON, LIAISON, phone.telegram.history(LIAISON)[-1]["message_id"], data, forged=True
    )
    await phone.settle()
    assert await phone.bound(NEW) is None
    await phone.taps(CLERK, "同意改绑")
    assert await phone.bound(NEW) is not None
    await phone.taps(CLERK, "撤销绑定")
    assert await phone.bound(NEW) is None
    assert "的绑定已撤销（褚秋收）" in phone.read(CLERK)[-1]
    assert (await phone.shares(NEW)).startswith("没有核对上")
    did = [one for one in await phone.actions() if one.startswith("binding.")]
    assert did == ["binding.asked", "binding.bound", "binding.revoked"]
    assert "绑定成功" in await phone.says(NEW, f"/start {await phone.code('陶鳞潜')}")


async def test_a_question_left_lying_is_dead_after_a_week(phone: Stage, moment: Moment) -> None:
    await phone.bind(HEAD)
    await phone.shares(NEW)
    moment.at += timedelta(days=7)
    await phone.taps(HEAD, "是我本人")
    assert await phone.bound(NEW) is None
    assert await phone.bound(HEAD) is not None


async def test_an_office_may_do_without(stage: Stage) -> None:
    settings = stage.office.settings
    stage.office.settings = replace(settings, binding=replace(settings.binding, by_number=False))
    assert KEY not in await stage.says(HEAD, "/start")
    assert keys(stage, HEAD) == []
    assert (await stage.shares(HEAD)).startswith("没有核对上")
