"""Updates pushed to the bot's own address instead of being fetched: in order, again until they are taken."""

import asyncio
import logging

import httpx

from bot.sandbox.calls import Call
from bot.sandbox.errors import bad_request
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.world import Raw

log = logging.getLogger(__name__)

RETRY_SECONDS = 0.5
ANSWER_SECONDS = 60.0


class Webhook:
    """setWebhook and what follows from it. An address on this machine may be plain http."""

    def __init__(self, updates: UpdateQueue) -> None:
        self._updates = updates
        self._url = ""
        self._secret = ""
        self._last_error = ""
        self._posting: asyncio.Task[None] | None = None

    def set(self, call: Call) -> bool:
        """setWebhook; an empty address is the same as deleting it."""
        url = call.text("url")
        if not url:
            return self.delete(call)
        if not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        self.close()
        if call.flag("drop_pending_updates"):
            self._updates.clear()
        allowed = call.json("allowed_updates", "allowed updates")
        if allowed is not None:
            self._updates.allow(allowed)
        self._updates.interrupt("terminated by setWebhook request")
        self._url = self._updates.webhook_url = url
        self._secret = call.text("secret_token")
        self._posting = asyncio.get_running_loop().create_task(self._post_all())
        return True

    def delete(self, call: Call) -> bool:
        """deleteWebhook."""
        self.close()
        if call.flag("drop_pending_updates"):
            self._updates.clear()
        return True

    def info(self, call: Call) -> Raw:  # noqa: ARG002 - has the shape of a method
        """getWebhookInfo."""
        info: Raw = {
            "url": self._url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self._last_error:
            info["last_error_message"] = self._last_error
        if self._updates.allowed:
            info["allowed_updates"] = self._updates.allowed
        return info

    def close(self) -> None:
        """Stop pushing."""
        self._url = self._updates.webhook_url = ""
        if self._posting is not None:
            self._posting.cancel()
            self._posting = None

    async def _post_all(self) -> None:
        async with httpx.AsyncClient(timeout=ANSWER_SECONDS) as client:
            while True:
                update = await self._updates.next()
                if await self._taken(client, update):
                    self._updates.confirm(update["update_id"] + 1)
                else:
                    await asyncio.sleep(RETRY_SECONDS)

    async def _taken(self, client: httpx.AsyncClient, update: Raw) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        try:
            answer = await client.post(self._url, json=update, headers=headers)
        except httpx.HTTPError as error:
            self._last_error = f"Connection failed: {type(error).__name__}"
            return False
        if not answer.is_success:
            self._last_error = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
        return answer.is_success
