"""Evidence as files: what people attached to their answers, out of the raw mails and into a folder somebody names."""

from collections.abc import Mapping

from okrmate.bootstrap.desk import OpenHome
from okrmate.domain.okrs import Evidence


def write_evidence(opened: OpenHome, folder: str, named: Mapping[str, Evidence]) -> None:
    """Write each file under its name; errors as of `content_of` and `write_new_files`."""
    # What reads mail is loaded for this alone: the other commands about OKRs start without it.
    from okrmate.adapters.new_file import write_new_files
    from okrmate.adapters.raw_mail import RawMailFolder
    from okrmate.services.incoming.evidence import content_of

    raw = RawMailFolder(opened.config.home)
    write_new_files(folder, {name: content_of(opened.store, raw, each) for name, each in named.items()})
