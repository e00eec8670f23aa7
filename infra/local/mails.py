"""Shows the mails that the local cloud sent: send-mail writes each as a file of a folder."""

import email
import email.message
import email.policy
from datetime import datetime
from pathlib import Path

from settings import LocalError

SUFFIX = ".eml"


def listing(folder: Path) -> str:
    """One line a mail, the newest first: when it was written, its id, to whom, its subject."""
    lines = []
    for file in reversed(_files(folder)):
        mail = _read(file)
        written = datetime.fromtimestamp(file.stat().st_mtime)
        lines.append(f"{written:%Y-%m-%d %H:%M:%S}  {_name(file)}  {mail['To']}  {mail['Subject']}")
    return "\n".join(lines) or "no mail yet"


def one(folder: Path, wanted: str) -> str:
    """The headers of a mail and its text. The beginning of its id is enough."""
    found = [file for file in _files(folder) if _name(file).startswith(wanted)]
    exact = [file for file in found if _name(file) == wanted]
    if not wanted or not found:
        raise LocalError(f"no mail has this id: {wanted!r}. `make mails` lists them")
    if len(found) > 1 and not exact:
        raise LocalError("more than one mail: " + ", ".join(map(_name, found)))
    mail = _read((exact or found)[0])
    headers = "\n".join(f"{name}: {value}" for name, value in mail.items())
    body = mail.get_body(("plain", "html"))
    return f"{headers}\n\n{body.get_content() if body else ''}".rstrip()


def _files(folder: Path) -> list[Path]:
    """The mails, the oldest first. One that is being written has a name that begins with a point."""
    files = [file for file in folder.glob(f"*{SUFFIX}") if not file.name.startswith(".")]
    return sorted(files, key=lambda file: (file.stat().st_mtime_ns, file.name))


def _name(file: Path) -> str:
    return file.name.removesuffix(SUFFIX)


def _read(file: Path) -> email.message.EmailMessage:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert isinstance(message, email.message.EmailMessage)
    return message
