"""What a server's answer to a mail means for the letter, with the reason as a sentence for the mentor."""

import re

from okrmate.adapters.smtp.connection import SMTP, Reply
from okrmate.adapters.smtp.transaction import Answered, Lost, Step
from okrmate.frozen import Frozen
from okrmate.services.ports import Delivery, DeliveryState

_TOO_BIG = 552
_CONGESTED = re.compile(r"5\.4\.5\b")
"""Said where a day's letters are used up; RFC 3463 has it for what passes, whatever class of code it came with."""
_ABOUT_THE_ACCOUNT = re.compile(
    r"5\.(?:1\.(?:7|8|90)|2\.252|7\.(?:57|60|7\d\d))\b|send ?as ?denied|relay", re.IGNORECASE
)
"""Said of the sender at whatever step: his address and login do not fit, or he is blocked (RFC 3463; Exchange)."""


class Outcomes(Frozen):
    """Speaks for one account: its server's name and the address it sends as."""

    host: str
    sender: str

    def of(self, result: Answered | Lost, recipient: str) -> Delivery:
        """Sent, put off, failed or in doubt.

        A refusal for good ends a letter only where it is about that letter or its recipient. One of the sender is the
        account's trouble, which the mentor can end, so the letter waits for that.
        """
        server, letter = f"The SMTP server {self.host}", f"the letter to {recipient}"
        match result:
            case Lost(complete=True):
                return _in_doubt(f"{server} was lost before it said whether it takes {letter}; it may have left.")
            case Lost():
                return _put_off(f"{server} was lost before {letter} was complete; it has not left.")
            case Answered(reply=reply) if not reply.refuses:
                return Delivery(state=DeliveryState.SENT)
            case Answered(reply=reply) if reply.for_now or _CONGESTED.match(reply.text):
                return _put_off(f"{server} does not take {letter} for now ({reply.reason}).")
            case Answered(reply=reply) if _ABOUT_THE_ACCOUNT.search(reply.text):
                return self._not_as_sender(reply)
            case Answered(step=Step.RECIPIENT, reply=reply):
                return _failed(f"{server} refused the address {recipient} ({reply.reason}): check it.")
            case Answered(reply=reply) if reply.code == _TOO_BIG:
                return _failed(f"{server} takes no letter as big as the one to {recipient} ({reply.reason}).")
            case Answered(step=Step.SENDER, reply=reply):
                return self._not_as_sender(reply)
            case Answered(reply=reply):
                return _failed(f"{server} refused {letter} ({reply.reason}).")

    def no_address(self, recipient: str) -> Delivery:
        """Of a letter that was not even shown to the server."""
        return _failed(f"{recipient!r} is not an address that mail can be sent to: correct it.")

    def turned_away(self, reply: Reply) -> str:
        """Why a server that closes the connection is left alone for now."""
        return f"The SMTP server {self.host} takes no more letters for now ({reply.reason}); the others wait."

    def _not_as_sender(self, reply: Reply) -> Delivery:
        return _put_off(
            f"The SMTP server {self.host} does not let you send as {self.sender} ({reply.reason}): "
            f"check mail.from and username under [{SMTP.table}]."
        )


def _in_doubt(sentence: str) -> Delivery:
    return Delivery(state=DeliveryState.IN_DOUBT, reason=sentence)


def _put_off(sentence: str) -> Delivery:
    return Delivery(state=DeliveryState.DEFERRED, reason=sentence)


def _failed(sentence: str) -> Delivery:
    return Delivery(state=DeliveryState.FAILED, reason=sentence)
