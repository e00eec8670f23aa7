"""The diplomas that are prepared by apprenticeship, from diplomas.csv."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from . import trades
from .packages import load

# The `diploma` parameter's own strings, by European level.
LEVELS = {
    "3": "3 (CAP...)", "4": "4 (BAC...)", "5": "5 (BTS, DEUST...)", "6": "6 (Licence, BUT...)",
    "7": "7 (Master, titre ingénieur...)",
}
KINDS = {
    "CAP": "CERTIFICAT D'APTITUDES PROFESSIONNELLES", "CAP agricole": "CERTIFICAT D'APTITUDES PROFESSIONNELLES AGRICOLES",
    "MC": "MENTION COMPLEMENTAIRE", "BP": "BREVET PROFESSIONNEL", "BAC PRO": "BAC PROFESSIONNEL",
    "BAC PRO agricole": "BAC PROFESSIONNEL AGRICOLE", "BTS": "BREVET DE TECHNICIEN SUPERIEUR",
    "BUT": "BACHELOR UNIVERSITAIRE DE TECHNOLOGIE", "TP": "TITRE PROFESSIONNEL DU MINISTERE CHARGE DE L'EMPLOI",
    "TITRE": "TITRE PROFESSIONNEL HOMOLOGUE OU CERTIFIE", "DE": "DIPLOME D'ETAT", "MASTER": "MASTER",
    "DCG": "DIPLOME DE COMPTABILITE ET DE GESTION", "DSCG": "DIPLOME SUPERIEUR DE COMPTABILITE ET DE GESTION",
    "INGENIEUR": "TITRE INGENIEUR",
}
SPOKEN = {
    "TP": "Titre professionnel", "TITRE": "Titre professionnel", "DE": "Diplôme d'État", "MASTER": "Master",
    "INGENIEUR": "Titre d'ingénieur", "MC": "Mention complémentaire", "BAC PRO": "Bac pro",
    "BAC PRO agricole": "Bac pro agricole",
}


@dataclass(frozen=True)
class Diploma:
    """A certification; `rncp` is None where the code is not known for sure, never invented."""

    title: str
    kind: str
    level: str
    rncp: str | None
    cfd: str
    months: int
    romes: tuple[str, ...]

    @property
    def name(self) -> str:
        """As a person says it: "CAP Boulanger"."""
        return f"{SPOKEN.get(self.kind, self.kind)} {self.title}"


@cache
def diplomas() -> tuple[Diploma, ...]:
    """The whole table."""
    with open(Path(__file__).parent / "diplomas.csv", encoding="utf-8", newline="") as file:
        return tuple(
            Diploma(
                row["title"], row["kind"], row["level"], row["rncp"] or None, row["cfd"], int(row["months"]),
                tuple(row["romes"].split()),
            )
            for row in csv.DictReader(file)
        )


@cache
def demand() -> list[float]:
    """Cumulative weights: a diploma is taught the more as its first trade is asked for and its RNCP code known."""
    return list(accumulate(trades.popularity()[d.romes[0]] * (3 if d.rncp else 1) for d in diplomas()))


def pick(rng: random.Random) -> Diploma:
    """A diploma, by demand."""
    return rng.choices(diplomas(), cum_weights=demand())[0]


@cache
def leading_to(rome: str) -> tuple[Diploma, ...]:
    """The diplomas of a trade; empty for most trades."""
    return tuple(diploma for diploma in diplomas() if rome in diploma.romes)


def title_for(rng: random.Random, rome: str) -> Diploma:
    """A diploma of the trade, else an invented title without RNCP code named after the trade."""
    known = leading_to(rome)
    if known:
        return rng.choice(known)
    label = load().rome_labels[rome].split(" / ")[0]
    level, months = rng.choice((("3", 12), ("4", 12), ("5", 24), ("6", 12), ("7", 24)))
    cfd = {"3": "56", "4": "46", "5": "36", "6": "26", "7": "16"}[level] + f"X{int(rome[1:]):05d}"
    return Diploma(label, "TITRE", level, None, cfd, months, (rome,))
