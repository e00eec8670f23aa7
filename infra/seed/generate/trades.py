"""Which trades are asked for, and in which sectors: the ROME × NAF table with invented numbers of hires.

The links between ROME and NAF division are real; a division's links are spread over its NAF codes, and the
numbers of hires are invented so that 3 to 12 trades weigh more than 2.5 % of a NAF's hires (the threshold by
which an import gives a company its trades) and the others less.
"""

from __future__ import annotations

import random
import re
import unicodedata
from functools import cache
from itertools import accumulate

from .packages import load

SEED = 42
# In order of demand: Zipf's law over this list, then over the other ROME codes.
POPULAR = """D1102 D1104 K1302 N4101 M1607 G1602 D1507 K1304 M1203 G1803 F1602 D1202 I1604 J1501 M1805 D1401 F1703
K2204 G1603 D1106 N1103 F1603 M1601 K1303 D1505 A1203 D1101 N4105 I1304 H2206 D1402 M1707 F1606 D1208 D1214 N1105
M1501 F1503 H2913 K1207 A1416 H2902 E1205 C1504 I1309 M1810 G1605 D1502 D1503 N1101 K2503 J1506 I1606 F1604 M1801
H2903 A1414 D1103 F1704 M1204 C1502 D1211 H2901 M1502 K1202 E1104 F1607 N4103 E1103 M1704 F1501 I1308 A1101 D1406
F1610 F1611 H2503""".split()
# Well-known sectors of trades that the division-level links miss or drown: always among the sector's main ones.
MAIN_TRADES = {
    "1071C": "D1102 D1104 D1106", "1071D": "D1104 D1102", "4724Z": "D1102 D1104 D1106", "1013B": "D1101 D1103",
    "4722Z": "D1101 D1103", "5610A": "G1602 G1803 G1605 D1104", "5610C": "G1603 G1602", "5510Z": "G1803 G1602",
    "4711D": "D1507 D1505 D1101 D1102", "4711F": "D1507 D1505 D1502 D1503 D1102 D1101 D1104", "4771Z": "D1214",
    "4941A": "N4101", "4941B": "N4101 N4105", "4939A": "N4103", "5320Z": "N4105 N1105", "5210B": "N1103 N1101 N1105",
    "8810A": "K1302 K1304", "8891A": "K1303 K1202", "8710A": "J1501 J1506 K1302", "8610Z": "J1501 J1506",
    "8121Z": "K2204", "8130Z": "A1203", "8010Z": "K2503", "8211Z": "M1607 M1601", "8411Z": "M1607 M1601",
    "6920Z": "M1203 M1607", "6910Z": "M1607", "6201Z": "M1805 M1801", "6202A": "M1805 M1801 M1810", "6831Z": "C1504 C1502",
    "4321A": "F1602 I1309", "4322A": "F1603 I1308", "4399C": "F1703 F1704", "4391A": "F1503 F1501", "4334Z": "F1606",
    "4332A": "H2206 F1607", "4331Z": "F1604", "4520A": "I1604 I1606", "9602A": "D1202", "9602B": "D1208",
    "2511Z": "H2913 H2902", "2562B": "H2903 H2901", "3312Z": "I1304 I1309", "7022Z": "M1707 M1501 M1204",
    "7311Z": "E1103 E1205 E1104", "8790A": "K1207",
}
Links = dict[str, list[tuple[str, int]]]


def stems(text: str) -> set[str]:
    """The first six letters of each long word, without accents: "boulangerie" meets "boulanger"."""
    plain = unicodedata.normalize("NFD", text.lower()).encode("ascii", "ignore").decode()
    return {word[:6] for word in re.findall(r"[a-z]{5,}", plain)}


@cache
def popularity() -> dict[str, float]:
    """Every ROME with its Zipf weight."""
    others = [code for code in load().rome_labels if code not in POPULAR]
    random.Random(f"{SEED}:popularity").shuffle(others)
    return {code: 1 / (rank + 2) ** 1.05 for rank, code in enumerate(POPULAR + others)}


@cache
def hires() -> Links:
    """NAF to its (ROME, hires), greatest first. NAF without any link are absent."""
    reference = load()
    rome_stems = {code: stems(label) for code, label in reference.rome_labels.items()}
    curated = {code for trades in MAIN_TRADES.values() for code in trades.split()}
    table: Links = {}
    for naf, label in reference.naf_labels.items():
        main = MAIN_TRADES.get(naf, "").split()
        codes = main + [code for code in reference.romes_of_division.get(naf[:2], ()) if code not in main]
        if not codes:
            continue
        rng = random.Random(f"{SEED}:hires:{naf}")
        naf_stems = stems(label)
        weights = {
            code: (40 / (1 + main.index(code)) ** 1.5 if code in main else 0.15 if code in curated else 1)
            * popularity()[code] ** 0.3
            * (1 + 12 * len(rome_stems[code] & naf_stems))
            * rng.lognormvariate(0, 0.7)
            for code in codes
        }
        ranked = main + sorted((c for c in codes if c not in main), key=lambda c: (-weights[c], c))
        total = round(rng.lognormvariate(9.2, 0.3) if main else rng.lognormvariate(7.2, 0.8)) + 800
        table[naf] = spread(rng, ranked, weights, max(len(main), rng.randint(3, 12)), total)
    return table


def spread(rng: random.Random, ranked: list[str], weights: dict[str, float], main: int, total: int) -> list[tuple[str, int]]:
    """Shares the sector's hires: at least 3 % to each of the first `main` trades, at most 2 % to the others."""
    first, rest = ranked[:main], ranked[main : main + 15]
    free = (0.92 if rest else 1.0) - 0.03 * len(first)
    whole = sum(weights[code] for code in first)
    rows = [(code, round(total * (0.03 + free * weights[code] / whole))) for code in first]
    rows += [(code, max(1, round(total * min(0.02, 0.08 / len(rest)) * rng.uniform(0.2, 1)))) for code in rest]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


@cache
def main_trades(naf: str) -> tuple[str, ...]:
    """The trades that an import would give a company of this NAF: 2.5 % of its hires or more."""
    rows = hires().get(naf, [])
    total = sum(count for _, count in rows)
    return tuple(code for code, count in rows if count * 1000 >= total * 25)


@cache
def sectors_of() -> dict[str, list[tuple[str, int]]]:
    """ROME to its (NAF, hires), only those where it is a main trade, else all."""
    main: dict[str, list[tuple[str, int]]] = {}
    every: dict[str, list[tuple[str, int]]] = {}
    for naf, rows in hires().items():
        for code, count in rows:
            every.setdefault(code, []).append((naf, count))
            if code in main_trades(naf):
                main.setdefault(code, []).append((naf, count))
    return {code: main.get(code, rows) for code, rows in every.items()}


@cache
def demand() -> tuple[list[str], list[float]]:
    """The ROME codes that some sector hires for, with cumulative weights."""
    codes = [code for code in popularity() if code in sectors_of()]
    return codes, list(accumulate(popularity()[code] for code in codes))


def pick_rome(rng: random.Random) -> str:
    """A trade, by demand."""
    codes, weights = demand()
    return rng.choices(codes, cum_weights=weights)[0]


def pick_sector(rng: random.Random, rome: str) -> str:
    """A NAF that hires for this trade, by hires."""
    rows = sectors_of()[rome]
    return rng.choices([naf for naf, _ in rows], weights=[count for _, count in rows])[0]
