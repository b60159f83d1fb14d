# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

from psycopg2.errors import UniqueViolation

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from odoo.addons.somconnexio_base.tests.common import QUIET, TODAY

from .receipt_common import CommittedWorld


@tagged("post_install", "-at_install")
class TestReceiptConcurrency(BaseCase):
    """Two transactions book the same money at the same moment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.world = CommittedWorld(cls.registry)
        cls.addClassCleanup(cls.world.remove)

    def _book(self, barrier):
        """Book as the server would; return the id, or None when the key was taken."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, dict(QUIET))
            account = env["telecom.billing.account"].browse(self.world.account_id)
            journal = env["account.journal"].browse(self.world.journal_id)
            self.assertFalse(account._payment_of("race:1", Decimal(5)))
            barrier.wait(timeout=30)
            try:
                return account._receive_payment(
                    Decimal(5), TODAY, journal, "RACE", key="race:1"
                ).id
            except UniqueViolation:
                cr.rollback()
                return None

    def test_key_used_by_two_transactions_at_once_gives_one_payment(self):
        barrier = Barrier(2)
        with mute_logger("odoo.sql_db"), ThreadPoolExecutor(2) as pool:
            results = list(pool.map(self._book, [barrier, barrier]))
        self.assertEqual(results.count(None), 1)
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*), sum(amount) FROM account_payment"
                " WHERE receipt_key = 'race:1'"
            )
            self.assertEqual(cr.fetchone(), (1, 5))
