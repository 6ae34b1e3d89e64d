"""Damage done to mails by chance: what wires, gateways, broken programs and people of ill will do to them."""

import re
from collections.abc import Callable, Sequence
from random import Random

Damage = Callable[[Random, bytes], bytes]
AT_ONCE = 5
"""Damages to one mail, at most."""
MOST = 300_000
"""Bytes of a mail above which it is not made any longer."""
BOUNDARY = re.compile(rb"boundary\s*=\s*\"?([^\";\r\n]+)", re.IGNORECASE)
CHARSETS = (  # noqa: SIM905 - so many read better as words
    "utf-8 us-ascii iso-8859-1 iso-8859-15 windows-1252 windows-1255 koi8-r shift_jis iso-2022-jp gb2312 gb18030 big5 "
    "euc-kr utf-7 utf-16 utf-32 idna punycode rot13 base64 hex unicode_escape mac-roman cp037 x-unknown \0"
).split(" ")
ENCODINGS = ("7bit", "8bit", "binary", "base64", "quoted-printable", "x-uuencode", "uue", "none", "base64 base64")
TYPES = (  # noqa: SIM905 - so many read better as words
    "text/plain text/html text/enriched text/calendar text/plain;format=flowed;delsp=yes multipart/mixed "
    "multipart/alternative multipart/related multipart/signed multipart/encrypted multipart/report multipart/digest "
    "message/rfc822 message/partial message/external-body message/delivery-status application/ms-tnef "
    "application/pkcs7-mime application/pgp-encrypted image/png text /"
).split(" ")
UNSEEN = (
    "\0\a\b\v\f\x1b\x7f\x85\xa0\xad\u061c\u180e\u200b\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u3000\ufeff\ufffc"
)
STRANGE = "１٣½²Ⅷ①İſß＋−‒€><%\t\r\n\uffff\U000e0041\U0010ffff"
SIGNS: tuple[str, ...] = (
    *UNSEEN,
    *STRANGE,
    *(
        "\u0301" * 40,
        "👍🏽",
        "👩\u200d👧",
        "\x1b[2J",
        "\x1b]0;x\x07",
        "> > >",
        "&nbsp;",
        "&#0;",
        "&#x110000;",
        "<![CDATA[",
    ),
    *("]]>", "=20=", "=?utf-8?q?=ff?=", "=?x?b?A?=", "--", "-- ", "---", "____", "\r\n", "\n\n", " " * 80, "{{", "%s"),
)
SAID: tuple[str, ...] = (
    *("KR 1.1: 5", "1.1: +2", "#1.2 70%", "1.1-1.3 done", "all done", "no change", "KR 9.9: 4", "1.1: 1e9", "1.1: -5"),
    *("1.1: 1" + "0" * 400, "1.1: " + "9" * 40 + "." + "9" * 40, "1.1: 1/0", "1.1: 0/0", "1.2: 3/4", "1.3: half way"),
    *("1.1: NaN", "undo", "stop", "pause 99999999999 weeks", "pause 0 days", "a", "yes", "Add: x (999999999999 min)"),
    *("move 99999 to 88888", "remove 0", "Thu 25:99", "moved to 31.02.2026 15:00", "confidence 1.1: 11/10", "6", "KR:"),
    *("Score 1.1: 1e400", ">KR 1.1:", "From: x", "-----Original Message-----", "-----BEGIN PGP SIGNED MESSAGE-----"),
    "On Mon, 9 Mar 2026 at 09:00, Olivia Marsh <olivia@example.org> wrote:",
)
FIELDS = (
    "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Content-Type", "Return-Path",
    "Content-Transfer-Encoding", "Authentication-Results", "Auto-Submitted", "List-Id", "Precedence", "Delivered-To",
)  # fmt: skip


def damaged(mails: Sequence[bytes], seed: int, number: int) -> bytes:
    """The mail of this number: one of `mails` with some damage; always the same for the same seed."""
    chance = Random(f"{seed}-{number}")
    raw = chance.choice(mails)
    for _ in range(chance.randint(1, AT_ONCE)):
        if chance.random() < 0.05:
            raw = _spliced(chance, raw, chance.choice(mails))
        elif len(raw) < MOST:
            raw = chance.choice(DAMAGES)(chance, raw)
    return raw


def _spliced(chance: Random, raw: bytes, other: bytes) -> bytes:
    return raw[: chance.randint(0, len(raw))] + other[chance.randint(0, len(other)) :]


def _span(chance: Random, raw: bytes) -> tuple[int, int]:
    start = chance.randint(0, len(raw))
    return start, min(len(raw), start + int(chance.expovariate(1 / 60)))


