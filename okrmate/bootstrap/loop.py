"""Opening the loop: the errands of one home in their rhythm, and the daemon that runs them as a service."""

import random
from collections.abc import Callable, Mapping

from okrmate.adapters.handover import take_over
from okrmate.adapters.lease import Lease
from okrmate.adapters.logbook import log_to
from okrmate.adapters.systemd import Systemd
from okrmate.bootstrap.daily_backups import DailyBackups
from okrmate.bootstrap.desk import OpenHome
from okrmate.bootstrap.mail import mail_room
from okrmate.config import Transport
from okrmate.daemon.calls import Calls
from okrmate.daemon.errands import Errand
from okrmate.daemon.loop import Loop
from okrmate.daemon.serving import serve, stopped_by_signals
from okrmate.daemon.watch import since_boot
from okrmate.services.incoming.inbox import Polled, poll
from okrmate.services.loop_state import LoopBoard, LoopKind
from okrmate.services.mailroom import MailRoom, always
from okrmate.services.outgoing.delivery import deliver
from okrmate.services.outgoing.planning import plan
from okrmate.services.tables import FEEDBACK, MEETINGS, MENTORSHIPS, OKR_SETS, OUTGOING, PEOPLE

POLL_EVERY = {Transport.MAILDIR: 5, Transport.IMAP: 60}
"""Seconds between two looks when nobody rings: into a folder they cost nothing, a server is asked less often."""
PLAN_EVERY = 20
DELIVER_EVERY = 10
BACK_UP_EVERY = 20
"""Seconds between two looks whether the backup of the day is there, or how it went."""
ASK_FOR_LETTERS = frozenset(table.name for table in (MENTORSHIPS, PEOPLE, OKR_SETS, MEETINGS, FEEDBACK))
"""What letters come from: a change there is planned for at once."""

chance = random.SystemRandom().random
"""What keeps several homes from knocking at a server at the same moment."""


def look(room: MailRoom, board: LoopBoard, go_on: Callable[[], bool] = always) -> Polled:
    """One look into the mailbox, told on the board; `go_on` is asked after each mail."""
    polled = poll(room, go_on)
    board.looked()
    return polled


def errands(opened: OpenHome, room: MailRoom, board: LoopBoard, go_on: Callable[[], bool]) -> tuple[Errand, ...]:
    """Poll, plan, deliver: what one of them brings is for those behind it. `go_on` is asked between two mails.

    Last comes the backup of the day, which is made beside them.
    """
    config, clock = opened.config, opened.desk.clock
    backups = DailyBackups(config.home, opened.store, config.mentor.zone, clock, since_boot)

    def poll_now() -> bool:
        return bool(look(room, board, go_on).mails)

    def plan_now() -> bool:
        return bool(plan(room).letters)

    def deliver_now() -> bool:
        deliver(room, go_on)
        return False

    poll_every = POLL_EVERY[config.mail.transport]
    return (
        Errand(name="poll", every=poll_every, run=poll_now, mail=True, on_ring=True),
        Errand(name="plan", every=PLAN_EVERY, run=plan_now, on_change=ASK_FOR_LETTERS),
        Errand(name="deliver", every=DELIVER_EVERY, run=deliver_now, mail=True, on_change=frozenset({OUTGOING.name})),
        Errand(name="backup", every=BACK_UP_EVERY, run=backups.look),
    )


def run_daemon(opened: OpenHome, environ: Mapping[str, str], at_work: Callable[[], None]) -> None:
    """Run the loop until SIGTERM or SIGINT; `at_work` is called when it begins, once the screens have made way.

    Raises `StoreError` where another daemon is at work, `MailLoginError` where the server refuses the login.
    """
    calls = Calls()
    lease = Lease(opened.config.home, LoopKind.DAEMON, opened.desk.clock)
    with stopped_by_signals(calls):
        if not take_over(opened.config.home, lease, calls.wait_for_stop):
            return
        try:
            _serve(opened, lease, calls, Systemd(environ), at_work)
        finally:
            lease.let_go()


def _serve(opened: OpenHome, lease: Lease, calls: Calls, systemd: Systemd, at_work: Callable[[], None]) -> None:
    with log_to(opened.config.home):
        room = mail_room(opened)

        def alive() -> None:
            lease.alive()
            systemd.alive()

        def go_on() -> bool:
            alive()  # a thousand mails take their time, and nothing hangs
            return not calls.stopped

        loop = Loop(
            room=room,
            errands=errands(opened, room, lease, go_on),
            calls=calls,
            board=lease,
            chance=chance,
            breathed=alive,
        )
        systemd.ready()
        at_work()
        serve(loop.run, calls, systemd.stopping)
