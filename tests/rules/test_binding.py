"""A binding code's life, and how many wrong ones are borne."""

from datetime import UTC, datetime, timedelta

import pytest

from rules.binding import (
    ALPHABET,
    LENGTH,
    BindingCode,
    BindingTerms,
    FreshCode,
    WrongTry,
    canonical,
    code_hash,
    new_code,
    tries_left,
)
from rules.refused import Refused
from rules.roster import Official, Role, Unit, UnitKind

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
TERMS = BindingTerms()


@pytest.fixture
def official() -> Official:
    someone = Official("吴洪荒", Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT), "局长", Role.UNIT_HEAD)
    someone.id = 4
    return someone


def refusal(code: BindingCode, official: Official, now: datetime) -> str:
    with pytest.raises(Refused) as refused:
        code.redeem(official, 1001, now)
    return str(refused.value)


def test_codes_are_long_plain_and_never_the_same() -> None:
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert {len(code) for code in codes} == {LENGTH}
    assert set("".join(codes)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("ILOU")


def test_only_the_hash_is_kept(official: Official) -> None:
    fresh = FreshCode()
    record = fresh.issue(official, TERMS, NOW)
    assert fresh.words not in repr(record) + repr(fresh)
    assert record.code_hash == code_hash(fresh.words)
    assert len(record.code_hash) == 64
    assert record.expires_at == NOW + timedelta(days=7)


@pytest.mark.parametrize("typed", ["0a1k9-zzq2x", " 0A1K9 ZZQ2X\n", "oAlK9zzq2x", "０Ａ１Ｋ９ＺＺＱ２Ｘ"])
def test_a_code_typed_by_hand_is_understood(typed: str) -> None:
    assert canonical(typed) == "0A1K9ZZQ2X"
    assert code_hash(typed) == code_hash("0A1K9ZZQ2X")


def test_a_code_binds_once(official: Official) -> None:
    code = FreshCode().issue(official, TERMS, NOW)
    code.redeem(official, 1001, NOW + timedelta(days=6))
    assert official.telegram_id == 1001
    assert not code.live(NOW)
    assert refusal(code, official, NOW) == "此绑定码已经用过，请向区政府办公室另要一个。"


def test_a_code_expires_with_its_seventh_day(official: Official) -> None:
    code = FreshCode().issue(official, TERMS, NOW)
    assert code.live(NOW + timedelta(days=7, seconds=-1))
    assert not code.live(NOW + timedelta(days=7))
    assert refusal(code, official, NOW + timedelta(days=7)) == "此绑定码已经过期，请向区政府办公室另要一个。"
    assert official.telegram_id is None


def test_a_revoked_code_is_dead_and_a_used_one_stays_used(official: Official) -> None:
    code = FreshCode().issue(official, TERMS, NOW)
    code.revoke(NOW)
    assert refusal(code, official, NOW) == "此绑定码已经作废，请使用新发的绑定码。"
    code = FreshCode().issue(official, TERMS, NOW)
    code.redeem(official, 1001, NOW)
    code.revoke(NOW)
    assert code.revoked_at is None


def test_nobody_binds_as_one_who_has_left(official: Official) -> None:
    code = FreshCode().issue(official, TERMS, NOW)
    official.left_at = NOW
    assert refusal(code, official, NOW) == "此绑定码已经作废，请使用新发的绑定码。"


def test_five_wrong_tries_an_hour() -> None:
    tries = [WrongTry(1001, NOW - timedelta(minutes=minutes)) for minutes in (60, 59, 30, 2, 1)]
    assert tries_left(tries, TERMS, NOW) == 1
    assert tries_left([*tries, WrongTry(1001, NOW)], TERMS, NOW) == 0
    assert tries_left([*tries, WrongTry(1001, NOW)], TERMS, NOW + timedelta(minutes=1)) == 1
