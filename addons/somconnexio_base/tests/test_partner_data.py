# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import doctest
from importlib import import_module

from odoo.tests import BaseCase, tagged

from ..partner_data import address, checks, keys, likeness, person_name, quality, tax_id

MODULES = (
    "address",
    "checks",
    "iban",
    "keys",
    "kinds",
    "likeness",
    "mail",
    "person_name",
    "phone",
    "quality",
    "tax_id",
)
PACKAGE = address.__name__.rpartition(".")[0]


def likeness_of(one, other):
    """Return the Likeness of two partners given as values, by the keys they share."""
    shared = {kind for kind, _value in keys.keys_of(one) & keys.keys_of(other)}
    return likeness.compare(
        likeness.Profile.of(one), likeness.Profile.of(other), shared
    )


@tagged("post_install", "-at_install")
class TestPartnerData(BaseCase):
    maria = {
        "name": "Maria Soler i Puig",
        "vat": "40001111V",
        "phone": "612 34 56 78",
        "email": "maria@example.org",
        "street": "Carrer Major 3, 2n 1a",
        "zip": "08820",
    }

    def test_examples_of_each_module_hold(self):
        for name in MODULES:
            with self.subTest(name):
                result = doctest.testmod(import_module(f"{PACKAGE}.{name}"))
                self.assertTrue(result.attempted)
                self.assertFalse(result.failed)

    def test_tax_ids_are_told_apart(self):
        for value, country, normal, detail in (
            ("40001111v", "ES", "ES40001111V", "nif"),
            ("ES 40.001.111-V", "FR", "ES40001111V", "nif"),
            ("X-1234567-L", "ES", "ESX1234567L", "nie"),
            ("B58378431", "", "ESB58378431", "cif"),
            ("DE136695976", "DE", "DE136695976", "eu_vat"),
            ("136695976", "DE", "DE136695976", "eu_vat"),
        ):
            with self.subTest(value):
                reading = tax_id.read(value, country)
                self.assertEqual((reading.normal, reading.detail), (normal, detail))

    def test_wrong_tax_id_says_what_is_wrong_and_proposes_nothing(self):
        for value, reason in (
            ("40001111A", "checksum"),
            ("4000111V", "length"),
            ("ABCDEFGHI", "format"),
        ):
            with self.subTest(value):
                reading = tax_id.read(value, "ES")
                self.assertEqual((reading.state, reading.detail), ("invalid", reason))
                self.assertEqual(reading.proposal, "")

    def test_each_postal_prefix_has_one_province(self):
        provinces = address.load_provinces()
        self.assertEqual(set(provinces), {f"{n:02}" for n in range(1, 53)})
        self.assertEqual(len({p.code for p in provinces.values()}), 52)

    def test_province_that_contradicts_the_postal_code_is_told(self):
        readings = checks.read_all({"zip": "17004", "state": "B", "country": "ES"})
        self.assertEqual(readings["state"].detail, "mismatch")
        self.assertEqual(readings["state"].normal, "GI")

    def test_names_are_compared_by_sound_and_without_order(self):
        for one, other in (
            ("Núria Giménez Vila", "JIMENEZ VILA, NURIA"),
            ("Joan de la Torre", "Torre, Joan"),
            ("Begoña Nuñez", "Vegona Nunez"),
        ):
            with self.subTest(one):
                self.assertEqual(person_name.tokens(one), person_name.tokens(other))

    def test_same_person_written_otherwise_is_probable(self):
        again = {
            "name": "SOLER, MARIA",
            "phone": "0034612345678",
            "street": "C/ Major, núm 3 2-1",
            "zip": "8820",
        }
        found = likeness_of(self.maria, again)
        self.assertEqual(found.verdict, "probable")
        self.assertEqual(set(found.reasons), {"phone", "address", "name_part"})

    def test_same_tax_id_is_certain_even_under_another_name(self):
        found = likeness_of(self.maria, {"name": "Joan Mas", "vat": "ES40001111-v"})
        self.assertEqual(found.verdict, "certain")
        self.assertIn("name_differs", found.reasons)

    def test_household_is_never_a_duplicate(self):
        home = {name: self.maria[name] for name in ("phone", "email", "street", "zip")}
        for name in ("Pere Ferrer Mas", "Marta Soler Puig", "Mario Soler Puig"):
            with self.subTest(name):
                without_mail = {**home, "email": "", "name": name}
                self.assertIsNone(likeness_of(self.maria, without_mail))
        self.assertIsNone(likeness_of(self.maria, {**home, "name": "Pere Ferrer Mas"}))

    def test_father_and_son_with_one_name_are_told_apart_by_their_tax_ids(self):
        son = {**self.maria, "vat": "40002222R"}
        self.assertIsNone(likeness_of(self.maria, son))

    def test_foreigner_who_became_a_citizen_is_found(self):
        before = {**self.maria, "vat": "X1234567L"}
        self.assertEqual(likeness_of(self.maria, before).verdict, "probable")

    def test_person_and_company_are_never_one_without_the_tax_id(self):
        company = {**self.maria, "vat": "", "is_company": True}
        self.assertIsNone(likeness_of(self.maria, company))

    def test_same_name_and_town_alone_is_possible_and_nothing_more(self):
        found = likeness_of(self.maria, {"name": "Maria Soler Puig", "zip": "08820"})
        self.assertEqual((found.verdict, found.reasons[0]), ("possible", "name_same"))

    def test_quality_counts_what_is_missing_and_what_is_wrong(self):
        values = {**self.maria, "kind": "person", "city": "el Prat", "lang": "ca_ES"}
        whole = quality.measure(values, checks.read_all(values))
        self.assertEqual(whole[:3], (100, 100, 100))
        values["vat"] = "40001111A"
        wrong = quality.measure(values, checks.read_all(values))
        self.assertEqual((wrong.completeness, wrong.wrong), (100, ("vat",)))
        self.assertLess(wrong.score, 100)
