"""What the receiving server found out about the sender: a reader of Authentication-Results (RFC 8601).

Read are the forms that servers write: with and without a version, with comments, folded, and Microsoft 365's, which
names no server at all.
"""

import re
from collections.abc import Collection, Sequence

from okrmate.frozen import Frozen
from okrmate.mail.headers import VALUE_LIMIT, without_comments

PASSED = frozenset({"pass", "bestguesspass"})
_SECTIONS = re.compile(r'(?:[^;"]|"[^"]*(?:"|\Z))+')
_RESULT = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]*)\s*(?:/\s*\d+\s*)?=\s*([A-Za-z]+)")
_PROPERTY = re.compile(r"\b(header\.(?:d|i))\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


class MethodResult(Frozen):
    """One method's result, in lower case; `domain` is who signed (DKIM), empty where it is not said."""

    method: str
    result: str
    domain: str = ""


class AuthenticationResults(Frozen):
    """One field: the server that says so (empty in Microsoft 365's form) and what it says."""

    authserv_id: str
    results: tuple[MethodResult, ...]

    def of(self, method: str) -> tuple[MethodResult, ...]:
        """The results of one method; DKIM has one a signature."""
        return tuple(result for result in self.results if result.method == method)


def read_authentication_results(value: str) -> AuthenticationResults:
    """The field's value, unfolded; what makes no sense is left out."""
    sections = [section.strip() for section in _SECTIONS.findall(without_comments(value[:VALUE_LIMIT]))]
    sections = [section for section in sections if section]
    authserv_id = ""
    if sections and not _RESULT.match(sections[0]):
        words = sections.pop(0).split()
        authserv_id = words[0].strip('"').lower()
    results = (_result(section) for section in sections)
    return AuthenticationResults(authserv_id=authserv_id, results=tuple(found for found in results if found))


def _result(section: str) -> MethodResult | None:
    found = _RESULT.match(section)
    if found is None:
        return None
    method, result = found.group(1).lower(), found.group(2).lower()
    signers = {name.lower(): value for name, value in _PROPERTY.findall(section)}
    signer = signers.get("header.d") or signers.get("header.i", "")
    return MethodResult(method=method, result=result, domain=signer.rpartition("@")[2].lower())


def failed_method(values: Sequence[str], trusted: Collection[str], sender: str) -> str | None:
    """The method by which a server found the sender false, or None: a trusted one, where any is named.

    `values` are the fields from the top. Only the topmost of a trusted server counts: servers add theirs on top, and
    what lies below may be forged. A field without a server's name counts only as the topmost of all. DMARC decides
    where it passed or failed; otherwise a failed DKIM or SPF counts, unless a signature of the sender's own domain
    holds (forwarding breaks SPF, lists break signatures).

    Where no server is trusted the topmost field counts, whoever wrote it: a mail is not believed the more for what it
    says of itself, but one that says that it is false is not believed.
    """
    found = _believed(values, trusted) if trusted else next(map(read_authentication_results, values), None)
    return None if found is None else _failure(found, sender.rpartition("@")[2].lower())


def is_proven(values: Sequence[str], trusted: Collection[str], sender: str) -> bool:
    """Whether a trusted server found the sender true: by DMARC, or by a signature of the sender's own domain.

    Where no server is trusted nothing can be proven, and what was not found false must do.
    """
    if not trusted:
        return failed_method(values, trusted, sender) is None
    found = _believed(values, trusted)
    return found is not None and _proof(found, sender.rpartition("@")[2].lower())


def _believed(values: Sequence[str], trusted: Collection[str]) -> AuthenticationResults | None:
    servers = {server.lower() for server in trusted}
    for place, value in enumerate(values):
        found = read_authentication_results(value)
        if found.authserv_id in servers or (not found.authserv_id and place == 0 and found.results):
            return found
    return None


def _proof(found: AuthenticationResults, sender_domain: str) -> bool:
    dmarc = {result.result for result in found.of("dmarc")}
    if "fail" in dmarc:
        return False
    signed = any(result.result == "pass" and _aligned(result.domain, sender_domain) for result in found.of("dkim"))
    return bool(dmarc & PASSED) or signed


def _failure(found: AuthenticationResults, sender_domain: str) -> str | None:
    dmarc = {result.result for result in found.of("dmarc")}
    if "fail" in dmarc:
        return "dmarc"
    if _proof(found, sender_domain):
        return None
    if any(result.result == "fail" for result in found.of("dkim")):
        return "dkim"
    return "spf" if any(result.result in {"fail", "hardfail"} for result in found.of("spf")) else None


def _aligned(signer: str, sender: str) -> bool:
    """Relaxed alignment (RFC 7489 section 3.1), told by the names alone."""
    return bool(signer) and (signer == sender or sender.endswith(f".{signer}") or signer.endswith(f".{sender}"))
