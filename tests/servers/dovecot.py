"""How the private Dovecot is set up: IMAP, LMTP and the logins of both servers, on ports of its own."""

import base64
import grp
import pwd
from collections.abc import Iterable
from pathlib import Path

from tests.servers.accounts import Account
from tests.servers.ports import Ports

PROGRAM = "dovecot"


def write_settings(root: Path, ports: Ports, accounts: Iterable[Account], token_key: bytes) -> Path:
    """Write all that Dovecot reads below `root`; returns its configuration file."""
    keys = root / "etc" / "keys" / "default" / "HS256"
    keys.mkdir(parents=True)
    (keys / "default").write_text(base64.b64encode(token_key).decode())
    users = root / "etc" / "users"
    users.write_text("".join(f"{account.name}:{{PLAIN}}{account.password}::::::\n" for account in accounts))
    oauth2 = root / "etc" / "oauth2.conf"
    oauth2.write_text(
        "introspection_mode = local\n"
        f"local_validation_key_dict = fs:posix:prefix={root}/etc/keys/\n"
        "username_attribute = sub\n"
    )
    config = root / "etc" / "dovecot.conf"
    config.write_text(_general(root) + _logins(users, oauth2, root / "mail") + _FOLDERS + _services(ports))
    return config


def _general(root: Path) -> str:
    mail = pwd.getpwnam("mail")
    return f"""\
base_dir = {root}/run
state_dir = {root}/run
log_path = {root}/log/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{root}/tls/cert.pem
ssl_key = <{root}/tls/key.pem
disable_plaintext_auth = no
first_valid_uid = {mail.pw_uid}
first_valid_gid = {grp.getgrnam("mail").gr_gid}
mail_location = maildir:~/Maildir
mail_fsync = never
mail_max_userip_connections = 100
recipient_delimiter = +
stats_writer_socket_path =
verbose_proctitle = yes
"""


# The passwords must not stand in a `passdb mechanisms =` beside a static userdb: deliveries would then find every
# password database skipped (451). A passwd-file for both does.
def _logins(users: Path, oauth2: Path, homes: Path) -> str:
    mail = pwd.getpwnam("mail")
    return f"""\
auth_mechanisms = plain login oauthbearer xoauth2
auth_username_format = %Ln
auth_failure_delay = 0
auth_verbose = yes
passdb {{
  driver = oauth2
  mechanisms = oauthbearer xoauth2
  args = {oauth2}
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = {users}
}}
userdb {{
  driver = passwd-file
  args = {users}
  default_fields = uid={mail.pw_uid} gid={mail.pw_gid} home={homes}/%n
}}
"""


_FOLDERS = """\
namespace inbox {
  inbox = yes
  separator = /
  mailbox Archive {
    special_use = \\Archive
    auto = subscribe
  }
  mailbox Junk {
    special_use = \\Junk
    auto = subscribe
  }
  mailbox Sent {
    special_use = \\Sent
    auto = subscribe
  }
}
"""


def _services(ports: Ports) -> str:
    return f"""\
service imap-login {{
  inet_listener imap {{
    port = {ports.imap}
  }}
  inet_listener imaps {{
    port = {ports.imaps}
    ssl = yes
  }}
  service_count = 0
  process_min_avail = 1
}}
service imap {{
  process_min_avail = 1
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {ports.lmtp}
  }}
  process_min_avail = 1
}}
service anvil {{
  # Without it, a wrong password is answered later each time.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service auth {{
  unix_listener auth-smtp {{
    mode = 0660
    user = postfix
    group = postfix
  }}
}}
"""
