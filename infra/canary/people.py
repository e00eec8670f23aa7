"""Somebody who applies three times, and is forgotten: through the gateway and by the links of mails, as anybody would."""

import base64
import email
import email.message
import email.policy
import gzip
import hashlib
import json
import re
import secrets
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from clients import client
from forms import Canary
from settings import Instance, LocalError

PATIENCE_SECONDS = 180
# What the signatures of infra/antivirus know, and no file holds otherwise.
MARKER = "work-study-marker-of-no-virus-5d0c2f"
SEARCH = {
    "romes": "D1102,D1104", "latitude": "48.8566", "longitude": "2.3522", "radius": "60", "insee": "75056",
    "sources": "matcha",
}
FINAL = ("sent", "failed", "suppressed")
# What functions read until nothing is left.
READ = ("MAIL_QUEUE_URL", "SCAN_QUEUE_URL", "MAIL_EVENTS_QUEUE_URL")
T = TypeVar("T")
LINK = re.compile(r"/links/[A-Za-z0-9_-]+")


def unused_phone(seed: Path) -> str:
    """Of the range that the regulator keeps for fiction, from which the demonstration data have theirs: none of those."""
    used: set[str] = set()
    for file in filter(Path.is_file, seed.iterdir()):
        data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        used.update(found.decode() for found in re.findall(rb"19900\d{4}", data))
    return "0" + secrets.choice([number for end in range(10_000) if (number := f"19900{end:04}") not in used])


