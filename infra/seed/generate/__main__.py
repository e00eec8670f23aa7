"""Command line: writes the five files of the demonstration data set into a folder."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from . import companies, formations, offers, packages, recruiters, trades, writer


def write_all(out: Path, today: date) -> dict[str, int]:
    """Writes the files and returns the number of rows of each. The same day gives the same bytes."""
    out.mkdir(parents=True, exist_ok=True)
    pool = companies.pool()
    feeds = {
        "companies.jsonl.gz": companies.rows(pool, today),
        "offers.jsonl.gz": offers.rows(pool, today),
        "formations.jsonl.gz": formations.rows(today),
        "recruiters.jsonl": recruiters.rows(pool, today),
    }
    for name, rows in feeds.items():
        writer.json_lines(out / name, rows)
    links = sorted((rome, naf, count) for naf, rows in trades.hires().items() for rome, count in rows)
    writer.table(out / "rome_naf.csv", ("rome", "naf", "hires"), links)
    counts = {name: len(rows) for name, rows in feeds.items()}
    return counts | {"rome_naf.csv": len(links)}


def main(arguments: list[str] | None = None) -> int:
    """Parses the command line; 1 when a reference package cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m generate", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument(
        "--today", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD", help="day the dates are relative to (today)"
    )
    options = parser.parse_args(arguments)
    try:
        counts = write_all(options.out, options.today or date.today())
    except packages.PackageError as error:
        print(f"seed data: {error}", file=sys.stderr)
        return 1
    for name, count in counts.items():
        print(f"{options.out / name}: {count} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
