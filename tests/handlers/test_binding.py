"""Binding in the chat, on the local Telegram with the real receiver: people by code, groups by /bind."""

from datetime import timedelta

from rules.binding import spaced
from tests.handlers.binding_stage import (
    CLERK,
    GROUP,
    HEAD,
    LIAISON,
    MAYOR,
    NAMES,
    OTHER_GROUP,
    STRANGER,
    Moment,
    Stage,
)


async def test_the_names_above_are_those_of_the_sample(stage: Stage) -> None:
    async with stage.office.work("look") as work:
        roster = await work.roster()
        places = [roster.named(NAMES[user])[0].post_in_full for user in (HEAD, LIAISON, CLERK, MAYOR)]
    assert places == ["财政局局长", "财政局综合科科长", "区政府办公室秘书科科长", "区长"]


# ---------------------------------------------------------------- people


async def test_a_code_binds_greets_sets_the_menu_and_tells_the_office(stage: Stage) -> None:
    await stage.bind(CLERK)
    code = await stage.code("陶鳞潜")
    answer = await stage.says(HEAD, f"/start {code}")
    assert answer.startswith("✅ 绑定成功\n千文区财政局\n局长 陶鳞潜\n\n陶鳞潜同志，请选择要办的事")
    bound = await stage.bound(HEAD)
    assert bound is not None
    assert bound.name == "陶鳞潜"
    assert "leave" in [entry["command"] for entry in stage.telegram.commands_for(HEAD, HEAD)]
    assert stage.read(CLERK)[-1] == (
        "🔗 财政局局长 陶鳞潜 已绑定，账号：陶鳞潜。\n如非本人，请重新发放绑定码，原绑定即解除。"
    )
    assert (await stage.actions())[-1] == "binding.bound"


async def test_a_code_works_as_it_is_printed_and_only_once(stage: Stage) -> None:
    code = await stage.code("陶鳞潜")
    assert "绑定成功" in await stage.says(HEAD, f"/start {spaced(code).lower()}")
    assert await stage.says(HEAD, f"/start {code}") == (
        "您已绑定：财政局局长 陶鳞潜。\n换手机不必重新绑定；换账号请向区政府办公室要新的绑定码。"
    )
    assert await stage.says(STRANGER, f"/start {code}") == (
        "此绑定码已经用过，请向区政府办公室另要一个。还可再试4次。"
    )
    assert await stage.bound(STRANGER) is None


async def test_two_phones_with_one_code_get_one_binding_and_one_honest_answer(stage: Stage) -> None:
    code = await stage.code("陶鳞潜")
    for user in (HEAD, STRANGER):
        await stage.telegram.says(user, user, f"/start {code}")
    await stage.settle()
    answers = sorted(stage.read(user)[-1] for user in (HEAD, STRANGER))
    assert answers[0].startswith("✅ 绑定成功")
    assert answers[1].startswith("此绑定码已经用过")
    assert [bool(await stage.bound(user)) for user in (HEAD, STRANGER)].count(True) == 1


async def test_a_code_expires(stage: Stage, moment: Moment) -> None:
    code = await stage.code("陶鳞潜")
    moment.at += timedelta(days=7)
    said = await stage.says(HEAD, f"/start {code}")
    assert said == "此绑定码已经过期，请向区政府办公室另要一个。还可再试4次。"


async def test_five_wrong_tries_an_hour_and_then_silence(stage: Stage, moment: Moment) -> None:
    code = await stage.code("陶鳞潜")
    answers = [
        await stage.says(HEAD, f"/start {wrong}") for wrong in ("a", "😀", "1 2 3", "' OR 1=1", "x" * 4000)
    ]
    assert answers[0] == "绑定码不对，请核对办公室发给您的绑定码。还可再试4次。"
    assert answers[4] == (
        "绑定码不对，请核对办公室发给您的绑定码。试错次数过多，请1小时后再试，或致电区政府办公室。"
    )
    assert await stage.says(HEAD, "/start wrong") == ""
    assert await stage.says(HEAD, f"/start {code}") == ""
    assert await stage.bound(HEAD) is None
    assert "加绑定码" in await stage.says(STRANGER, "/start")
    moment.at += timedelta(hours=1)
    assert "绑定成功" in await stage.says(HEAD, f"/start {code}")


