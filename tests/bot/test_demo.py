"""`make demo` in its first minute: what it says on the terminal, and a port that somebody else has."""

import asyncio
import socket
import subprocess
import sys
from contextlib import closing

import httpx
import pytest

from bot.demo import demo
from rules.refused import Refused


async def test_what_takes_its_time_is_said_and_where_it_is() -> None:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", str(port), stdout=subprocess.PIPE
    )
    assert running.stdout is not None
    said = [(await asyncio.wait_for(running.stdout.readline(), 60)).decode().strip() for _ in range(4)]
    assert said[0].startswith("正在建样本区（花名册、工作群、数据库），放在 ")
    assert said[0].endswith("，退出时删除…")
    assert said[1:] == [
        "正在开始计时、准备网页…",
        f"本地聊天已开，请用浏览器打开 http://127.0.0.1:{port} （按 Ctrl+C 结束）",
        "一切都在本机：不联网，不需要 Telegram 账号；每次启动都是一个新的样本区，退出后不留数据。",
    ]
    async with httpx.AsyncClient(timeout=60) as client:  # however busy the machine is
        assert (await client.get(f"http://127.0.0.1:{port}/")).status_code == 200
    running.terminate()
    await running.wait()


async def test_a_port_that_is_taken_is_said_before_anything_is_set_up() -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refused) as refused:
            await demo(port)
    assert str(refused.value) == (
        f"端口 {port} 用不了（可能已经开着一个试用页面）。请先关掉它，或换一个端口：make demo PORT={port + 1}"
    )
