# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.service import model as service
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged
from odoo.tools import mute_logger

NUMBERS = ("34699999980", "34699999981")


@tagged("post_install", "-at_install")
class TestReservationConcurrency(BaseCase):
    """Two agents want the same number at the same moment; one gets it.

    Each works as the server lets people work: in a transaction of its own, which is
    tried again when another one was faster. The test commits what it needs and
    removes it again.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.database = db_connect(get_db_name())
        with cls.database.cursor() as cr:
            cls._create_data(api.Environment(cr, SUPERUSER_ID, {}))
        cls.addClassCleanup(cls._remove_data)

    @classmethod
    def _create_data(cls, env):
        kind = env.ref("somconnexio_base.resource_kind_msisdn")
        cls.user_ids = [
            new_test_user(
                env, f"test_{name}", "somconnexio_base.group_telecom_agent", name=name
            ).id
            for name in ("Anna", "Biel")
        ]
        cls.provider_id = env["res.partner"].create({"name": "Concurrency test"}).id
        resources = env["telecom.resource"].create(
            [
                {"kind_id": kind.id, "name": name, "provider_id": cls.provider_id}
                for name in NUMBERS
            ]
        )
        cls.resource_ids = resources.ids

    @classmethod
    def _remove_data(cls):
        with cls.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["telecom.resource"].browse(cls.resource_ids).unlink()
            users = env["res.users"].browse(cls.user_ids)
            partners = users.partner_id
            users.unlink()
            (partners | env["res.partner"].browse(cls.provider_id)).unlink()

    def setUp(self):
        super().setUp()
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            resources = env["telecom.resource"].browse(self.resource_ids)
            resources.write({"state": "available"})
        # The wait between two tries is random and up to seconds.
        self.startPatcher(patch.object(service.random, "uniform", lambda _a, _b: 0.01))

    def _work(self, barrier, user_id, action):
        """Do something as a user, as a request to the server would.

        :return: what the action returns, or the text that the user is told
        """
        with self.database.cursor() as cr:
            env = api.Environment(cr, user_id, {})
            cr.execute("SELECT 1")  # the snapshot is taken before the other commits
            barrier.wait(30)
            try:
                return service.retrying(partial(action, env["telecom.resource"]), env)
            except UserError as error:
                return str(error)

    def _both(self, action):
        """Let both agents do the same at the same moment."""
        barrier = Barrier(2)
        with ThreadPoolExecutor(max_workers=2) as pool:
            jobs = [
                pool.submit(self._work, barrier, user_id, action)
                for user_id in self.user_ids
            ]
            return [job.result(timeout=60) for job in jobs]

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_one_agent_gets_the_number_and_the_other_is_told(self):
        results = self._both(lambda model: model.browse(self.resource_ids[0]).reserve())
        self.assertEqual(results.count(True), 1)
        (told,) = (result for result in results if result is not True)
        self.assertRegex(told, "reserved by (Anna|Biel)|Somebody else is taking")
        winner = self.user_ids[results.index(True)]
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            number = env["telecom.resource"].browse(self.resource_ids[0])
            self.assertEqual(
                (number.state, number.reserved_by_id.id), ("reserved", winner)
            )

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_who_take_any_number_get_two_different_ones(self):
        results = self._both(
            lambda model: model.reserve_available(
                "msisdn", provider_id=self.provider_id
            )
        )
        found = {row["id"] for result in results for row in result}
        self.assertEqual(found, set(self.resource_ids))
