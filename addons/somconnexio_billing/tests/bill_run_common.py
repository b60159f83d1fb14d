# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Helpers to write tests about bill runs: accounts, usage and a run of October."""

from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.tools import SQL

from odoo.addons.somconnexio_base.tests.common import SomconnexioCommon

from .. import sql_steps

NOW = "2026-11-02 08:00:00"
OCTOBER = "2026-10-01"
RATED_COLUMNS = (
    "company_id, event_id, started_at, subscription_id, billing_account_id,"
    " bill_run_id, usage_type_id, direction, served_number, product_id, tariff_id,"
    " rate_id, category_id, quantity, chargeable_quantity, allowance_quantity,"
    " charged_quantity, setup_fee, unit_price, price_unit, amount_exact, amount,"
    " is_late, version"
)


class BillRunCommon(SomconnexioCommon):
    """A cooperative that bills October 2026 on 2 November.

    Sale taxes are ``cls.tax_21`` (on every product), ``cls.tax_igic`` (7 %) and
    ``cls.tax_exempt``; ``cls.position_igic`` and ``cls.position_exempt`` map the
    first to the others. Background jobs run at once.

    Rating is not what these tests are about: ``_add_usage`` tells what it finds.
    """

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time(NOW))
        super().setUpClass()
        cls._forget_what_is_there()
        cls.env = cls.env(context={**cls.env.context, "queue_job__no_delay": True})
        cls._set_up_accounting()
        cls._set_up_usage()
        cls._patch_model("telecom.rated.usage", "_rate", cls._rate)
        cls._patch_model("account.move", "_telecom_generate_bill_pdf", cls._draw)

    def setUp(self):
        super().setUp()
        type(self).usage = []
        type(self).drawn_ids = []

    @classmethod
    def _forget_what_is_there(cls):
        """Take what the database already holds out of every run."""
        for statement in (
            "UPDATE contract_contract SET telecom_state = 'pending' WHERE is_telecom",
            "UPDATE telecom_bill_run SET state = 'cancelled'",
            "UPDATE telecom_bill_run_account SET state = 'cancelled'",
            "UPDATE telecom_usage_file SET state = 'loaded',"
            " telecom_bill_run_id = (SELECT min(id) FROM telecom_bill_run)",
            "DELETE FROM telecom_usage_event",
            "DELETE FROM telecom_rated_usage",
        ):
            cls.env.cr.execute(SQL(statement))
        cls.env.invalidate_all()

    @classmethod
    def _patch_model(cls, model_name, method_name, function):
        """Replace a method of a model; the function takes what the method takes."""

        def method(records, *args, **kwargs):
            return function(records, *args, **kwargs)

        owner = type(cls.env[model_name])
        cls.startClassPatcher(patch.object(owner, method_name, method, create=True))

    @classmethod
    def _draw(cls, moves):
        """Stand in for the PDFs: note which bills were drawn."""
        cls.drawn_ids += moves.ids

    @classmethod
    def _set_up_accounting(cls):
        if not cls.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", cls.company)
        cls.company.tax_calculation_rounding_method = "round_globally"
        group = cls.env["account.tax.group"].create({"name": "VAT"})
        cls.tax_21 = cls._create_tax("21%", 21, group)
        cls.tax_igic = cls._create_tax("IGIC 7%", 7, group)
        cls.tax_exempt = cls._create_tax("0% EX", 0, group)
        cls.position_igic = cls._create_position("Canary Islands", cls.tax_igic)
        cls.position_exempt = cls._create_position("Exempt", cls.tax_exempt)
        for product in (
            cls.offering_mobile,
            cls.offering_mobile_large,
            cls.offering_fibre,
            cls.addon,
            cls.one_shot,
        ):
            product.taxes_id = cls.tax_21
        cls.discount = cls._create_offering(
            "Compensation", 4, telecom_kind="discount", taxes_id=cls.tax_21.ids
        )

    @classmethod
    def _create_tax(cls, name, amount, group, **vals):
        """Return a sale tax."""
        return cls.env["account.tax"].create(
            {
                "name": f"Test {name}",
                "amount": amount,
                "amount_type": "percent",
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
                "tax_group_id": group.id,
                "country_id": cls.company.account_fiscal_country_id.id,
                **vals,
            }
        )

    @classmethod
    def _create_position(cls, name, tax):
        """Return a fiscal position that replaces ``cls.tax_21`` by another tax."""
        position = cls.env["account.fiscal.position"].create({"name": f"Test {name}"})
        tax.write(
            {
                "fiscal_position_ids": [Command.link(position.id)],
                "original_tax_ids": [Command.link(cls.tax_21.id)],
            }
        )
        return position

    @classmethod
    def _set_up_usage(cls):
        sql_steps.ensure_month_partitions(
            cls.env.cr, "telecom_rated_usage", [datetime(2026, 10, 1)]
        )
        cls.usage_type = cls.env.ref("somconnexio_billing.usage_type_voice")
        cls.tariff = cls.env["telecom.tariff"].create(
            {"name": "Test tariff", "code": "test_bill_run"}
        )
        cls.category_calls = cls._create_category("Calls", 1)
        cls.category_data = cls._create_category("Data", 2)
        cls.rate = cls.env["telecom.tariff.rate"].create(
            {
                "tariff_id": cls.tariff.id,
                "usage_type_id": cls.usage_type.id,
                "direction": "outgoing",
                "category_id": cls.category_calls.id,
                "valid_from": "2020-01-01",
            }
        )

    @classmethod
    def _create_category(cls, name, sequence, **vals):
        """Return a usage category with a product of its own."""
        product = cls.env["product.product"].create(
            {"name": name, "type": "service", "taxes_id": cls.tax_21.ids}
        )
        return cls.env["telecom.usage.category"].create(
            {
                "name": name,
                "code": f"test_{name.lower()}",
                "sequence": sequence,
                "product_id": product.id,
                **vals,
            }
        )

    @classmethod
    def _add_usage(cls, subscription, *amounts, category=None):
        """Let the next rating find events of these amounts, as texts.

        ``"0"`` is an event that the allowance covers.
        """
        category = category or cls.category_calls
        cls.usage += [(subscription, category, amount) for amount in amounts]

    @classmethod
    def _rate(cls, _model, company, _period_start, _period_end, bill_run=None):
        """Stand in for the rating: write the usage of ``_add_usage``."""
        cls.env.cr.execute(
            SQL(
                "DELETE FROM telecom_rated_usage AS usage WHERE company_id = %s"
                " AND NOT EXISTS (SELECT FROM telecom_bill_run_account AS account"
                " WHERE account.run_id = usage.bill_run_id"
                " AND account.billing_account_id = usage.billing_account_id"
                " AND account.move_id IS NOT NULL AND account.state <> 'cancelled')",
                company.id,
            )
        )
        cls.env.cr.execute(SQL("SELECT id FROM contract_contract"))
        seen = {id_ for (id_,) in cls.env.cr.fetchall()}
        for number, (subscription, category, amount) in enumerate(cls.usage):
            if subscription.id in seen and subscription.company_id == company:
                cls._insert_rated(number, subscription, category, amount, bill_run)

    @classmethod
    def _insert_rated(cls, number, subscription, category, amount, bill_run):
        """Write one rated usage, unless an earlier bill has it."""
        is_free = amount == "0"
        cls.env.cr.execute(
            SQL(
                "INSERT INTO telecom_rated_usage (%s) VALUES %s"
                " ON CONFLICT (event_id, started_at) DO NOTHING",
                SQL(RATED_COLUMNS),
                (
                    subscription.company_id.id,
                    number,
                    datetime(2026, 10, 5, 10),
                    subscription.id,
                    subscription.telecom_billing_account_id.id,
                    bill_run.id if bill_run else None,
                    cls.usage_type.id,
                    "outgoing",
                    subscription.main_resource_name,
                    cls.offering_mobile.id,
                    cls.tariff.id,
                    cls.rate.id,
                    category.id,
                    60,
                    60,
                    60 if is_free else 0,
                    0 if is_free else 60,
                    0,
                    0,
                    60,
                    amount,
                    amount,
                    False,
                    1,
                ),
            )
        )

    @classmethod
    def _create_run(cls, **vals):
        """Return a bill run of October 2026."""
        return cls.env["telecom.bill.run"].create({"period_start": OCTOBER, **vals})

    @classmethod
    def _go(cls, run, until="deliver"):
        """Press the buttons of a run one after the other, up to a stage."""
        for code in (
            "load",
            "rate",
            "check",
            "preview",
            "invoice",
            "post",
            "deliver",
        ):
            getattr(run, f"action_{code}")()
            if code == until:
                break
        return run

    @classmethod
    def _create_subscriber(cls, offering=None, name="Maria Soler", **vals):
        """Return an active subscription with a billing account of its own."""
        partner = cls._create_partner(name)
        account = cls._create_billing_account(
            partner,
            fiscal_position_id=vals.pop(
                "position", cls.env["account.fiscal.position"]
            ).id,
            collection_method="transfer",
        )
        vals.setdefault("state", "active")
        return cls._create_subscription(offering, account, **vals)

    def _account(self, run, subscription):
        """Return what a run knows of a subscription's account."""
        account = subscription.telecom_billing_account_id
        return run.account_ids.filtered(lambda a: a.billing_account_id == account)

    def _lines(self, run, subscription=None):
        """Return ``[(kind, days, amount)]`` of a run, in the order of the bill."""
        lines = run.line_ids
        if subscription:
            lines = lines.filtered(lambda li: li.subscription_id == subscription)
        return [
            (line.kind, line.day_count, line.amount_untaxed) for line in lines.sorted()
        ]
