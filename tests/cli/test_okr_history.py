"""`okrmate okr history`: what was heard of a key result, and the files that came with it."""

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from tests.cli.running import Okrmate, answer_to


def test_the_history_of_a_key_result_names_its_evidence_and_writes_it_for_the_owner_alone(
    okrmate: Okrmate, tmp_path: Path
) -> None:
    okrmate.with_tom().with_agenda_sent()
    mail = BytesParser(EmailMessage, policy=default).parsebytes(
        answer_to(okrmate.sent("Talk 1 with Vera: the agenda"), "KR 1.1: 3, both by mail\nKR 1.1: confidence 7")
    )
    for content in (b"%PDF 1", b"%PDF 2"):
        mail.add_attachment(content, maintype="application", subtype="pdf", filename="../../talk.pdf")
    okrmate.arrives(mail.as_bytes())
    okrmate.done("poll")
    okrmate.done("check-in", "tom", "1.1", "4")
    into = tmp_path / "evidence"

    told = okrmate.done("okr", "history", "tom", "1.1", "--evidence", str(into))

    assert [line.split()[-2:] for line in told.lines[1:2]] == [["by", "hand"]]
    assert "with talk.pdf, 1 KB; with talk.pdf, 1 KB" in told.out
    files = sorted(into.iterdir())
    assert [file.read_bytes() for file in files] == [b"%PDF 2", b"%PDF 1"]
    assert all(file.name.startswith("kr-1.1-2") and file.name.endswith("talk.pdf") for file in files)
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert [line for line in told.lines if line.startswith("Written: ")] == [
        f"Written: {file.name}" for file in reversed(files)
    ]
    again = okrmate("okr", "history", "tom", "1.1", "--evidence", str(into))
    assert (again.code, "is there already; name another folder" in again.err) == (2, True)
    assert "Nothing was attached" in okrmate.done("okr", "history", "tom", "1.2", "--evidence", str(into)).out
    data = okrmate.done("okr", "history", "tom", "1.1", "--json").data
    assert isinstance(data, dict)
    assert data["readings"][1]["evidence"][0] == {"name": "talk.pdf", "kind": "application/pdf", "size": 6}
