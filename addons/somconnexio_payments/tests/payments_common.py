# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Helpers to write tests about money: a Spanish cooperative with a bank and bills.

Nothing rests on demonstration data or on a chart of accounts: the few accounts that a
bill and its payment need are made here.
"""

from itertools import count

from odoo import Command

from odoo.addons.somconnexio_base.tests.common import SomconnexioCommon

#: A creditor identifier of Spain whose check digits hold, and IBANs that do.
CREDITOR_ID = "ES50ZZZM23456789"
COMPANY_IBAN = "ES9121000418450200051332"
IBANS = (
    "ES7921000813610123456789",
    "ES1720852066623456789011",
    "ES6000491500051234567892",
    "ES9420805801101234567891",
    "ES4501826912940201234567",
)
BILL_DATE = "2026-10-03"
DUE_DATE = "2026-10-10"


class PaymentsCommon(SomconnexioCommon):
    """``cls.bank_journal`` has an IBAN; ``cls.bill()`` posts a bill of an account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._bills = count(1)
        euro = cls.env.ref("base.EUR")
        euro.active = True
        cls.company.write(
            {"country_id": cls.env.ref("base.es").id, "currency_id": euro.id}
        )
        cls._set_up_accounts()
        cls._set_up_journals()
        cls._set_up_address(cls.company.partner_id)

    @classmethod
    def _set_up_accounts(cls):
        cls.account_receivable = cls._create_account(
            "430T01", "asset_receivable", reconcile=True
        )
        cls.account_income = cls._create_account("705T01", "income")
        cls.account_bank = cls._create_account("572P01", "asset_cash")
        cls.account_outstanding = cls._create_account(
            "431T01", "asset_current", reconcile=True
        )
        cls.env["ir.default"].set(
            "res.partner",
            "property_account_receivable_id",
            cls.account_receivable.id,
            company_id=cls.company.id,
        )

    @classmethod
    def _create_account(cls, code, account_type, **vals):
        """Return an account of the general ledger."""
        return cls.env["account.account"].create(
            {"name": code, "code": code, "account_type": account_type, **vals}
        )

    @classmethod
    def _set_up_journals(cls):
        Journal = cls.env["account.journal"]
        cls.sale_journal = Journal.create(
            {
                "name": "Bills",
                "code": "TBILL",
                "type": "sale",
                "default_account_id": cls.account_income.id,
            }
        )
        cls.bank_journal = Journal.create(
            {
                "name": "Cooperative bank",
                "code": "TBNK",
                "type": "bank",
                "default_account_id": cls.account_bank.id,
                "bank_acc_number": COMPANY_IBAN,
            }
        )
        methods = cls.bank_journal.inbound_payment_method_line_ids
        methods.payment_account_id = cls.account_outstanding

    @classmethod
    def _set_up_address(cls, partner):
        partner.write(
            {
                "street": "Carrer Major 1",
                "zip": "08001",
                "city": "Barcelona",
                "country_id": cls.env.ref("base.es").id,
            }
        )

    @classmethod
    def _create_payer(cls, name, iban=None, **vals):
        """Return a billing account of a new person, with an IBAN when one is given."""
        partner = cls._create_partner(name, **vals)
        cls._set_up_address(partner)
        bank = iban and cls._create_bank_account(partner, iban)
        return cls._create_billing_account(
            partner, partner_bank_id=bank.id if bank else False
        )

    @classmethod
    def _create_bill(cls, account, amount, bill_date=BILL_DATE, due_date=DUE_DATE):
        """Return a posted bill of a billing account, without tax."""
        bill = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "journal_id": cls.sale_journal.id,
                "partner_id": account.partner_id.id,
                "telecom_billing_account_id": account.id,
                "invoice_date": bill_date,
                "invoice_date_due": due_date,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": f"Services {next(cls._bills)}",
                            "quantity": 1,
                            "price_unit": amount,
                            "tax_ids": [Command.clear()],
                            "account_id": cls.account_income.id,
                        }
                    )
                ],
            }
        )
        bill.action_post()
        return bill
