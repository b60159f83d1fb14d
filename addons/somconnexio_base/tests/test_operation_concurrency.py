# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from concurrent.futures import ThreadPoolExecutor, TimeoutError

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

OFFERINGS = (("Concurrency small", 10), ("Concurrency large", 20))


@tagged("post_install", "-at_install")
class TestOperationConcurrency(BaseCase):
    """Two agents ask for the same at the same time: one gets it, the other is told.

    The test commits what it needs and removes it again.
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
        partner = env["res.partner"].create({"name": "Operation test"})
        account = env["telecom.billing.account"].create({"partner_id": partner.id})
        service_type = env.ref("somconnexio_base.service_type_mobile")
        products = env["product.product"].create(
            [
                {
                    "name": name,
                    "type": "service",
                    "telecom_kind": "offering",
                    "telecom_service_type_id": service_type.id,
                    "list_price": price,
                }
                for name, price in OFFERINGS
            ]
        )
        subscription = env["contract.contract"].create(
            {
                "telecom_service_type_id": service_type.id,
                "telecom_billing_account_id": account.id,
                "contract_line_ids": [(0, 0, {"product_id": products[0].id})],
            }
        )
        cls.subscription_id, cls.account_id = subscription.id, account.id
        cls.partner_id, cls.product_ids = partner.id, products.ids

    @classmethod
    def _remove_data(cls):
        with cls.database.cursor() as cr:
            cr.execute(
                SQL("DELETE FROM telecom_notice WHERE partner_id = %s", cls.partner_id)
            )
            env = api.Environment(cr, SUPERUSER_ID, {})
            cr.execute(
                SQL(
                    "DELETE FROM telecom_subscription_operation"
                    " WHERE billing_account_id = %s",
                    cls.account_id,
                )
            )
            env["contract.contract"].browse(cls.subscription_id).unlink()
            env["telecom.billing.account"].browse(cls.account_id).unlink()
            env["res.partner"].browse(cls.partner_id).unlink()
            env["product.product"].browse(cls.product_ids).product_tmpl_id.unlink()

    def _ask(self, cr):
        """Ask, the way a call of another program does: tried again on a conflict."""
        env = api.Environment(cr, SUPERUSER_ID, {})
        subscription = env["contract.contract"].browse(self.subscription_id)
        return retrying(
            lambda: subscription.request_tariff_change(self.product_ids[1]), env
        )

    def _ask_and_commit(self):
        with self.database.cursor() as cr:
            # The snapshot is taken before the first of the two is done.
            cr.execute("SELECT telecom_version FROM contract_contract LIMIT 1")
            return self._ask(cr)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_second_of_two_agents_is_told_what_the_first_has_asked_for(self):
        with ThreadPoolExecutor(max_workers=1) as pool:
            with self.database.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                subscription = env["contract.contract"].browse(self.subscription_id)
                subscription.request_tariff_change(self.product_ids[1])
                second = pool.submit(self._ask_and_commit)
                with self.assertRaises(TimeoutError):  # it waits for the first
                    second.result(timeout=1)
            with self.assertRaisesRegex(UserError, "Change of tariff .* is pending"):
                second.result(timeout=60)
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            subscription = env["contract.contract"].browse(self.subscription_id)
            self.assertEqual(len(subscription.operation_ids), 1)
