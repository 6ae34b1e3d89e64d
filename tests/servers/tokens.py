"""OAuth2 access tokens that the private Dovecot checks by itself (RFC 7519, HS256)."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta


def signed(key: bytes, user: str, now: datetime, lasting: timedelta) -> str:
    """A token for `user`, valid from `now` on; with a negative `lasting` it has expired."""
    issued = int(now.timestamp())
    claims = {
        "sub": user,
        "iat": issued,
        "nbf": issued - 60,
        "exp": issued + int(lasting.total_seconds()),
        "scope": "mail",
    }
    content = f"{_part(_json({'alg': 'HS256', 'typ': 'JWT'}))}.{_part(_json(claims))}"
    return f"{content}.{_part(hmac.new(key, content.encode(), hashlib.sha256).digest())}"


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _part(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