def _bytes_changed(chance: Random, raw: bytes) -> bytes:
    changed = bytearray(raw)
    for _ in range(chance.randint(1, 12) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(chance: Random, raw: bytes) -> bytes:
    start, end = _span(chance, raw)
    return raw[:start] if chance.random() < 0.1 else raw[:start] + raw[end:]


def _doubled(chance: Random, raw: bytes) -> bytes:
    start, end = _span(chance, raw)
    return raw[:end] + raw[start:end] * chance.choice((1, 2, 50)) + raw[end:]


def _lines_moved(chance: Random, raw: bytes) -> bytes:
    lines = raw.split(b"\n")
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            lines[first], lines[second] = lines[second], lines[first]
        case 1:
            lines.insert(second, lines[first])
        case 2:
            del lines[first]
        case _:
            lines[min(first, second) : max(first, second)] = reversed(lines[min(first, second) : max(first, second)])
    return b"\n".join(lines)


def _line_ends_changed(chance: Random, raw: bytes) -> bytes:
    old, new = chance.choice(((b"\n", b"\r\n"), (b"\n", b"\r"), (b"\r\n", b"\n"), (b"\n", b"\n\n"), (b"\n", b" \n")))
    return raw.replace(old, new, chance.choice((-1, 3)))


def _parts_moved(chance: Random, raw: bytes) -> bytes:
    parts = raw.split(b"\n--")
    first, second = chance.randrange(len(parts)), chance.randrange(len(parts))
    if chance.random() < 0.5:
        parts[first], parts[second] = parts[second], parts[first]
    else:
        parts.insert(first, parts[second])
    return b"\n--".join(parts)


def _boundary_damaged(chance: Random, raw: bytes) -> bytes:
    found = BOUNDARY.search(raw)
    if found is None:
        return raw
    name = found[1]
    new = chance.choice((b"", b"--", name[:-1], name + name, name.upper(), b"b" * 200, b'"', name + b"--", b"\0"))
    return raw.replace(name, new, chance.choice((1, 2, -1)))


def _field_damaged(chance: Random, raw: bytes) -> bytes:
    head, blank, body = raw.partition(b"\n\n")
    lines = head.split(b"\n")
    at = chance.randrange(len(lines))
    line = lines[at]
    name, _, value = line.partition(b":")
    lines[at] = chance.choice(
        (
            line.replace(b":", b""),
            line + b"\n " + line,
            line + b"\n" + line,
            name + b":",
            name + b": " + value * 200,
            name + b": =?utf-8?b?" + value.strip()[:40] + b"?=",
            name + b" :" + value,
            name + b"*0*=utf-8''%FF" + value,
            line.replace(b"<", b"").replace(b"@", b"@@"),
            line.swapcase(),
            b" " + line,
        )
    )
    return b"\n".join(lines) + blank + body


def _field_added(chance: Random, raw: bytes) -> bytes:
    value = chance.choice((*SIGNS, *TYPES, *SAID, "a@b, c@d", "auto-replied", "bulk", "<>", "x" * 5000, "é", "(" * 300))
    return f"{chance.choice(FIELDS)}: {value}\n".encode() + raw


def _charset_lied(chance: Random, raw: bytes) -> bytes:
    charset = chance.choice(CHARSETS).encode()
    changed = re.sub(rb"(?i)charset\s*=\s*[^\s;]+", lambda _: b"charset=" + charset, raw, count=chance.choice((0, 1)))
    if changed != raw:
        return changed
    return b"Content-Type: text/plain; charset=" + charset + b"\n" + raw


def _encoding_lied(chance: Random, raw: bytes) -> bytes:
    encoding = b"Content-Transfer-Encoding: " + chance.choice(ENCODINGS).encode()
    changed = re.sub(rb"(?i)content-transfer-encoding:[^\n]*", lambda _: encoding, raw, count=chance.choice((0, 1)))
    return changed if changed != raw else encoding + b"\n" + raw


def _type_lied(chance: Random, raw: bytes) -> bytes:
    kind = b"Content-Type: " + chance.choice(TYPES).encode()
    return re.sub(rb"(?i)content-type:[^;\n]*", lambda _: kind, raw, count=chance.choice((0, 1)))


def _nested(chance: Random, raw: bytes) -> bytes:
    head, _, body = raw.partition(b"\n\n")
    described = [line for line in head.split(b"\n") if line.lower().startswith(b"content-")]
    ours = [line for line in head.split(b"\n") if not line.lower().startswith(b"content-")]
    inner = b"\n".join(described) + b"\n\n" + body
    for depth in range(chance.choice((1, 2, 5, 29, 31, 60))):
        kind = chance.choice((b"mixed", b"alternative", b"related", b"signed"))
        mark = b"nest%d" % depth
        inner = b'Content-Type: multipart/%s; boundary="%s"\n\n--%s\n%s\n--%s--\n' % (kind, mark, mark, inner, mark)
    return b"\n".join(ours) + b"\n" + inner


def _long_line(chance: Random, raw: bytes) -> bytes:
    at = chance.randint(0, len(raw))
    piece = chance.choice((*SIGNS, *SAID)).encode()
    times: int = chance.choice((700, 5_000, 60_000)) // len(piece)
    return raw[:at] + piece * times + raw[at:]


def _sign_put_in(chance: Random, raw: bytes) -> bytes:
    for _ in range(chance.randint(1, 6)):
        at, sign = chance.randint(0, len(raw)), chance.choice(SIGNS)
        raw = raw[:at] + sign.encode() + raw[at:]
    return raw


def _line_put_in(chance: Random, raw: bytes) -> bytes:
    lines = raw.split(b"\n")
    for _ in range(chance.randint(1, 4)):
        mark = chance.choice((b"", b"> ", b">> ", b"- ", b"* ", b"<p>", b"1. ", b"\t"))
        lines.insert(chance.randint(0, len(lines)), mark + chance.choice(SAID).encode())
    return b"\n".join(lines)


def _half_a_sign(chance: Random, raw: bytes) -> bytes:
    at = chance.randint(0, len(raw))
    half = chance.choice(
        (b"\xed\xa0\x80", b"\xc3", b"\xf0\x9f", b"\xff\xfe", b"\x1b$B", b"\xa4\xa4", b"+2D0-", b"=ED=A0=80")
    )
    return raw[:at] + half + raw[at:]


DAMAGES: tuple[Damage, ...] = (
    _bytes_changed,
    _cut,
    _doubled,
    _lines_moved,
    _line_ends_changed,
    _parts_moved,
    _boundary_damaged,
    _field_damaged,
    _field_added,
    _charset_lied,
    _encoding_lied,
    _type_lied,
    _nested,
    _long_line,
    _sign_put_in,
    _line_put_in,
    _half_a_sign,
)
