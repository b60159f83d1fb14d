# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import doctest

from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
)

from odoo.tests import BaseCase

from .. import lifecycle, numbering
from ..numbering import (
    e164,
    esim,
    fibre_line,
    fixed_number,
    iccid,
    ip_address,
    msisdn,
    numbering_plan,
)

VERBS = ("compact", "validate", "is_valid", "format")


class TestNumbering(BaseCase):
    def test_examples_of_each_module_hold(self):
        shared = (lifecycle, numbering, e164, esim, numbering_plan)
        for module in (*shared, *numbering.VALIDATORS.values()):
            with self.subTest(module.__name__):
                result = doctest.testmod(module)
                self.assertTrue(result.attempted)
                self.assertFalse(result.failed)

    def test_each_validator_has_the_same_verbs(self):
        for name, module in numbering.VALIDATORS.items():
            for verb in VERBS:
                with self.subTest(f"{name}.{verb}"):
                    self.assertTrue(callable(getattr(module, verb)))

    def test_mobile_number_typed_in_any_manner_has_one_normal_form(self):
        for typed in (
            "612345678",
            "612 34 56 78",
            "+34 612-345-678",
            "0034612345678",
            "34612345678",
            "(612) 345.678",
        ):
            with self.subTest(typed):
                self.assertEqual(msisdn.validate(typed), "34612345678")

    def test_mobile_number_of_another_range_is_refused(self):
        for typed in ("931234567", "900123456", "806123456", "700123456", "412345678"):
            with self.subTest(typed), self.assertRaises(InvalidComponent):
                msisdn.validate(typed)

    def test_mobile_number_of_wrong_length_is_refused(self):
        for typed in ("61234567", "6123456789"):
            with self.subTest(typed), self.assertRaises(InvalidComponent):
                msisdn.validate(typed)

    def test_mobile_number_with_letters_is_refused(self):
        for typed in ("612FLOWER", "", None, "612 34 56 78 ext 5"):
            with self.subTest(typed), self.assertRaises(InvalidFormat):
                msisdn.validate(typed)

    def test_foreign_mobile_number_is_stable_in_its_stored_form(self):
        stored = msisdn.validate("+33 6 12 34 56 78")
        self.assertEqual(stored, "33612345678")
        self.assertEqual(msisdn.validate(stored), stored)

    def test_fixed_number_accepts_geographic_and_nomadic_ranges_only(self):
        for typed, is_fixed in (
            ("931234567", True),
            ("881234567", True),
            ("511234567", True),
            ("612345678", False),
            ("902123456", False),
            ("800123456", False),
        ):
            with self.subTest(typed):
                self.assertEqual(fixed_number.is_valid(typed), is_fixed)

    def test_iccid_of_twenty_digits_is_accepted(self):
        body = "8934041234567890123"
        number = body + iccid.calc_check_digit(body)
        self.assertEqual(iccid.validate(f" {number} "), number)

    def test_iccid_faults_are_told_apart(self):
        for value, error in (
            ("893404123456789012A", InvalidFormat),
            ("893404123456789", InvalidLength),
            ("8834041234567890122", InvalidComponent),
            ("8934041234567890123", InvalidChecksum),
        ):
            with self.subTest(value), self.assertRaises(error):
                iccid.validate(value)

    def test_fibre_line_is_stored_in_capitals_without_spaces(self):
        self.assertEqual(fibre_line.validate("ftth 08 / 12"), "FTTH08/12")

    def test_fibre_line_with_bad_characters_or_length_is_refused(self):
        for value, error in (("a" * 41, InvalidLength), ("ab#cd", InvalidFormat)):
            with self.subTest(value), self.assertRaises(error):
                fibre_line.validate(value)

    def test_ip_address_that_nobody_can_hold_is_refused(self):
        for value in ("127.0.0.1", "224.0.0.1", "169.254.1.1", "0.0.0.0", "::1"):
            with self.subTest(value), self.assertRaises(InvalidComponent):
                ip_address.validate(value)

    def test_numbering_plan_names_its_source_in_the_first_line(self):
        with numbering_plan.PLAN_PATH.open(encoding="utf-8") as plan_file:
            self.assertRegex(plan_file.readline(), r"^# Source: .*\d{4}-\d{2}-\d{2}")

    def test_numbering_plan_takes_the_longest_prefix(self):
        self.assertEqual(numbering_plan.range_type("700123456"), "personal")
        self.assertEqual(numbering_plan.range_type("711234567"), "mobile")
        self.assertIsNone(numbering_plan.range_type("7112345678"))

    def test_activation_code_of_an_esim_is_server_and_identifier(self):
        for code in (
            "LPA:1$smdp.example.org$K2-1XYZ",
            "LPA:1$smdp.example.org$$1.3.6.1",
            "LPA:1$smdp.example.org$K2$1.3.6.1$1",
        ):
            self.assertEqual(esim.validate(code), code)
        for code in ("", "1$smdp.example.org$K2", "LPA:1$$K2", "LPA:1$a b$K2"):
            with self.subTest(code), self.assertRaises(InvalidFormat):
                esim.validate(code)
