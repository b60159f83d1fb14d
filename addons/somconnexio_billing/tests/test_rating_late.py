# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Usage that comes when the rest is billed: billed rows stay and count first."""

import random

from odoo.tests import tagged

from .rating_property_case import WHOLE_TIME, PropertyCase
from .rating_worlds import differences
from .reference_rater import rate as reference_rate

BATCHES = 3


@tagged("post_install", "-at_install")
class TestRatingLate(PropertyCase):
    def test_late_usage_costs_what_the_reference_says_and_billed_rows_stay(self):
        late = self._choose_late()
        with self._rated() as reader:
            self._park(late)
            self._bill()
            billed = self._billed_rows()
            self._return_parked()
            # Once for what is new, once for what is open by then.
            self._rate_again()
            self._rate_again()
            self.assertEqual(self._billed_rows(), billed)
            product = {row["event_id"]: row for row in reader.rows(False)}
        closed = [row for row in self.world.rows if row["event_id"] not in late]
        open_rows = [row for row in self.world.rows if row["event_id"] in late]
        expected, _due = reference_rate(self.world.document, open_rows, closed)
        ordered = [product[row["event_id"]] for row in expected]
        found = differences(ordered, expected)
        self.assertFalse(dict(list(found.items())[:5]), f"{len(found)} events differ.")
        self.assertTrue(billed)

    def _choose_late(self):
        generator = random.Random(self.seed)
        return {
            row["event_id"]
            for row in self.world.rows
            if generator.randrange(BATCHES) == 0
        }

    def _park(self, late):
        """Take the late events away, and all that was rated."""
        self.env.cr.execute(
            "DELETE FROM telecom_rated_usage WHERE company_id = %s",
            [self.bench.company_id],
        )
        self.env.cr.execute(
            "CREATE TEMP TABLE parked_event ON COMMIT DROP AS"
            " SELECT * FROM telecom_usage_event"
            " WHERE company_id = %s AND external_id = ANY(%s)",
            [self.bench.company_id, list(late)],
        )
        self.env.cr.execute(
            "DELETE FROM telecom_usage_event event USING parked_event parked"
            " WHERE event.id = parked.id AND event.started_at = parked.started_at"
        )

    def _return_parked(self):
        self.env.cr.execute(
            "INSERT INTO telecom_usage_event SELECT * FROM parked_event"
        )

    def _bill(self):
        """Rate for a bill run, which locks its rows for everybody else."""
        run = self.env["telecom.bill.run"].create({"period_start": "2026-12-01"})
        # The bench's company has no ledger: what rating asks of a run is its company.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE telecom_bill_run SET company_id = %s WHERE id = %s",
            [self.bench.company_id, run.id],
        )
        run.invalidate_recordset()
        self.env["telecom.rated.usage"]._rate(
            self.bench.company, *WHOLE_TIME, bill_run=run
        )

    def _billed_rows(self):
        self.env.cr.execute(
            "SELECT rated::text FROM telecom_rated_usage rated"
            " WHERE company_id = %s AND bill_run_id IS NOT NULL ORDER BY event_id",
            [self.bench.company_id],
        )
        return self.env.cr.fetchall()
