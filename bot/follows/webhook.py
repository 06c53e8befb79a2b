"""Messages to a webhook, signed in the manner of the Standard Webhooks specification, and how long they wait.

The signature is `v1,` and the base64 of HMAC-SHA256 over "id.timestamp.body" with the secret's bytes
(https://www.standardwebhooks.com): whoever has the secret knows the message, that it is not old, and by its
id whether it came before.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

SECRET = "whsec_"

# Seconds before the next try, as the specification proposes: the last one comes three days after the first.
_WAITS = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
_JITTER = 0.1


def signed(message_id: str, body: bytes, *, secret: str, now: datetime) -> dict[str, str]:
    """The headers that a message goes out with."""
    moment = str(int(now.timestamp()))
    key = base64.b64decode(secret.removeprefix(SECRET))
    mac = hmac.new(key, f"{message_id}.{moment}.".encode() + body, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
    }


def next_try(tries: int, headers: Mapping[str, str], *, now: datetime, chance: float) -> datetime | None:
    """When a message that was tried so often is tried again; None: it is given up.

    A server that says how long to wait (`Retry-After`, seconds) is heeded up to a day. `chance`, from 0 to 1,
    spreads those that failed together.
    """
    if tries > len(_WAITS):
        return None
    wait = _WAITS[tries - 1] * (1 + _JITTER * chance)
    asked = headers.get("retry-after", "")
    if asked.isascii() and asked.isdigit():
        wait = max(wait, min(int(asked[:6]), 86_400))
    return now + timedelta(seconds=wait)
