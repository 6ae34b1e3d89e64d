"""The ports of the private mail host on loopback: free ones, chosen once."""

import socket
from contextlib import ExitStack
from dataclasses import dataclass

HOST = "127.0.0.1"


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
        with ExitStack() as held:
            sockets = [held.enter_context(socket.socket()) for _ in range(5)]
            for each in sockets:
                each.bind((HOST, 0))
            imap, imaps, lmtp, smtp, smtps = (each.getsockname()[1] for each in sockets)
        return cls(imap=imap, imaps=imaps, lmtp=lmtp, smtp=smtp, smtps=smtps)
