"""The forms in which servers say whether a sender is who he says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.mail.authentication import failed_method, read_authentication_results

SENDER = "maya@example.net"
TRUSTED = ("mx.example.org",)
PASSES = "mx.example.org; dkim=pass header.i=@example.net header.s=s1; spf=pass smtp.mailfrom=example.net; dmarc=pass"


def test_a_server_its_version_and_comments_are_told_from_the_results() -> None:
    found = read_authentication_results(
        'MX.example.org 1; dkim=pass (2048-bit key; "unprotected") header.d=Example.net header.b="a;b";'
        " spf/1=softfail (mx: transitioning (really)) smtp.mailfrom=maya@example.net; dmarc = fail (p=NONE)"
    )
    assert found.authserv_id == "mx.example.org"
    assert [(result.method, result.result, result.domain) for result in found.results] == [
        ("dkim", "pass", "example.net"),
        ("spf", "softfail", ""),
        ("dmarc", "fail", ""),
    ]


def test_a_field_without_a_server_is_read() -> None:
    found = read_authentication_results(
        "spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=example.net; dkim=none (message not signed) header.d=none;"
        "dmarc=fail action=oreject header.from=example.net;compauth=fail reason=000"
    )
    assert found.authserv_id == ""
    assert [result.result for result in found.results] == ["fail", "none", "fail", "fail"]


def test_a_server_that_checked_nothing_says_nothing() -> None:
    assert read_authentication_results("mx.example.org; none").results == ()


@pytest.mark.parametrize(
    ("values", "method"),
    [
        ([], None),
        ([PASSES], None),
        (["mx.example.org; dmarc=fail header.from=example.net; spf=pass"], "dmarc"),
        (["mx.example.org; dkim=fail header.d=example.net; spf=none"], "dkim"),
        (["mx.example.org; spf=fail smtp.mailfrom=example.net"], "spf"),
        (["mx.example.org; spf=softfail; dkim=none"], None),
        (["mx.example.org; dmarc=pass; spf=fail; dkim=fail"], None),
        (["mx.example.org; spf=fail; dkim=pass header.d=example.net"], None),
        (["mx.example.org; spf=fail; dkim=pass header.d=example.com"], "spf"),
        (["elsewhere.example.com; dmarc=fail"], None),
        (["elsewhere.example.com; dmarc=pass", "mx.example.org; dmarc=fail"], "dmarc"),
        ([PASSES, "mx.example.org; dmarc=fail"], None),
        (["spf=fail smtp.mailfrom=example.net;dmarc=fail"], "dmarc"),
        ([PASSES, "spf=fail;dmarc=fail"], None),
    ],
)
def test_only_the_topmost_field_of_a_trusted_server_counts(values: list[str], method: str | None) -> None:
    assert failed_method(values, TRUSTED, SENDER) == method


@pytest.mark.parametrize(
    ("values", "method"),
    [
        ([], None),
        (["mx.example.org; dmarc=fail header.from=example.net"], "dmarc"),
        (["mx.example.org; spf=fail; dkim=none"], "spf"),
        (["mx.example.org; dmarc=none; spf=none; dkim=none"], None),
        ([PASSES, "mx.example.org; dmarc=fail"], None),
    ],
)
def test_where_no_server_is_trusted_the_topmost_field_counts_against_the_sender(
    values: list[str], method: str | None
) -> None:
    assert failed_method(values, (), SENDER) == method


@given(st.text(alphabet='abdkimspfdmarc=;()"\\ /1.@', max_size=200))
def test_no_value_makes_the_reader_raise(value: str) -> None:
    assert failed_method([value], TRUSTED, SENDER) in {None, "dkim", "spf", "dmarc"}
