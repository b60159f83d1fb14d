# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

from .common import QUIET


@tagged("post_install", "-at_install")
class TestMembershipConcurrency(BaseCase):
    """Two people approve the same request at the same moment.

    The test commits what it needs and removes it again. An agreement's kind is used,
    for it leaves no journal entry behind.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        with cls.registry.cursor() as cr:
            cls._create_data(api.Environment(cr, SUPERUSER_ID, dict(QUIET)))
        cls.addClassCleanup(cls._remove_data)

    @classmethod
    def _create_data(cls, env):
        partners = env["res.partner"].create(
            [{"name": "Concurrent entity"}, {"name": "Concurrent person"}]
        )
        agreement = env["cooperative.agreement"].create(
            {"name": "Race", "code": "RACE", "partner_id": partners[0].id}
        )
        request = env["cooperative.membership.request"].create(
            {
                "partner_id": partners[1].id,
                "kind": "agreement",
                "agreement_id": agreement.id,
                "vat": "40005555E",
                "email": "race@example.org",
            }
        )
        request.action_receive()
        cls.partner_ids, cls.agreement_id = partners.ids, agreement.id
        cls.request_id = request.id

    @classmethod
    def _remove_data(cls):
        with cls.registry.cursor() as cr:
            for table, column, ids in (
                ("telecom_notice", "partner_id", cls.partner_ids),
                ("cooperative_membership", "request_id", [cls.request_id]),
                ("cooperative_membership_request", "id", [cls.request_id]),
                ("cooperative_agreement", "id", [cls.agreement_id]),
                ("res_partner", "id", cls.partner_ids),
            ):
                if table == "cooperative_membership":
                    cr.execute(
                        SQL(
                            "UPDATE cooperative_membership_request"
                            " SET membership_id = NULL WHERE id = %s",
                            cls.request_id,
                        )
                    )
                cr.execute(
                    SQL(
                        "DELETE FROM %s WHERE %s IN %s",
                        SQL.identifier(table),
                        SQL.identifier(column),
                        tuple(ids),
                    )
                )

    def _approve(self, barrier):
        """Approve the request as the server would; return whether it was done."""
        try:
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, dict(QUIET))
                request = env["cooperative.membership.request"].browse(self.request_id)
                self.assertEqual(request.state, "received")  # both have read it
                barrier.wait(timeout=30)
                retrying(request.action_approve, env)
        except UserError:
            return False
        return True

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_approvals_at_once_give_one_membership(self):
        barrier = Barrier(2)
        with ThreadPoolExecutor(max_workers=2) as pool:
            outcomes = [
                future.result(timeout=60)
                for future in [pool.submit(self._approve, barrier) for _ in range(2)]
            ]
        self.assertEqual(sorted(outcomes), [False, True])
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, dict(QUIET))
            found = env["cooperative.membership"].search(
                [("request_id", "=", self.request_id)]
            )
            self.assertEqual(found.mapped("state"), ["active"])
