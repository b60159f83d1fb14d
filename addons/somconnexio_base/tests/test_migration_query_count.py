# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.tests import tagged

from ..takeover.sample import make_delivery
from .common import NOW
from .migration_common import MigrationCommon

FEW, MANY = 12, 72
# A few statements more for each of the nine kinds: rows go in some hundred at once.
MARGIN = 9 * 12


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMigrationQueryCount(MigrationCommon):
    def _count_for(self, customers, first):
        run = self._receive(make_delivery(customers, has_defects=False, first=first))
        return self._count_queries(run.work_now)

    def test_taking_over_is_not_linear(self):
        self._count_for(FEW, 0)  # what is cached once for all
        few, many = self._count_for(FEW, 1000), self._count_for(MANY, 2000)
        self.assertLessEqual(many, few + MARGIN)

    def test_second_delivery_of_the_same_takes_a_few_statements_a_kind(self):
        delivery = make_delivery(FEW, has_defects=False)
        self._take_over(delivery)
        run = self._receive(delivery)
        self.assertLessEqual(self._count_queries(run.work_now), 9 * 30)
