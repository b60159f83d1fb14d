# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A member with a mobile subscription, her bill of October and its usage."""

import io
import itertools
import re
from datetime import date, datetime

from pypdf import PdfReader

from odoo import Command
from odoo.tools import SQL

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .. import sql_steps

PERIOD = date(2026, 10, 1), date(2026, 11, 1)


class BillCommon(AccountTestInvoicingCommon):
    @classmethod
    def get_default_groups(cls):
        admin = cls.env.ref("somconnexio_base.group_telecom_admin")
        return super().get_default_groups() | admin

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.company = cls.env.company
        cls.company.write(
            {
                "name": "Som Connexió SCCL",
                "country_id": cls.env.ref("base.es").id,
                "currency_id": cls.env.ref("base.EUR").id,
            }
        )
        cls.company.vat = "ESF66442286"
        cls.event_ids = itertools.count(1)
        cls._create_catalogue()
        runs = cls.env["telecom.bill.run"].sudo()
        cls.bill_run = runs.create({"period_start": PERIOD[0]}).sudo(False)
        cls.account = cls._create_account("Maria Puigdemunt i Soler")
        cls.subscription = cls._create_subscription(cls.account)
        sql_steps.ensure_month_partitions(
            cls.env.cr, "telecom_rated_usage", [PERIOD[0], date(2026, 9, 1)]
        )

    @classmethod
    def _create_catalogue(cls):
        group = cls.env["account.tax.group"].create({"name": "IVA 21%"})
        cls.tax = cls.percent_tax(cls, 21.0, tax_group_id=group.id)
        cls.offering = cls.env["product.product"].create(
            {
                "name": "Mobile 150 minutes",
                "type": "service",
                "telecom_kind": "offering",
                "telecom_service_type_id": cls.env.ref(
                    "somconnexio_base.service_type_mobile"
                ).id,
                "list_price": 10.0,
                "taxes_id": [Command.set(cls.tax.ids)],
            }
        )
        cls.voice = cls.env.ref("somconnexio_billing.usage_type_voice")
        cls.allowance = cls.env["telecom.allowance"].create(
            {
                "name": "National calls",
                "product_tmpl_id": cls.offering.product_tmpl_id.id,
                "usage_type_id": cls.voice.id,
                "quantity": 9000,
            }
        )
        cls.category = cls.env["telecom.usage.category"].create(
            {
                "name": "Calls abroad",
                "code": "test_abroad",
                "product_id": cls.offering.id,
            }
        )
        Destination = cls.env["telecom.destination"]
        cls.france, cls.helpline = Destination.create(
            [
                {"name": "Test France", "code": "test_fr", "kind": "international"},
                {"name": "Test helpline", "code": "test_016", "kind": "free"},
            ]
        )

    @classmethod
    def _create_account(cls, name, **vals):
        partner = cls.env["res.partner"].create(
            {
                "name": name,
                "lang": "en_US",
                "vat": "12345678Z",
                "street": "Carrer de la Llacuna 162",
                "zip": "08018",
                "city": "Barcelona",
                "country_id": cls.env.ref("base.es").id,
            }
        )
        bank = cls.env["res.partner.bank"].create(
            {"partner_id": partner.id, "acc_number": "ES9121000418450200051332"}
        )
        return cls.env["telecom.billing.account"].create(
            {"partner_id": partner.id, "partner_bank_id": bank.id, **vals}
        )

    @classmethod
    def _create_subscription(cls, account):
        return cls.env["contract.contract"].create(
            {
                "telecom_service_type_id": cls.offering.telecom_service_type_id.id,
                "telecom_billing_account_id": account.id,
                "contract_line_ids": [
                    Command.create(
                        {"product_id": cls.offering.id, "date_start": PERIOD[0]}
                    )
                ],
            }
        )

    @classmethod
    def _create_run_account(cls, account, subscription):
        """Put an account into the run with a fee of ten euros and two of usage."""
        env = cls.env(su=True)  # nobody writes these rows by hand: the steps do
        run_account = env["telecom.bill.run.account"].create(
            {
                "run_id": cls.bill_run.id,
                "company_id": cls.company.id,
                "billing_account_id": account.id,
                "period_start": PERIOD[0],
                "kind": "cycle",
                "amount_untaxed": 12.0,
                "amount_tax": 2.52,
                "amount_total": 14.52,
            }
        )
        fee = {
            "run_id": cls.bill_run.id,
            "run_account_id": run_account.id,
            "company_id": cls.company.id,
            "billing_account_id": account.id,
            "subscription_id": subscription.id,
            "kind": "fee",
            "name": "Monthly fee",
            "product_id": cls.offering.id,
            "contract_line_id": subscription.contract_line_ids.id,
            "period_from": PERIOD[0],
            "period_to": PERIOD[1],
            "day_count": 31,
            "month_days": 31,
            "quantity": 1,
            "price_unit": 10.0,
            "amount_untaxed": 10.0,
        }
        usage = fee | {
            "kind": "usage",
            "name": "Calls abroad",
            "contract_line_id": False,
            "category_id": cls.category.id,
            "price_unit": 2.0,
            "amount_untaxed": 2.0,
        }
        env["telecom.bill.run.line"].create([fee, usage])
        env["telecom.bill.run.tax"].create(
            {
                "run_id": cls.bill_run.id,
                "run_account_id": run_account.id,
                "company_id": cls.company.id,
                "tax_id": cls.tax.id,
                "amount_base": 12.0,
                "amount_tax": 2.52,
            }
        )
        return run_account.with_env(cls.env)

    @classmethod
    def _create_bill(cls, account=None, subscription=None, post=True):
        """Return the bill of an account, made from its lines of the run."""
        account = account or cls.account
        subscription = subscription or cls.subscription
        run_account = cls._create_run_account(account, subscription)
        bill = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": account.partner_id.id,
                "invoice_date": PERIOD[1],
                "invoice_date_due": date(2026, 11, 5),
                "invoice_payment_term_id": False,
                "telecom_billing_account_id": account.id,
                "telecom_bill_run_id": cls.bill_run.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": line.name,
                            "product_id": line.product_id.id,
                            "quantity": 1,
                            "price_unit": line.amount_untaxed,
                            "tax_ids": [Command.set(cls.tax.ids)],
                            "telecom_bill_line_id": line.id,
                            "telecom_subscription_id": line.subscription_id.id,
                        }
                    )
                    for line in run_account.line_ids
                ],
            }
        )
        run_account.sudo().move_id = bill
        if post:
            bill.action_post()
        return bill

    @classmethod
    def _rate(cls, subscription=None, **vals):
        """Insert one rated event: by default a charged call to France of 50 cents."""
        subscription = subscription or cls.subscription
        row = {
            "company_id": cls.company.id,
            "event_id": next(cls.event_ids),
            "started_at": datetime(2026, 10, 14, 16, 30, 5),
            "subscription_id": subscription.id,
            "billing_account_id": subscription.telecom_billing_account_id.id,
            "bill_run_id": cls.bill_run.id,
            "usage_type_id": cls.voice.id,
            "direction": "outgoing",
            "other_number": "33199005555",
            "destination_id": cls.france.id,
            "product_id": cls.offering.id,
            "tariff_id": 0,
            "rate_id": 0,
            "category_id": cls.category.id,
            "quantity": 125,
            "chargeable_quantity": 125,
            "allowance_quantity": 0,
            "charged_quantity": 125,
            "setup_fee": 0,
            "unit_price": 0,
            "price_unit": 60,
            "amount_exact": 0,
            "amount": "0.5",
            "is_late": False,
            "version": 1,
            **vals,
        }
        columns = SQL(", ").join(map(SQL.identifier, row))
        values = SQL(", ").join(SQL("%s", value) for value in row.values())
        cls.env.cr.execute(
            SQL("INSERT INTO telecom_rated_usage (%s) VALUES (%s)", columns, values)
        )

    @classmethod
    def _rate_included(cls, used_before=0, **vals):
        """Insert a call of two minutes that the allowance pays."""
        cls._rate(
            **{
                "allowance_id": cls.allowance.id,
                "allowance_used_before": used_before,
                "allowance_limit": 9000,
                "quantity": 120,
                "chargeable_quantity": 120,
                "allowance_quantity": 120,
                "charged_quantity": 0,
                "amount": 0,
                **vals,
            }
        )

    def _document(self, bill):
        return bill._telecom_bill_documents()[bill]

    def _text(self, content):
        """Return the text of a PDF, white space as single blanks."""
        pages = PdfReader(io.BytesIO(content)).pages
        return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))

    def _stored(self, bills):
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", "account.move"),
                ("res_id", "in", bills.ids),
                ("res_field", "=", "invoice_pdf_report_file"),
            ]
        )
