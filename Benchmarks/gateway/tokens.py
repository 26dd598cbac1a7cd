"""Access tokens as the product signs them, and the session that makes one good."""

import base64
import hashlib
import hmac
import json
import time

KEY_NAME, KEY = "bench", bytes(range(32))
SIGNING_KEYS = f"{KEY_NAME}:{KEY.hex()}"
LIFETIME_SECONDS = 900


def authorization(cluster, account):
    """The header of somebody who has signed in just now."""
    [[session, version, account_version]] = cluster.sql(
        f"INSERT INTO session (account_id, expires_at) VALUES ({account}, now() + '1 day')"
        " RETURNING id, token_version,"
        f" (SELECT token_version FROM account WHERE id = {account})")
    now = int(time.time())
    return "Bearer " + signed({
        "iss": "marquee", "aud": "marquee", "sub": str(account),
        "account_version": int(account_version), "sid": session, "session_version": int(version),
        "role": "USER", "iat": now, "exp": now + LIFETIME_SECONDS})


def signed(claims):
    head = {"alg": "HS256", "kid": KEY_NAME, "typ": "at+jwt"}
    text = ".".join(
        encoded(json.dumps(part, separators=(",", ":")).encode()) for part in (head, claims))
    return f"{text}.{encoded(hmac.digest(KEY, text.encode(), hashlib.sha256))}"


def encoded(part):
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()
