"""The ports of the private mail host on loopback: free ones, chosen once."""

import secrets
import socket
from contextlib import ExitStack, suppress
from dataclasses import dataclass

HOST = "127.0.0.1"
CHOICE = range(20_000, 32_000)
"""Below those that systems give to whoever connects: one of these could take a server's port while that is down."""

COUNT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """`imap` and `smtp` speak plain text and offer STARTTLS; `imaps` and `smtps` are TLS from the first byte."""

    imap: int
    imaps: int
    lmtp: int
    smtp: int
    smtps: int

    @classmethod
    def free(cls) -> "Ports":
        """Ports nobody listens on at this moment, all of them different."""
        found: list[int] = []
        with ExitStack() as held:
            while len(found) < COUNT:
                port = secrets.choice(CHOICE)
                with suppress(OSError):  # somebody listens there
                    held.enter_context(socket.socket()).bind((HOST, port))
                    found.append(port)
        imap, imaps, lmtp, smtp, smtps = found
        return cls(imap=imap, imaps=imaps, lmtp=lmtp, smtp=smtp, smtps=smtps)
