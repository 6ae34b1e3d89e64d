"""A mail as its reader sees it: text in the colour of its ground changes nothing, and holds no answer that is seen."""

from collections import Counter
from dataclasses import replace

from okrmate.mail.body import MailProblem
from okrmate.mail.inbound import InboundMail
from okrmate.reply.own_words import own_words


def as_seen(mail: InboundMail) -> InboundMail:
    """The mail without what may not be seen in it, which is named in `unseen` for the mentor.

    As it came where nothing else in it is new: somebody who writes at night writes white on black, and what ground a
    program puts under that is not in the mail. Such a mail is held.
    """
    if MailProblem.FAINT not in mail.problems or not own_words(mail.seen).text.strip():
        return mail
    return replace(
        mail,
        lines=mail.seen,
        seen=(),
        unseen=_left_out(mail),
        problems=tuple(problem for problem in mail.problems if problem is not MailProblem.FAINT),
    )


def _left_out(mail: InboundMail) -> tuple[str, ...]:
    """The lines that are not among the seen ones; a single letter, which tracking pixels leave, is nothing to read."""
    seen = Counter(line.text.strip() for line in mail.seen)
    left = Counter(line.text.strip() for line in mail.lines) - seen
    return tuple(line for line in left if len(line) > 1 or line.isdigit())
