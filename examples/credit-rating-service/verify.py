"""The signature of the gateway, by Standard Webhooks."""

import base64
import hashlib
import hmac
import json
import time

TOLERANCE_SECONDS = 300


def is_from_gateway(secret, method, path, headers, body, now=time.time):
    """Whether the gateway sent exactly this, within five minutes of now.

    `secret` is "whsec_" and base64; `body` are the bytes as they came. What is signed is a JSON array of method, path, the
    viewer's id and role, and the body.
    """
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isascii() or not timestamp.isdigit() or abs(now() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    viewer = [headers.get("x-trellis-viewer-id", ""), headers.get("x-trellis-viewer-role", "")]
    head = ",".join(json.dumps(text, ensure_ascii=False) for text in [method, path, *viewer])
    before = f"{headers.get('webhook-id', '')}.{timestamp}.[{head},".encode("latin-1")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, before + body + b"]", hashlib.sha256).digest()
    expected = f"v1,{base64.b64encode(digest).decode()}"
    # Several while one secret replaces another.
    signatures = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(expected.encode(), signature.encode()) for signature in signatures)