async def test_a_new_code_unbinds_the_old_account_which_is_told(stage: Stage) -> None:
    await stage.bind(HEAD)
    code = await stage.code("陶鳞潜")
    await stage.delivery.collect()
    await stage.settle()
    assert stage.read(HEAD)[-1] == "您的账号已与“财政局局长 陶鳞潜”解除绑定。如有疑问，请联系区政府办公室。"
    assert await stage.bound(HEAD) is None
    assert stage.telegram.commands_for(HEAD, HEAD) == []
    assert "绑定成功" in await stage.says(STRANGER, f"/start {code}")


async def test_an_account_is_bound_to_one_person_only(stage: Stage) -> None:
    await stage.bind(HEAD)
    code = await stage.code("戚龙师")
    assert (await stage.says(HEAD, f"/start {code}")).startswith("您的账号已绑定财政局局长 陶鳞潜")
    assert "绑定成功" in await stage.says(LIAISON, f"/start {code}")  # the code was not spent


async def test_start_alone_and_bind_in_private(stage: Stage) -> None:
    assert (await stage.says(STRANGER, "/start")).startswith("您好，这里是区政府办公室值班机器人。")
    assert (await stage.says(STRANGER, "绑定")).startswith("您好，这里是区政府办公室值班机器人。")
    code = await stage.code("陶鳞潜")
    assert "绑定成功" in await stage.says(HEAD, f"/bind {code}")
    assert (await stage.says(HEAD, "/start")).startswith("陶鳞潜同志，请选择要办的事")
    assert (await stage.says(HEAD, "绑定")).startswith("您已绑定：财政局局长 陶鳞潜。")


# ---------------------------------------------------------------- groups


async def test_a_head_binds_their_own_unit(stage: Stage) -> None:
    await stage.bind(HEAD)
    await stage.bind(CLERK)
    assert (await stage.says(HEAD, "/bind 教体局", GROUP)).startswith("您只能绑定本单位（财政局）的工作群")
    answer = await stage.says(HEAD, "/bind", GROUP)
    assert answer.startswith("✅ 本群已绑定为财政局工作群。")
    assert await stage.unit_in(GROUP) == "财政局"
    assert stage.read(CLERK)[-1] == "🔗 财政局局长 陶鳞潜把群“财政局工作群”绑定为财政局工作群。"
    assert await stage.says(HEAD, "/bind", GROUP) == "本群已是财政局工作群，不必重复绑定。"
    assert (await stage.says(HEAD, "/bind", OTHER_GROUP)).startswith("✅ 本群已绑定为财政局工作群")
    assert stage.read(GROUP)[-1] == "财政局工作群已改为另一个群，本群不再接收通知。"
    assert (await stage.unit_in(GROUP), await stage.unit_in(OTHER_GROUP)) == ("", "财政局")


async def test_the_office_binds_any_unit_by_name_or_from_the_list(stage: Stage) -> None:
    await stage.bind(CLERK)
    await stage.bind(HEAD)
    assert (await stage.says(CLERK, "/bind 税务局", GROUP)).startswith("花名册里没有“税务局”")
    assert (await stage.says(CLERK, "/bind 千文区教育和体育局", OTHER_GROUP)).startswith(
        "✅ 本群已绑定为教体局"
    )
    assert (await stage.says(CLERK, "/bind", GROUP)).startswith("本群是哪个单位的工作群？")
    message = stage.telegram.history(GROUP)[-1]
    labels = [button["label"] for row in message["buttons"] for button in row]
    assert len(labels) == 33
    assert "教体局（已绑）" in labels
    await stage.telegram.presses(HEAD, GROUP, message["message_id"], "财政局")
    await stage.settle()
    assert await stage.unit_in(GROUP) == ""
    await stage.telegram.presses(CLERK, GROUP, message["message_id"], "财政局")
    await stage.settle()
    assert await stage.unit_in(GROUP) == "财政局"
    shown = stage.telegram.history(GROUP)[-1]
    assert shown["text"].startswith("✅ 本群已绑定为财政局工作群")
    assert shown["buttons"] == []
    assert stage.read(HEAD)[-1].startswith("🔗 区政府办公室秘书科科长 褚秋收把群")
    await stage.telegram.presses(CLERK, GROUP, message["message_id"], "bind:unit:999999", forged=True)
    await stage.settle()
    assert await stage.unit_in(GROUP) == "财政局"
    assert (await stage.says(CLERK, "/bind 司法局", GROUP)).startswith("本群已绑定财政局；如需改绑，请先发送")


