"""Tests of the demonstration data set: `PYTHONPATH=infra/seed python -m unittest test_generate`."""

from __future__ import annotations

import csv
import gzip
import json
import math
import tempfile
import unittest
from datetime import date
from pathlib import Path
from typing import Any

from generate import identifiers, jobs, packages, places, registry, trades
from generate.__main__ import write_all
from generate.diplomas import LEVELS, diplomas

TODAY = date(2026, 3, 2)
PARIS = (48.8566, 2.3522)
Row = dict[str, Any]
ROMES = Path(__file__).parents[2] / "shared" / "metiers" / "data" / "romes.csv"


def read(path: Path) -> list[Row]:
    """The rows of a JSON lines file, plain or gzip."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode().splitlines()]


def kilometres(coordinates: str | None) -> float:
    """From the centre of Paris; infinite without coordinates."""
    if not coordinates:
        return math.inf
    lat, lon = map(float, coordinates.split(","))
    half = math.sin(math.radians(lat - PARIS[0]) / 2) ** 2
    half += math.cos(math.radians(lat)) * math.cos(math.radians(PARIS[0])) * math.sin(math.radians(lon - PARIS[1]) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


def offer_coordinates(row: Row) -> str | None:
    """An offer's place in the form of the other feeds."""
    place = row["lieuTravail"]
    return f"{place['latitude']},{place['longitude']}" if "latitude" in place else None


