"""How the private Postfix is set up: submission with logins, and delivery to Dovecot; nothing leaves the machine."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from tests.servers.accounts import DOMAIN, Account
from tests.servers.ports import HOST, Ports

AGE = 60.0
"""Seconds; Postfix waits with its start while one of its files is younger than a second or two."""
MAX_SIZE = 20_000_000
"""Bytes of a message; what is larger is refused (552)."""
THROTTLED = "1s"
"""How long no other process is started where one died at its first connection, as one that is killed may; else 60 s."""
_DAEMONS = Path("/usr/lib/postfix/sbin")
MASTER = _DAEMONS / "master"
_POSTFIX_OWNS = (
    "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace",
)  # fmt: skip


def write_settings(root: Path, ports: Ports, accounts: Iterable[Account]) -> Path:
    """Write all that Postfix reads, and make its queue, below `root`; returns the folder of its configuration."""
    config, queue = root / "postfix", root / "queue"
    config.mkdir()
    (config / "main.cf").write_text(_main(root, ports))
    (config / "master.cf").write_text(_master(ports))
    (config / "recipients").write_text("".join(f"{account.address} {account.name}\n" for account in accounts))
    for path in config.iterdir():
        written = path.stat().st_mtime
        os.utime(path, (written - AGE, written - AGE))
    _make_queue(queue)
    data = root / "postfix-data"
    data.mkdir()
    shutil.chown(data, "postfix")
    return config


def _make_queue(queue: Path) -> None:
    queue.mkdir()
    (queue / "pid").mkdir()
    for name in _POSTFIX_OWNS:
        (queue / name).mkdir(mode=0o700)
        shutil.chown(queue / name, "postfix")
    for name, mode in (("maildrop", 0o1730), ("public", 0o2710)):
        (queue / name).mkdir()
        shutil.chown(queue / name, "postfix", "postdrop")
        (queue / name).chmod(mode)


def _main(root: Path, ports: Ports) -> str:
    return _places(root) + _deliveries(root, ports) + _submission(root)


def _places(root: Path) -> str:
    return f"""\
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/postfix-data
command_directory = /usr/sbin
daemon_directory = {_DAEMONS}
mail_owner = postfix
setgid_group = postdrop
maillog_file = {root}/log/postfix.log
maillog_file_prefixes = {root}
multi_instance_enable = no
inet_interfaces = {HOST}
inet_protocols = ipv4
service_throttle_time = {THROTTLED}
myhostname = mx.{DOMAIN}
mydomain = {DOMAIN}
"""


def _deliveries(root: Path, ports: Ports) -> str:
    return f"""\
mydestination =
mynetworks =
alias_maps =
alias_database =
local_recipient_maps =
recipient_delimiter = +
virtual_mailbox_domains = {DOMAIN}
virtual_mailbox_maps = texthash:{root}/postfix/recipients
virtual_transport = lmtp:inet:{HOST}:{ports.lmtp}
default_transport = error:5.7.1 mail outside {DOMAIN} is off here
message_size_limit = {MAX_SIZE}
mailbox_size_limit = 0
virtual_mailbox_limit = 0
biff = no
smtp_tls_security_level = none
"""


def _submission(root: Path) -> str:
    return f"""\
smtpd_banner = $myhostname ESMTP
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {root}/run/auth-smtp
smtpd_sasl_security_options = noanonymous
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_cert_file = {root}/tls/cert.pem
smtpd_tls_key_file = {root}/tls/key.pem
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_error_sleep_time = 0
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_peername_lookup = no
"""


def _master(ports: Ports) -> str:
    return f"""\
{HOST}:{ports.smtp} inet n - n - - smtpd
{HOST}:{ports.smtps} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
