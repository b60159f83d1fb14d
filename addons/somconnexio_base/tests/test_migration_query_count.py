# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from collections import Counter

from freezegun import freeze_time

from odoo.tests import tagged

from ..models.migration.telecom_migration_step import TelecomMigrationStep
from ..takeover.sample import make_delivery
from .common import NOW
from .migration_common import MigrationCommon

FEW, MANY = 12, 72
# Rows are written some hundred at once, so that a few statements are added.
MARGIN = 14
# Odoo checks tax numbers, syncs addresses and logs bank accounts one by one.
ODOO_ASKS_EACH = {"partner": 5, "billing_account": 3, "membership": 2}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMigrationQueryCount(MigrationCommon):
    def _count_for(self, customers, first):
        """Return {kind: statements} of taking some customers over."""
        run = self._receive(make_delivery(customers, has_defects=False, first=first))
        counts = Counter()
        original = TelecomMigrationStep._work_batch

        def work_batch(step):
            counts[step.kind] += self._count_queries(lambda: original(step))

        self.patch(TelecomMigrationStep, "_work_batch", work_batch)
        run.work_now()
        self.patch(TelecomMigrationStep, "_work_batch", original)
        return counts

    def test_taking_over_is_not_linear(self):
        self._count_for(FEW, 0)  # what is cached once for all
        few, many = self._count_for(FEW, 1000), self._count_for(MANY, 2000)
        for kind, count in many.items():
            with self.subTest(kind):
                allowed = ODOO_ASKS_EACH.get(kind, 0) * (MANY - FEW)
                self.assertLessEqual(count, few[kind] + allowed + MARGIN)

    def test_second_delivery_of_the_same_takes_a_few_statements_a_kind(self):
        delivery = make_delivery(FEW, has_defects=False)
        self._take_over(delivery)
        run = self._receive(delivery)
        self.assertLessEqual(self._count_queries(run.work_now), 9 * 30)
