# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from concurrent.futures import ThreadPoolExecutor, TimeoutError

from psycopg2.errors import ExclusionViolation

from odoo import SUPERUSER_ID, api
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

INSERT = """
    INSERT INTO telecom_resource_assignment (resource_id, subscription_id, start_at)
    VALUES (%s, %s, '2026-09-01')
"""


@tagged("post_install", "-at_install")
class TestAssignmentConcurrency(BaseCase):
    """Two agents give one number to two members at the same time.

    No Python check can see the other's uncommitted row; the database can. The test
    commits what it needs and removes it again.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.database = db_connect(get_db_name())
        with cls.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cls._create_data(env)
        cls.addClassCleanup(cls._remove_data)

    @classmethod
    def _create_data(cls, env):
        partner = env["res.partner"].create({"name": "Concurrency test"})
        kind = env.ref("somconnexio_base.resource_kind_msisdn")
        service_type = env.ref("somconnexio_base.service_type_mobile")
        subscriptions = env["contract.contract"].create(
            [
                {"partner_id": partner.id, "telecom_service_type_id": service_type.id}
                for _number in range(2)
            ]
        )
        resource = env["telecom.resource"].create(
            {"kind_id": kind.id, "name": "34699999999"}
        )
        cls.partner_id, cls.resource_id = partner.id, resource.id
        cls.subscription_ids = subscriptions.ids

    @classmethod
    def _remove_data(cls):
        with cls.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            assignments = SQL(
                "DELETE FROM telecom_resource_assignment WHERE resource_id = %s",
                cls.resource_id,
            )
            cr.execute(assignments)
            env["contract.contract"].browse(cls.subscription_ids).unlink()
            env["telecom.resource"].browse(cls.resource_id).unlink()
            env["res.partner"].browse(cls.partner_id).unlink()

    def _insert(self, cr, subscription_id):
        cr.execute(SQL(INSERT, self.resource_id, subscription_id))

    def _insert_and_commit(self, subscription_id):
        with self.database.cursor() as cr:
            self._insert(cr, subscription_id)

    @mute_logger("odoo.sql_db")
    def test_second_of_two_transactions_is_refused_when_the_first_commits(self):
        first_id, second_id = self.subscription_ids
        with ThreadPoolExecutor(max_workers=1) as pool:
            with self.database.cursor() as cr:
                self._insert(cr, first_id)
                second = pool.submit(self._insert_and_commit, second_id)
                with self.assertRaises(TimeoutError):  # it waits for the first
                    second.result(timeout=1)
            with self.assertRaises(ExclusionViolation):
                second.result(timeout=30)
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            resource = env["telecom.resource"].browse(self.resource_id)
            self.assertEqual(resource.assignment_ids.subscription_id.ids, [first_id])
