# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import Command
from odoo.tests import tagged

from .bill_run_common import BillRunCommon


@tagged("post_install", "-at_install")
class TestBillRunPrices(BillRunCommon):
    """Where a bill takes its prices and its fiscal position from."""

    def test_price_of_the_line_counts_not_that_of_the_catalogue(self):
        subscription = self._create_subscriber()
        self.offering_mobile.list_price = 99
        run = self._go(self._create_run(), "preview")
        self.assertEqual(self._lines(run, subscription), [("fee", 31, 10.0)])

    def test_price_from_the_pricelist_counts_where_the_line_asks_for_it(self):
        subscription = self._create_subscriber()
        subscription.pricelist_id = self.env["product.pricelist"].create(
            {
                "name": "Members",
                "item_ids": [
                    Command.create({"compute_price": "fixed", "fixed_price": 6.2})
                ],
            }
        )
        subscription.contract_line_ids.automatic_price = True
        run = self._go(self._create_run(), "preview")
        self.assertEqual(self._lines(run, subscription), [("fee", 31, 6.2)])

    def test_suspended_subscription_pays_its_fee(self):
        subscription = self._create_subscriber(state="suspended")
        run = self._go(self._create_run(), "preview")
        self.assertEqual(self._lines(run, subscription), [("fee", 31, 10.0)])

    def test_usage_line_speaks_the_language_of_the_account(self):
        self.env["res.lang"]._activate_lang("ca_ES")
        self.category_calls.with_context(lang="ca_ES").name = "Trucades"
        subscription = self._create_subscriber()
        subscription.telecom_billing_account_id.lang = "ca_ES"
        self._add_usage(subscription, "1")
        run = self._go(self._create_run(), "preview")
        usage = run.line_ids.filtered(lambda line: line.kind == "usage")
        self.assertEqual(usage.name, f"Trucades · {subscription.main_resource_name}")

    def test_position_of_the_account_goes_before_that_of_the_payer(self):
        subscription = self._create_subscriber(position=self.position_igic)
        payer = subscription.telecom_billing_account_id.partner_id
        payer.property_account_position_id = self.position_exempt
        run = self._go(self._create_run(), "preview")
        account = self._account(run, subscription)
        self.assertEqual(account.fiscal_position_id, self.position_igic)

    def test_position_detected_by_address_counts_for_those_who_live_there(self):
        country = self.company.country_id or self.env.ref("base.es")
        region = self.env["res.country.state"].create(
            {"name": "Islands", "code": "ISL", "country_id": country.id}
        )
        self.position_igic.write(
            {
                "auto_apply": True,
                "sequence": -1,
                "country_id": country.id,
                "state_ids": [Command.set(region.ids)],
            }
        )
        islander = self._create_subscriber(name="Islander")
        payer = islander.telecom_billing_account_id.partner_id
        payer.write({"country_id": country.id, "state_id": region.id})
        mainlander = self._create_subscriber(name="Mainlander")
        run = self._go(self._create_run(), "preview")
        positions = [
            self._account(run, subscription).fiscal_position_id == self.position_igic
            for subscription in (islander, mainlander)
        ]
        self.assertEqual(positions, [True, False])