class Somebody:
    """A person whose every datum is a canary."""

    def __init__(self, instance: Instance, values: dict[str, str]) -> None:
        self._instance, self._values = instance, values
        mark = "".join(secrets.choice("bcdfghjklmnpqrstvwxz") for _ in range(8))
        self.first_name, self.last_name = f"Canarine-{mark}", f"INTROUVABLE {mark.upper()}"
        self.email = f"canari.{mark}@example.com"
        self.message = f"Un secret très personnel, à n'écrire nulle part : {mark} & <rien>."
        self.file_name = f"cv de canari {mark}.pdf"
        self.cv_text = f"Parcours de canari {mark}"
        self.phone = unused_phone(instance.seed_files)
        self.hash = hashlib.sha256(self.email.encode()).hexdigest()

    def canaries(self) -> list[Canary]:
        """What is looked for. Markup is taken out of a message before anything else is done with it."""
        return [
            Canary("first name", self.first_name),
            Canary("last name", self.last_name),
            Canary("address", self.email),
            Canary("message", self.message.split(" &")[0]),
            Canary("name of the CV", self.file_name),
            Canary("text of the CV", self.cv_text),
            Canary("telephone", self.phone),
            Canary("telephone, international", f"+33{self.phone[1:]}"),
        ]

    def apply(self) -> None:
        """Three times: one reaches the recruiter, one has a CV that is refused, of one the recruiter's mail comes back."""
        offers = self._offers()
        one, _ = self._taken(offers, self.cv_text)
        two, _ = self._taken(offers, f"{self.cv_text} {MARKER}")
        three, bouncing = self._taken(offers, self.cv_text)
        for application, stage in ((one, "delivered"), (two, "refused"), (three, "delivered")):
            eventually(f"an application {stage}", lambda: self._stage(application) == stage)
        self._tell_of_mails(bouncing)
        eventually("the bounce noted", lambda: self._stage(three) == "bounced")
        eventually("the applicant told of it", lambda: len(self._mails_to(self.email)) >= 5)
        self.settle()

    def ask_and_erase(self) -> None:
        """Asks for the links, reads what is known, and has it erased."""
        status, _ = self._call("/personal-data", {"email": self.email})
        if status != 202:
            raise LocalError(f"POST /personal-data answered {status}")
        mail = eventually("the mail with the links", self._personal_data)
        export, erase = LINK.findall(mail)
        status, known = self._press(export)
        if status != 200 or len(json.loads(known)["applications"]) != 3 or self.last_name not in known:
            raise LocalError(f"the export answered {status}, and not with three applications")
        status, _ = self._press(erase)
        if status != 200:
            raise LocalError(f"the erasure answered {status}")
        self.settle()

    def settle(self) -> None:
        """Waits until nothing is owed, and nothing is under way."""
        eventually("everything handed on", self._is_settled)

    def _is_settled(self) -> bool:
        sqs = client(self._instance, "sqs")
        counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        for queue in READ:
            told = sqs.get_queue_attributes(QueueUrl=self._values[queue], AttributeNames=counts)["Attributes"]
            if any(int(told[count]) for count in counts):
                return False
        pages = client(self._instance, "dynamodb").get_paginator("scan").paginate(
            TableName=self._values["LEDGER_TABLE"], ConsistentRead=True
        )
        items = [item for page in pages for item in page["Items"]]
        starts = [item["pk"]["S"].split("#")[0] for item in items]
        mails = (item for item, start in zip(items, starts) if start == "mail")
        waiting = any(item["state"]["S"] not in FINAL and "at" in item for item in mails)
        return not waiting and "scan" not in starts and "event" not in starts

    def _offers(self) -> Iterator[dict[str, Any]]:
        """One of each company: what comes back from one shall not stop the next."""
        status, answer = self._call(f"/v1/jobs?{urllib.parse.urlencode(SEARCH)}", None)
        if status != 200:
            raise LocalError(f"the search answered {status}")
        offers: dict[str, dict[str, Any]] = {}
        for offer in json.loads(answer)["matchas"]["results"]:
            if offer["contact"].get("iv"):
                offers.setdefault(offer["company"]["siret"], offer)
        return iter(offers.values())

    def _taken(self, offers: Iterator[dict[str, Any]], text: str) -> tuple[str, dict[str, Any]]:
        """The id of an application for the first of them whose company takes mails, and that offer."""
        for offer in offers:
            status, answer = self._send(offer, text)
            if status == 200:
                return self._headers["x-application-id"], offer
            if "désinscrite" not in answer:
                raise LocalError(f"an application was answered with {status}: {answer[:200]}")
        raise LocalError("no company takes applications")

    def _send(self, offer: dict[str, Any], text: str) -> tuple[int, str]:
        body = {
            "applicant_first_name": self.first_name,
            "applicant_last_name": self.last_name,
            "applicant_email": self.email,
            "applicant_phone": self.phone,
            "applicant_file_name": self.file_name,
            "applicant_file_content": "data:application/pdf;base64," + base64.b64encode(_pdf(text)).decode(),
            "message": self.message,
            "company_siret": offer["company"]["siret"],
            "company_email": offer["contact"]["email"],
            "iv": offer["contact"]["iv"],
            "company_name": offer["company"]["name"],
            "company_naf": "",
            "company_type": "matcha",
            "job_id": offer["job"]["id"],
            "caller": "canaries",
        }
        return self._call("/v1/application", body)

    def _stage(self, application: str) -> str:
        return json.loads(self._call(f"/v1/applications/{application}", None)[1])["status"]

    def _tell_of_mails(self, bouncing: dict[str, Any]) -> None:
        """What SES tells: the recruiter's mail came back, the applicant's mails arrived. Its words name addresses."""
        company = bouncing["company"]["name"]
        for mail_id, mail in self._mails():
            to = str(mail["To"])
            told: dict[str, Any] = {
                "eventType": "Delivery",
                "mail": {"messageId": f"local-{mail_id}", "destination": [to], "tags": {"mail-id": [mail_id]}},
                "delivery": {"recipients": [to], "smtpResponse": f"250 2.0.0 OK {to}"},
            }
            if to == self.email:
                self._publish(told)
            elif self.email in _plain(mail) and company in _plain(mail):
                recipients = [{"emailAddress": to, "action": "failed", "status": "5.1.1"}]
                bounce = {"bounceType": "Permanent", "bounceSubType": "General", "bouncedRecipients": recipients}
                self._publish(told | {"eventType": "Bounce", "bounce": bounce})

    def _publish(self, told: dict[str, Any]) -> None:
        topic = self._values["SES_EVENTS_TOPIC_ARN"]
        client(self._instance, "sns").publish(TopicArn=topic, Message=json.dumps(told))

    def _mails(self) -> list[tuple[str, email.message.EmailMessage]]:
        """Those that were sent, with their ids."""
        files = sorted(self._instance.mails.glob("[!.]*.eml"))
        return [(file.stem, email.message_from_bytes(file.read_bytes(), policy=email.policy.default)) for file in files]

    def _mails_to(self, address: str) -> list[email.message.EmailMessage]:
        return [mail for _, mail in self._mails() if mail["To"] == address]

    def _personal_data(self) -> str | None:
        texts = [_plain(mail) for mail in self._mails_to(self.email) if "données" in str(mail["Subject"])]
        return texts[0] if texts else None

    def _press(self, link: str) -> tuple[int, str]:
        """The button of its page."""
        return self._request(link, b"", "application/x-www-form-urlencoded")

    def _call(self, path: str, body: dict[str, Any] | None) -> tuple[int, str]:
        return self._request(path, None if body is None else json.dumps(body).encode(), "application/json")

    def _request(self, path: str, body: bytes | None, kind: str) -> tuple[int, str]:
        headers = {"content-type": kind, "x-api-key": self._values["API_KEY"]}
        method = "GET" if body is None else "POST"
        url = self._values["API_URL"] + path
        for _ in range(30):
            request = urllib.request.Request(url, data=body, headers=headers, method=method)
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    self._headers = {name.lower(): value for name, value in answer.headers.items()}
                    return answer.status, answer.read().decode()
            except urllib.error.HTTPError as error:
                if error.code != 429:
                    return error.code, error.read().decode(errors="replace")
                time.sleep(float(error.headers.get("retry-after") or 1))
        raise LocalError(f"{path} is refused by the usage plan again and again")


def eventually(what: str, look: Callable[[], T | None]) -> T:
    """Looks again and again until there is something."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        seen = look()
        if seen:
            return seen
        time.sleep(0.5)
    raise LocalError(f"not seen within {PATIENCE_SECONDS} s: {what}")


def _plain(mail: email.message.EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return body.get_content() if body else ""


def _pdf(text: str) -> bytes:
    """A page with a line of text."""
    page = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    written, table = "%PDF-1.4\n", "0000000000 65535 f \n"
    for number, body in enumerate(objects, 1):
        table += f"{len(written):010} 00000 n \n"
        written += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(written)
    trailer = f"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return f"{written}xref\n0 6\n{table}{trailer}".encode()
