# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Helpers to write tests about the controls of a bill run."""

from odoo.exceptions import UserError
from odoo.tools import SQL

from ..models.bill_run.checks import BY_CODE
from .bill_run_common import BillRunCommon
from .mediation_common import NUMBER, wholesale_bytes


class BillRunChecksCommon(BillRunCommon):
    """The number of the usage files is that of ``cls.subscription``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscriber(msisdn=NUMBER)
        cls.other = cls._create_subscriber(name="Pere Pons")
        cls.account = cls.subscription.telecom_billing_account_id

    def _receive(self, *lines):
        """Return the usage file of some lines, waiting to be loaded."""
        File = self.env["telecom.usage.file"]
        name = f"MW_CDR_20261003_{File.search_count([]):04d}.csv"
        return File.receive(wholesale_bytes(*lines), name)

    def _event(self):
        """Return the event that the last file told of."""
        return self.env["telecom.usage.event"].search([], order="id desc", limit=1)

    def _execute(self, statement, *values):
        """Change a row as no code of ours would."""
        self.env.flush_all()
        self.env.cr.execute(SQL(statement, *values))
        self.env.invalidate_all()

    def _check(self, run, code):
        """Return the result of a control of a run."""
        return run.check_ids.filtered(lambda check: check.code == code)

    def _recheck(self, run, code):
        """Run the controls of a control's stage again and return its result."""
        run._engine()._run_checks(BY_CODE[code].stage)
        return self._check(run, code)

    def _assert_red(self, result, detail="", rows=1):
        """Check that a control fails as declared, and says where."""
        self.assertEqual((result.state, result.row_count), ("fail", rows))
        self.assertEqual(result.severity, BY_CODE[result.code].severity)
        self.assertIn(detail, result.sample_text)
        self.assertTrue(result.remedy)

    def _assert_held(self, run, code, subscription=None):
        """Check that a control holds the account and not the run."""
        held = self._account(run, subscription or self.subscription)
        self.assertEqual((held.state, held.hold_code), ("held", code))
        self.assertIn(BY_CODE[code].name._source, held.hold_reason)
        self.assertFalse(run.is_blocked)

    def _assert_stopped(self, run, code):
        """Check that the bills are refused, with the name of the control."""
        self.assertTrue(run.is_blocked)
        with self.assertRaisesRegex(UserError, "is stopped by its controls") as caught:
            run.action_invoice()
        self.assertIn(BY_CODE[code].name._source, str(caught.exception))

    def _add_line(self, product, day="2026-10-05", **vals):
        """Add a line to the subscription."""
        return self.env["contract.line"].create(
            {
                "contract_id": self.subscription.id,
                "product_id": product.id,
                "date_start": day,
                **vals,
            }
        )

    def _rated_run(self, *lines):
        """Return a rated run with the usage of a file, if lines are given."""
        if lines:
            self._receive(*lines)
        return self._go(self._create_run(), "rate")
