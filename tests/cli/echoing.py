"""An IMAP server that lets nobody in and repeats what it was told, secret and all: the worst a server can do."""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread


@contextmanager
def echoing_imap_server() -> Iterator[int]:
    """Its port, while it runs."""
    with ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


class _Talk(StreamRequestHandler):
    def handle(self) -> None:
        self._say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2] hello")
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            tag, _, command = line.partition(" ")
            if command.upper().startswith("AUTHENTICATE"):
                self._say("+ ")
                said = self.rfile.readline().decode().strip()
                self._say(f"{tag} NO [AUTHENTICATIONFAILED] you said {said}, which is {b64decode(said).decode()!r}")
            elif command.upper() == "CAPABILITY":
                self._say("* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2")
                self._say(f"{tag} OK done")
            else:
                self._say(f"{tag} NO you said {command}")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