class DataSet(unittest.TestCase):
    """One run of the generator, read back."""

    folder: tempfile.TemporaryDirectory[str]
    out: Path
    counts: dict[str, int]
    companies: list[Row]
    offers: list[Row]
    formations: list[Row]
    recruiters: list[Row]
    registry: list[Row]
    consents: list[Row]
    jobs: list[Row]
    links: list[tuple[str, str, int]]

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.out = Path(cls.folder.name)
        cls.counts = write_all(cls.out / "first", TODAY)
        cls.companies = read(cls.out / "first" / "companies.jsonl.gz")
        cls.offers = read(cls.out / "first" / "offers.jsonl.gz")
        cls.formations = read(cls.out / "first" / "formations.jsonl.gz")
        cls.recruiters = read(cls.out / "first" / "recruiters.jsonl")
        cls.registry = read(cls.out / "first" / "registry.jsonl")
        cls.consents = read(cls.out / "first" / "consents.jsonl")
        cls.jobs = [job for recruiter in cls.recruiters for job in recruiter["jobs"]]
        with open(cls.out / "first" / "rome_naf.csv", encoding="utf-8", newline="") as file:
            cls.links = [(row["rome"], row["naf"], int(row["hires"])) for row in csv.DictReader(file)]

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    def test_two_runs_for_the_same_day_write_the_same_bytes(self) -> None:
        write_all(self.out / "second", TODAY)
        for name in self.counts:
            self.assertEqual((self.out / "first" / name).read_bytes(), (self.out / "second" / name).read_bytes(), name)

    def test_a_smaller_set_is_the_first_rows_of_the_whole_one(self) -> None:
        counts = write_all(self.out / "small", TODAY, scale=0.1)
        self.assertEqual([counts[name] for name in ("companies.jsonl.gz", "recruiters.jsonl")], [600, 60])
        for name, rows in (("companies.jsonl.gz", self.companies), ("recruiters.jsonl", self.recruiters)):
            self.assertEqual(read(self.out / "small" / name), rows[: counts[name]])
        self.assertEqual(counts["rome_naf.csv"], self.counts["rome_naf.csv"])

    def test_each_file_has_the_announced_rows(self) -> None:
        sizes = (len(self.companies), len(self.offers), len(self.formations), len(self.recruiters), len(self.jobs))
        self.assertEqual(sizes, (6_000, 3_000, 3_000, 600, 1_000))

    def test_many_trainings_may_be_asked_about_and_some_may_not(self) -> None:
        accept = {row["siret"] for row in self.consents if "parcoursup" in row}
        at_parcoursup = [row for row in self.formations if row["parcoursup_id"]]
        open_there = [row for row in at_parcoursup if row["etablissement_gestionnaire_siret"] in accept]
        self.assertGreater(len(open_there), 100)
        self.assertLess(len(open_there), len(at_parcoursup))

    def test_every_siren_and_siret_is_luhn_valid_and_under_the_invented_prefix(self) -> None:
        sirets = [row["siret"] for row in self.companies]
        sirets += [row["entreprise"]["siret"] for row in self.offers if "siret" in row["entreprise"]]
        for row in self.formations:
            sirets += [row["etablissement_formateur_siret"], row["etablissement_gestionnaire_siret"]]
        for row in self.recruiters:
            sirets += [row["establishment_siret"], *filter(None, [row["cfa_delegated_siret"]])]
        sirets += [row["siret"] for row in self.registry]
        for siret in sirets:
            self.assertRegex(siret, rf"^{identifiers.SIREN_PREFIX}\d{{10}}$")
            self.assertEqual((identifiers.luhn_sum(siret) % 10, identifiers.luhn_sum(siret[:9]) % 10), (0, 0), siret)

    def test_ids_are_unique(self) -> None:
        for ids in (
            [row["siret"] for row in self.companies],
            [row["id"] for row in self.offers],
            [row["cle_ministere_educatif"] for row in self.formations],
            [row["establishment_id"] for row in self.recruiters],
            [job["_id"] for job in self.jobs],
            [row["siret"] for row in self.registry],
        ):
            self.assertEqual(len(ids), len(set(ids)))

    def test_two_percent_of_each_feed_have_no_coordinates(self) -> None:
        self.assertEqual(sum(row["geo_coordinates"] is None for row in self.companies), 120)
        self.assertEqual(sum(offer_coordinates(row) is None for row in self.offers), 60)
        self.assertEqual(sum(row["lieu_formation_geo_coordonnees"] is None for row in self.formations), 60)
        self.assertEqual(sum(row["geo_coordinates"] is None for row in self.recruiters), 12)

    def test_every_rome_is_real_and_each_row_has_one_to_twenty(self) -> None:
        known = packages.load().rome_labels
        lists = [row["rome_codes"] for row in [*self.companies, *self.formations] if "rome_codes" in row]
        lists += [job["rome_code"] for job in self.jobs] + [[row["romeCode"]] for row in self.offers]
        for codes in lists:
            self.assertTrue(1 <= len(codes) <= 20 and len(codes) == len(set(codes)) and set(codes) <= known.keys(), codes)
        self.assertIn(20, map(len, lists))
        for diploma in diplomas():
            self.assertLessEqual(set(diploma.romes), known.keys())
            self.assertRegex(diploma.rncp or "RNCP12", r"^RNCP\d{2,5}$")

    def test_jobs_use_the_enumerations_of_the_deposit_routes(self) -> None:
        for job in self.jobs:
            self.assertIn(job["job_level_label"], [*jobs.LEVELS.values(), jobs.ANY_LEVEL])
            self.assertIn(job["job_rythm"], jobs.RHYTHMS)
            self.assertLessEqual(set(job["job_type"]), {"Apprentissage", "Professionnalisation"})
            self.assertTrue(6 <= job["job_duration"] <= 36)
            self.assertLess(job["job_creation_date"], job["job_expiration_date"])
        self.assertEqual({job["job_status"] for job in self.jobs}, set(jobs.STATUSES))
        self.assertTrue(any(row["is_delegated"] for row in self.recruiters))
        self.assertTrue(any(row["status"] == "Archivé" for row in self.recruiters))

    def test_some_offers_are_expired_and_most_are_alive(self) -> None:
        expired = sum(job["job_expiration_date"] < TODAY.isoformat() for job in self.jobs)
        self.assertTrue(20 <= expired <= 200, expired)
        old = sum(row["dateCreation"] < "2026-01-02" for row in self.offers)
        self.assertTrue(100 <= old <= 700, old)

    def test_trainings_carry_the_strings_of_the_diploma_parameter(self) -> None:
        self.assertEqual({row["niveau"] for row in self.formations}, set(LEVELS.values()))
        self.assertTrue(all("#" in row["cle_ministere_educatif"] for row in self.formations))

    def test_trainings_carry_the_codes_they_are_looked_for_by(self) -> None:
        for row in self.formations:
            for mef in row["bcn_mefs_10"]:
                self.assertRegex(mef["mef10"], r"^9\d{9}$")
            self.assertRegex(row["uai_formation"] or "0009000A", r"^\d{7}[A-Z]$")
        annexes = sum(row["uai_formation"] not in (None, row["etablissement_formateur_uai"]) for row in self.formations)
        self.assertTrue(500 <= annexes <= 1500, annexes)
        self.assertTrue(any(row["uai_formation"] is None for row in self.formations))

    def test_most_schools_may_be_sent_offers_and_some_may_not(self) -> None:
        certified, email = "etablissement_gestionnaire_certifie_qualite", "etablissement_gestionnaire_courriel"
        schools = {row["etablissement_formateur_siret"]: row for row in self.formations}.values()
        open_to_offers = sum(bool(row[certified] and row[email]) for row in schools)
        self.assertTrue(0.75 <= open_to_offers / len(schools) <= 0.95, open_to_offers)
        self.assertTrue(any(not row[certified] for row in schools) and any(not row[email] for row in schools))
        for row in schools:
            self.assertRegex(row["geo_coordonnees_etablissement_formateur"], r"^-?\d+\.\d+,-?\d+\.\d+$")
            shown = ("id", "entreprise_raison_sociale", "adresse", "code_postal", "nom_departement")
            self.assertTrue(all(row[f"etablissement_formateur_{name}"] for name in shown), row)

    def test_a_sector_has_up_to_twelve_main_trades_and_every_company_at_least_one(self) -> None:
        for naf in trades.hires():
            self.assertTrue(1 <= len(trades.main_trades(naf)) <= 12, naf)
        self.assertTrue(all(trades.main_trades(row["naf_code"]) for row in self.companies))
        self.assertTrue(all(hires > 0 for _, _, hires in self.links))

    def test_every_source_answers_for_bakers_around_paris(self) -> None:
        wanted = {"D1102", "D1104"}
        counts = {
            "companies": sum(
                bool(wanted & set(row.get("rome_codes") or trades.main_trades(row["naf_code"])))
                and kilometres(row["geo_coordinates"]) <= 30
                for row in self.companies
            ),
            "offers": sum(row["romeCode"] in wanted and kilometres(offer_coordinates(row)) <= 30 for row in self.offers),
            "formations": sum(
                bool(wanted & set(row["rome_codes"])) and kilometres(row["lieu_formation_geo_coordonnees"]) <= 30
                for row in self.formations
            ),
            "recruiters": sum(
                row["status"] == "Actif"
                and kilometres(row["geo_coordinates"]) <= 30
                and any(
                    job["job_status"] == "Active"
                    and job["job_expiration_date"] > TODAY.isoformat()
                    and wanted & set(job["rome_code"])
                    for job in row["jobs"]
                )
                for row in self.recruiters
            ),
        }
        self.assertTrue(all(count >= 10 for count in counts.values()), counts)

    def test_every_overseas_department_is_present(self) -> None:
        for prefix in ("971", "972", "973", "974", "976"):
            self.assertTrue(any(row["code_postal"].startswith(prefix) for row in self.formations), prefix)
            self.assertTrue(any(row["lieuTravail"]["codePostal"].startswith(prefix) for row in self.offers), prefix)
        self.assertEqual({"75056", "69123", "13055"} - {commune.insee for commune in places.communes()}, set())

    def test_the_register_knows_every_employer_and_recruiter(self) -> None:
        known = {row["siret"] for row in self.registry}
        self.assertLessEqual({row["siret"] for row in self.companies}, known)
        self.assertLessEqual({row["establishment_siret"] for row in self.recruiters}, known)
        for row in self.registry:
            self.assertRegex(row["uniteLegale"]["activitePrincipaleUniteLegale"] or "10.71C", r"^\d{2}\.\d{2}[A-Z]$")
            self.assertIn(row["etatAdministratifEtablissement"], ("A", "F"))
            self.assertIn(row["statutDiffusionEtablissement"], ("O", "P"))
            self.assertTrue(row["adresseEtablissement"]["libelleVoieEtablissement"])

    def test_the_register_begins_with_the_demonstration_and_what_a_deposit_refuses(self) -> None:
        demo, closed, hidden, school, overseas, unplaced, bare = self.registry[: len(registry.specials())]
        activity = [row["uniteLegale"]["activitePrincipaleUniteLegale"] for row in (demo, school, bare)]
        self.assertEqual((demo["siret"], activity), ("00002207900016", ["10.71C", "85.32Z", None]))
        states = [row["etatAdministratifEtablissement"] for row in (demo, closed)]
        shown = [row["statutDiffusionEtablissement"] for row in (demo, hidden)]
        self.assertEqual((states, shown), (["A", "F"], ["O", "P"]))
        self.assertLess(kilometres(demo["geolocetablissement"]), 10)
        self.assertLess(float(overseas["geolocetablissement"].split(",")[0]), 0)
        self.assertEqual((unplaced["geolocetablissement"], bare["enseigne1Etablissement"]), (None, None))

    def test_nobody_can_be_reached(self) -> None:
        text = "".join(json.dumps(row) for row in [*self.companies, *self.offers, *self.formations, *self.recruiters])
        for address in text.split("@")[1:]:
            self.assertRegex(address, r"^[a-z0-9-]+\.example\.com\b")
        ranges = (*identifiers.PHONE_RANGES.values(), identifiers.MOBILE_RANGE)
        phones = [row["phone"] for row in [*self.companies, *self.recruiters]] + [row["num_tel"] for row in self.formations]
        self.assertTrue(all(phone.startswith(ranges) for phone in phones if phone))

    def test_descriptions_have_two_hundred_to_nine_hundred_characters(self) -> None:
        for row in self.offers:
            self.assertTrue(200 <= len(row["description"]) <= 900, row["description"])


class Extracts(unittest.TestCase):
    """What is committed of a package is what the package has."""

    def test_the_romes_of_the_metiers_are_those_of_the_package(self) -> None:
        with open(ROMES, encoding="utf-8", newline="") as file:
            committed = {row["code"]: row["label"] for row in csv.DictReader(file)}
        self.assertEqual(committed, packages.load().rome_labels)


if __name__ == "__main__":
    unittest.main()
