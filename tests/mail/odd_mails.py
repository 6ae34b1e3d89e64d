"""Mails that are no plain answer: signed, encrypted, wrapped, without words, or reports.

What is signed and encrypted here was made once by OpenSSL 3 and GnuPG 2.2 with keys that were thrown away.
"""

from collections.abc import Mapping

from tests.mail.messages import LETTER_ID, MAYA, a_mail, a_mail_of_parts

SAID = "KR 1.1: 4\n"
PICTURE = ("image/jpeg; name=IMG_0417.jpg\nContent-Transfer-Encoding: base64", "/9j/4AAQSkZJRgABAQ==")
VOICE = ("audio/mp4; name=Note.m4a\nContent-Transfer-Encoding: base64", "AAAAHGZ0eXBNNEEg")
TNEF = ("application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64", "eJ8+IgAAAQaQCAAEAAAA")
UNNAMED_TNEF = ("application/octet-stream; name=winmail.dat\nContent-Transfer-Encoding: base64", "eJ8+IgAAAQaQCAAE")
FORWARDED = ("message/rfc822", "From: leo@example.net\nSubject: Numbers\n\nKR 1.1: 9\n")
SMIME_SIGNATURE = """MIIB8AYJKoZIhvcNAQcCoIIB4TCCAd0CAQExDzANBglghkgBZQMEAgEFADALBgkq
hkiG9w0BBwExggG4MIIBtAIBATAnMA8xDTALBgNVBAMMBE1heWECFD+jZL6EdkMU
RpCxLn4c1RMBVH3YMA0GCWCGSAFlAwQCAQUAoIHkMBgGCSqGSIb3DQEJAzELBgkq
hkiG9w0BBwEwHAYJKoZIhvcNAQkFMQ8XDTI2MTEyMjA1Mjc1M1o="""
SMIME_IN_ONE_PIECE = """MIICLQYJKoZIhvcNAQcCoIICHjCCAhoCAQExDzANBglghkgBZQMEAgEFADBIBgkq
hkiG9w0BBwGgOwQ5Q29udGVudC1UeXBlOiB0ZXh0L3BsYWluOyBjaGFyc2V0PXVz
LWFzY2lpDQoNCktSIDEuMTogNA0KMYIBuDCCAbQCAQEwJzAPMQ0wCwYDVQQDDARN
YXlhAhQ/o2S+hHZDFEaQsS5+HNUTAVR92DANBglghkgBZQMEAgEFAKCB5DAYBgkq"""
SMIME_ENCRYPTED = """MIIBPwYJKoZIhvcNAQcDoIIBMDCCASwCAQAxgcEwgb4CAQAwJzAPMQ0wCwYDVQQD
DARNYXlhAhQ/o2S+hHZDFEaQsS5+HNUTAVR92DANBgkqhkiG9w0BAQEFAASBgKV/
52P0xE7OrPTwT1nSW+kmrQ56yMgnHErSyVDDJkRQJP1x8dSWzBPvQnrMI/JHhPsg"""
PGP_SIGNATURE = """-----BEGIN PGP SIGNATURE-----

iHUEARYIAB0WIQQaXzkfF/NPzSDAAmnEAEkQ5wP3FAUCawJ9WQAKCRDEAEkQ5wP3
FHX9AP4281VBoexEwIQA+U192wBYvJw9T1QaGo7huDrtWjjrqAEA1eKzgZAORAj6
qY8tDu89undKvkMRRIqhXnPMZsjXhwU=
=uEgK
-----END PGP SIGNATURE-----
"""
PGP_CLEARSIGNED = f"""-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

KR 1.1: 4
- - I asked two more of them
- --{" "}
Maya
{PGP_SIGNATURE}"""
PGP_ENCRYPTED = """-----BEGIN PGP MESSAGE-----

jA0ECQMCxL3HwEMnWYT/0j8BJaJlb/4y/j3ht4wLm9CEhfsZRnv9HPlN/8SrdD/Q
gHiB5PQgFn3fi+t20ka/vdRf+L7JD1biVhfC4+l/pDc=
=CZLZ
-----END PGP MESSAGE-----
"""
ASKED = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:party@example.net\nEND:VEVENT\nEND:VCALENDAR\n"


def _of_kind(content_type: str, *parts: tuple[str, str]) -> bytes:
    """A mail of parts under a content type with parameters of its own."""
    return a_mail_of_parts(*parts, kind="mixed").replace(b"multipart/mixed", content_type.encode(), 1)


def _smime(text: str, label: str = "") -> bytes:
    content_type = f"application/pkcs7-mime{label}; name=smime.p7m"
    return a_mail(text, Content_Type=content_type, Content_Transfer_Encoding="base64")


