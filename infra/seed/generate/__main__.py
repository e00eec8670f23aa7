"""Command line: writes the seven files of the demonstration data set into a folder."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from . import companies, consents, formations, offers, packages, recruiters, registry, trades, writer


def write_all(out: Path, today: date, scale: float = 1.0) -> dict[str, int]:
    """Writes the files and returns the number of rows of each. The same day gives the same bytes.

    With a `scale` below 1, each feed is the first rows of the whole one: the same rows, fewer of them.
    """
    out.mkdir(parents=True, exist_ok=True)
    pool = companies.pool()
    deposited = recruiters.rows(pool, today)
    feeds = {
        "companies.jsonl.gz": companies.rows(pool, today),
        "offers.jsonl.gz": offers.rows(pool, today),
        "formations.jsonl.gz": formations.rows(today),
        "recruiters.jsonl": deposited,
        "registry.jsonl": registry.rows(pool, deposited),
        "consents.jsonl": consents.rows(today),
    }
    feeds = {name: rows[: max(1, round(len(rows) * scale))] for name, rows in feeds.items()}
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
    parser.add_argument(
        "--scale", type=float, default=1.0, metavar="FRACTION", help="part of each feed to write, 0 to 1 (all of it)"
    )
    options = parser.parse_args(arguments)
    if not 0 < options.scale <= 1:
        parser.error("--scale must be above 0 and at most 1")
    try:
        counts = write_all(options.out, options.today or date.today(), options.scale)
    except packages.PackageError as error:
        print(f"seed data: {error}", file=sys.stderr)
        return 1
    for name, count in counts.items():
        print(f"{options.out / name}: {count} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
