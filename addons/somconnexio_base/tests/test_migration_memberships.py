# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from ..takeover.sample import make_delivery
from .common import NOW
from .migration_common import MigrationCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMigrationMemberships(MigrationCommon):
    """Members who pay by instalments, have left or belong by an agreement."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        layout = cls.profile.layout_ids.filtered(lambda it: it.kind == "membership")
        extra = {
            "kind": {"source": "CLASE", "value_map": "Convenio=agreement"},
            "agreement": {"source": "CONVENIO"},
            "remaining_instalments": {"source": "PLAZOS"},
            "next_due_date": {"source": "PRÓXIMO"},
            "refundable_amount": {"source": "A_DEVOLVER"},
            "refund_due_date": {"source": "DESDE"},
        }
        for column in layout.column_ids:
            if column.target in extra:
                column.write(extra[column.target])
        cls.agreement = cls.env["cooperative.agreement"].create(
            {"name": "Ateneu", "code": "ATENEU", "partner_id": cls.partner.id}
        )

    def _take(self, *changes):
        """Return the migration of some members.

        :param changes: cells of the first members, in their order
        """
        delivery = make_delivery(12, has_defects=False, first=100)
        names = ("CLASE", "CONVENIO", "PLAZOS", "PRÓXIMO", "A_DEVOLVER", "DESDE")
        for row in delivery.rows["membership"]:
            row.update(dict.fromkeys(names, ""))
        rows = [row for row in delivery.rows["membership"] if not row["BAJA"]]
        for row, cells in zip(rows, changes, strict=False):
            row.update(cells)
        run = self._take_over(delivery)
        return run, [self._found("membership", row["ID"]) for row in rows]

    def test_what_members_still_pay_and_are_owed_comes_along(self):
        gone = {
            "BAJA": "01/06/2026",
            "MOTIVO": "Propia",
            "ALTA": "01/06/2016",
            "TÍTULOS": "",
            "PAGADO": "",
            "A_DEVOLVER": "87,50",
            "DESDE": "01/06/2027",
        }
        by_agreement = {
            "CLASE": "Convenio",
            "CONVENIO": "ATENEU",
            "TÍTULOS": "",
            "PAGADO": "",
        }
        splitting = {"PAGADO": "20,00", "PLAZOS": "8", "PRÓXIMO": "01/11/2026"}
        run, members = self._take(gone, by_agreement, splitting)
        self.assertFalse(run.issue_ids.mapped("reason"))
        self.assertTrue(run.is_reconciled)
        left, agreed, paying = members[:3]
        self.assertEqual((left.state, left.refundable_amount), ("left", 87.5))
        self.assertEqual(left.leaving_ids.refund_due_date, date(2027, 6, 1))
        self.assertEqual(
            (agreed.kind, agreed.agreement_id), ("agreement", self.agreement)
        )
        self.assertEqual(paying.call_ids.mapped("amount"), [10.0] * 8)

    def test_members_that_contradict_themselves_are_refused_with_their_column(self):
        run, _members = self._take(
            {"A_DEVOLVER": "50,00"},
            {"CLASE": "Convenio", "TÍTULOS": "", "PAGADO": ""},
            {"CLASE": "Convenio", "CONVENIO": "NOPE", "TÍTULOS": "", "PAGADO": ""},
            {"PAGADO": "20,00"},
        )
        found = [
            (issue.column_name, issue.code)
            for issue in run.issue_ids.sorted("line_number")
        ]
        self.assertEqual(
            found,
            [
                ("A_DEVOLVER", "only_with_left"),
                ("CONVENIO", "agreement_kind"),
                ("CONVENIO", "unknown_code"),
                (False, "refused_by_rule"),
            ],
        )
        self.assertTrue(run.is_reconciled)
