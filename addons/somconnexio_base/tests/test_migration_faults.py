# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.tests import tagged

from ..takeover.sample import make_delivery
from .common import NOW
from .migration_common import MigrationCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMigrationFaults(MigrationCommon):
    """Each fault of a row is named, and costs that row only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clean = make_delivery(12, has_defects=False)

    def _rows(self, kind, *changes):
        """Return a migration of the clean delivery, rows of a kind changed first.

        :param changes: dicts of cells, each for the row at its place
        """
        delivery = make_delivery(12, has_defects=False)
        for row, cells in zip(delivery.rows[kind], changes, strict=False):
            row.update(cells)
        return self._take_over(delivery)

    def _assert_fault(self, run, code, **wanted):
        found = self._issues(run, code=code, **wanted)
        self.assertEqual(len(found), 1, run.issue_ids.mapped("code"))
        self.assertTrue(found.reason)
        self.assertTrue(found.remedy)
        return found

    def test_unknown_and_refused_references_are_told_apart(self):
        run = self._rows("partner", {"NOMBRE": ""})
        self._assert_fault(run, "missing", kind="partner", column_name="NOMBRE")
        issue = self._assert_fault(run, "reference_refused", kind="billing_account")
        self.assertEqual((issue.value, issue.column_name), ("1", "TERCERO"))
        self.assertTrue(self._issues(run, code="reference_refused", kind="line"))
        self.assertTrue(run.is_reconciled)

    def test_reference_to_nothing_is_unknown(self):
        run = self._rows("bill", {"CUENTA": "C999"})
        self._assert_fault(run, "reference_unknown", value="C999")
        self.assertEqual(self._steps(run, "refused")["bill"], 1)

    def test_ids_and_numbers_that_come_twice_cost_the_second(self):
        run = self._rows("bill", {}, {"NÚMERO": self.clean.rows["bill"][0]["NÚMERO"]})
        issue = self._assert_fault(run, "twice")
        self.assertEqual((issue.line_number, issue.expected), (3, "2"))
        self.assertTrue(self._found("bill", self.clean.rows["bill"][0]["NÚMERO"]))

    def test_mandate_reference_of_two_accounts_is_refused_by_its_key(self):
        rows = self.clean.rows["mandate"]
        run = self._rows("mandate", {}, {"REFERENCIA": rows[0]["REFERENCIA"]})
        self._assert_fault(run, "twice", kind="mandate")

    def test_rule_of_the_database_refuses_one_row_of_a_batch(self):
        # The first contract has two tariffs, one after the other.
        run = self._rows("line", {"HASTA": ""})
        issue = self._assert_fault(run, "refused_by_rule", kind="line")
        self.assertIn("one tariff at a time", issue.reason)
        self.assertEqual(self._steps(run, "refused")["line"], 1)
        self.assertTrue(run.is_reconciled)

    def test_unknown_codes_are_named(self):
        run = self._rows("line", {"PRODUCTO": "NOPE"})
        issue = self._assert_fault(run, "unknown_code", kind="line")
        self.assertEqual((issue.column_name, issue.value), ("PRODUCTO", "NOPE"))
        self.assertIn("product of the telecom catalogue", issue.reason)

    def test_unknown_province_is_left_out_when_lenient(self):
        run = self._rows("partner", {"PROVINCIA": "ZZZ"})
        self._assert_fault(run, "unknown_code", severity="warning")
        self.assertFalse(self._found("partner", "1").state_id)
        self.assertTrue(run.is_reconciled)

    def test_strict_source_refuses_rows_with_a_faulty_value(self):
        self.profile.is_lenient = False
        run = self._rows("partner", {"CORREO": "maria(at)example"})
        self._assert_fault(run, "bad_email", severity="refused")
        self.assertFalse(self._found("partner", "1"))

    def test_customers_that_wait_for_each_other_are_refused(self):
        run = self._rows(
            "partner",
            {"PADRE": "2", "CLASE": "Envío"},
            {"PADRE": "1", "CLASE": "Envío"},
        )
        found = self._issues(run, kind="partner", code="reference_refused")
        self.assertEqual(sorted(found.mapped("external_id")), ["1", "2"])
        self.assertEqual(set(found.mapped("column_name")), {"PADRE"})

    def test_open_line_of_an_ended_subscription_gets_its_end(self):
        place = next(
            place
            for place, row in enumerate(self.clean.rows["subscription"])
            if row["ESTADO"] == "Activo"
        )
        delivery = make_delivery(12, has_defects=False)
        row = delivery.rows["subscription"][place]
        row.update({"ESTADO": "Baja", "BAJA": "01/10/2026"})
        run = self._take_over(delivery)
        found = self._issues(run, code="ended")
        self.assertEqual(set(found.mapped("kind")), {"line", "assignment"})
        subscription = self._found("subscription", row["ID"])
        line = subscription.contract_line_ids.sorted("date_start")[-1]
        self.assertEqual(line.date_end, subscription.termination_date)
        self.assertTrue(run.is_reconciled)

    def test_formula_stays_text_and_is_disarmed_in_the_file_of_faults(self):
        formula = '=HYPERLINK("http://x")'
        run = self._rows("partner", {"NOMBRE": formula, "CORREO": "=1+1"})
        self.assertEqual(self._found("partner", "1").name, formula)
        [line] = [line for line in self._csv(run) if "1+1" in line]
        self.assertIn("'=1+1", line)

    def test_number_that_is_here_already_is_linked_and_not_made_again(self):
        known = self._create_resource("msisdn", "699 00 00 01")
        self._rows("partner")
        self.assertEqual(self._found("resource", "699 00 00 01"), known)
        self.assertEqual(known.state, "active")

    def test_lines_of_another_encoding_width_or_open_quote_cost_themselves(self):
        run = self.env["telecom.migration.run"].create({"profile_id": self.profile.id})
        header = ",".join(self.clean.rows["resource"][0])
        content = f"{header.replace(',', ';')}\nTeléfono;699 00 00 02\n".encode(
            "cp1252"
        )
        content += b'SIM;\x81\nSIM\nSIM;"89\nSIM;1;2\nTel\xe9fono;699 00 00 03\n'
        self.env["telecom.migration.file"].receive(run, content, "recursos.csv")
        run.work_now()
        codes = run.issue_ids.sorted("line_number").mapped("code")
        self.assertEqual(codes, ["encoding", "width", "structure", "width"])
        self.assertEqual(self._steps(run, "created")["resource"], 2)
        self.assertEqual(self._steps(run, "row")["resource"], 6)