async def test_others_get_one_polite_line(stage: Stage) -> None:
    await stage.bind(LIAISON)
    only = "工作群由本单位主要负责人或区政府办公室绑定、解绑，请他们在群内发送。"
    assert await stage.says(LIAISON, "/bind", GROUP) == only
    assert await stage.says(STRANGER, "/bind", GROUP) == only
    assert await stage.says(STRANGER, "/menu", GROUP) == (
        "本群尚未绑定单位：请本单位主要负责人或区政府办公室在群内发送 /bind（绑定）。"
    )
    assert await stage.says(STRANGER, "大家好", GROUP) == ""
    await stage.bind(HEAD)
    await stage.says(HEAD, "/bind", GROUP)
    assert await stage.says(STRANGER, "/leave", GROUP) == "请在与我的私聊中办理。"
    assert await stage.says(STRANGER, "/leave@other_bot", GROUP) == ""


async def test_a_group_is_unbound_by_its_head(stage: Stage) -> None:
    await stage.bind(HEAD)
    await stage.bind(LIAISON)
    await stage.says(HEAD, "/bind", GROUP)
    assert (await stage.says(LIAISON, "/unbind", GROUP)).startswith("工作群由本单位主要负责人")
    assert await stage.says(HEAD, "/unbind", GROUP) == "本群已与财政局解除绑定，不再接收通知。"
    assert await stage.says(HEAD, "/unbind", GROUP) == "本群没有绑定单位。"
    assert await stage.unit_in(GROUP) == ""


async def test_the_chinese_words_do_the_same_where_the_bot_reads_along(stage: Stage) -> None:
    stage.telegram.make_bot_administrator(GROUP)
    await stage.bind(CLERK)
    assert (await stage.says(CLERK, "绑定 财政局", GROUP)).startswith("✅ 本群已绑定为财政局工作群")
    assert (await stage.says(CLERK, "解绑", GROUP)).startswith("本群已与财政局解除绑定")
    assert (await stage.says(CLERK, "绑定", GROUP)).startswith("本群是哪个单位的工作群？")


async def test_the_bot_says_how_to_bind_when_added_and_unbinds_when_put_out(stage: Stage) -> None:
    stage.telegram.add_group(-502, "新群", [HEAD])
    await stage.settle()
    assert stage.read(-502) == [
        "本群尚未绑定单位：请本单位主要负责人或区政府办公室在群内发送 /bind（绑定）。"
    ]
    for user in (HEAD, LIAISON, CLERK):
        await stage.bind(user)
    await stage.says(HEAD, "/bind", -502)
    stage.telegram.make_bot_administrator(-502)
    stage.telegram.kick_bot(-502)
    await stage.settle()
    assert await stage.unit_in(-502) == ""
    for user in (LIAISON, CLERK):
        assert stage.read(user)[-1].startswith("⚠️ 机器人已被移出群“新群”，财政局工作群的绑定随之解除")
    assert (await stage.actions())[-1] == "binding.group_lost"


async def test_a_group_that_becomes_a_supergroup_stays_bound(stage: Stage) -> None:
    await stage.bind(HEAD)
    await stage.says(HEAD, "/bind", GROUP)
    new = stage.telegram.migrate(GROUP)
    await stage.settle()
    assert await stage.unit_in(new) == "财政局"
    assert await stage.says(HEAD, "/bind", new) == "本群已是财政局工作群，不必重复绑定。"


async def test_an_anonymous_administrator_is_asked_to_be_themselves(stage: Stage) -> None:
    chat = {"id": GROUP, "title": "财政局工作群", "type": "supergroup"}
    stage.telegram.push_update(
        {
            "message": {
                "message_id": 900,
                "date": 1,
                "chat": chat,
                "sender_chat": chat,
                "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
                "text": "/bind",
                "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
            }
        }
    )
    await stage.settle()
    assert stage.read(GROUP) == ["请以本人身份发送（不要用匿名管理员身份）。"]


async def test_an_account_name_is_never_markup(stage: Stage) -> None:
    await stage.bind(CLERK)
    stage.telegram.add_user(106, "<b>张</b>&\u202e", username="zhang")
    await stage.says(106, f"/start {await stage.code('陶鳞潜')}")
    assert "账号：<b>张</b>&（@zhang）。" in stage.read(CLERK)[-1]