def _report(kind: str, said: str, notice: str) -> bytes:
    head = f"message/{kind}", notice
    raw = _of_kind(f"multipart/report; report-type={kind}", ("text/plain", said), head)
    return raw.replace(f"From: Maya Lindqvist <{MAYA}>".encode(), b"From: MAILER-DAEMON@mx.example.net")


ODD_MAILS: Mapping[str, bytes] = {
    "S/MIME, signed beside the text": _of_kind(
        "multipart/signed; protocol=application/pkcs7-signature; micalg=sha-256",
        ("text/plain", SAID),
        ("application/pkcs7-signature; name=smime.p7s\nContent-Transfer-Encoding: base64", SMIME_SIGNATURE),
    ),
    "S/MIME, signed in one piece": _smime(SMIME_IN_ONE_PIECE, "; smime-type=signed-data"),
    "S/MIME, signed in one piece, unlabelled": _smime(SMIME_IN_ONE_PIECE),
    "S/MIME, encrypted": _smime(SMIME_ENCRYPTED, "; smime-type=enveloped-data"),
    "PGP, signed inline": a_mail(PGP_CLEARSIGNED),
    "PGP, signed beside the text": _of_kind(
        "multipart/signed; protocol=application/pgp-signature; micalg=pgp-sha256",
        ("text/plain", SAID),
        ("application/pgp-signature; name=signature.asc", PGP_SIGNATURE),
    ),
    "PGP, encrypted inline": a_mail(PGP_ENCRYPTED),
    "PGP, encrypted": _of_kind(
        "multipart/encrypted; protocol=application/pgp-encrypted",
        ("application/pgp-encrypted", "Version: 1"),
        ("application/octet-stream; name=encrypted.asc", PGP_ENCRYPTED),
    ),
    "PGP, encrypted, its label lost on the way": _of_kind(
        "multipart/mixed",
        ("text/plain", ""),
        ("application/pgp-encrypted; name=version.txt", "Version: 1"),
        ("application/octet-stream; name=encrypted.asc", PGP_ENCRYPTED),
    ),
    "winmail.dat beside the text": a_mail_of_parts(("text/plain", SAID), TNEF, kind="mixed"),
    "winmail.dat alone": a_mail_of_parts(("text/plain", ""), TNEF, kind="mixed"),
    "winmail.dat alone, known by its name": a_mail_of_parts(UNNAMED_TNEF, kind="mixed"),
    "a forwarded mail with a word above it": a_mail_of_parts(("text/plain", SAID), FORWARDED, kind="mixed"),
    "a forwarded mail alone": a_mail_of_parts(FORWARDED, kind="mixed"),
    "a picture alone": a_mail_of_parts(PICTURE, kind="mixed"),
    "a picture in empty HTML": a_mail_of_parts(
        ("text/html", '<html><body><img src="cid:a"><br></body></html>'), PICTURE, kind="related"
    ),
    "a voice message alone": a_mail_of_parts(("text/plain", "\n"), VOICE, kind="mixed"),
    "a part of a mail": a_mail(f"Subject: x\n\n{SAID}", Content_Type='message/partial; id="x"; number=1; total=3'),
    "a mail that lies elsewhere": a_mail(
        f"Content-Type: text/plain\nContent-ID: <x@example.net>\n\n{SAID}",
        Content_Type='message/external-body; access-type=URL; URL="https://example.net/x"',
    ),
    "HTML from a phone": a_mail(
        '<html><head></head><body dir="auto"><div dir="ltr">KR 1.1: 4</div><div dir="ltr"><br></div>'
        '<div dir="ltr">Sent from my iPhone</div><div dir="ltr"><br><blockquote type="cite">On 12 Jan 2026, at 09:00, '
        "Olivia Marsh &lt;olivia@example.org&gt; wrote:<br><br></blockquote></div>"
        '<blockquote type="cite"><div dir="ltr">KR 1.1:</div></blockquote></body></html>',
        Content_Type="text/html; charset=utf-8",
    ),
    "nothing at all": a_mail(""),
    "blank lines": a_mail("\n \n\u00a0\n"),
    "an invitation alone": a_mail(ASKED, Content_Type="text/calendar; method=REQUEST"),
    "a report that it did not arrive": _report(
        "delivery-status",
        "Your message could not be delivered.",
        f"Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; {MAYA}\nAction: failed\nStatus: 5.1.1\n"
        f"Original-Message-ID: {LETTER_ID}\n",
    ),
    "a report that it was read": _report(
        "disposition-notification",
        "Your message was displayed.",
        f"Final-Recipient: rfc822; {MAYA}\nDisposition: manual-action/MDN-sent-manually; displayed\n",
    ),
}
"""Each with its name."""
