"""Rebuilds ../../../shared/metiers/data/romes.csv; run by hand when the ROME changes, never at set-up.

The index of métiers is made when its crate is built, where no package of PyPI can be read: so the codes and labels
that it needs are committed. A code that is new belongs in metiers.csv beside it too; the build says so.

    PYTHONPATH=infra/seed python -m generate.extract_romes
"""

from __future__ import annotations

import csv
from pathlib import Path

from .packages import load

FILE = Path(__file__).parents[3] / "shared" / "metiers" / "data" / "romes.csv"


def main() -> None:
    """Writes every ROME code of the package with its label, in the order of the codes."""
    with open(FILE, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["code", "label"])
        out.writerows(load().rome_labels.items())


if __name__ == "__main__":
    main()
