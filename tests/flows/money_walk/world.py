# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A small cooperative whose money walks: payers, services, a bank, a bank's app."""

from stdnum.es import ccc

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.somconnexio_payments.tests.bank_common import BankCommon
from odoo.addons.somconnexio_payments.tests.online_common import OnlineMixin

ROLES = ("agent", "billing_manager", "technician", "accountant", "admin")
#: Steps of the ladder with short periods, so that a walk of weeks sees all of it.
LADDER = (
    ("First reminder", "reminder", 1, 0, "none"),
    ("Notice", "suspension_notice", 3, 0, "none"),
    ("Bar data", "reminder_again", 5, 0, "restrict_data"),
    ("Suspend", "suspended", 8, 2, "suspend"),
)
FEE = 3


class MoneyWorld(OnlineMixin, BankCommon):
    """``cls.accounts`` of ``cls.payers``: most pay by debit, one has two."""

    size = 8

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env, f"walk_{role}", f"somconnexio_base.group_telecom_{role}"
            )
            for role in ROLES
        }
        cls.users["second"] = new_test_user(
            cls.env, "walk_second", "somconnexio_base.group_telecom_accountant"
        )
        cls._set_up_company()
        cls._set_up_ladder()
        cls._set_up_provider()
        cls._set_up_bank_app()
        cls._create_accounts()

    @classmethod
    def _set_up_company(cls):
        cls.company.action_prepare_telecom_refunds()
        method = cls.company.telecom_refund_method_line_id
        method.payment_account_id = cls.account_outstanding
        method.payment_method_id.pain_version = "pain.001.001.09"
        cls.company.write(
            {
                "telecom_dunning_is_automatic": True,
                "telecom_plan_agent_amount": 500,
                "telecom_plan_agent_count": 6,
                "telecom_plan_max_count": 12,
                "telecom_plan_grace_days": 2,
            }
        )
        fee = cls.env["product.product"].create(
            {
                "name": "Returned debit",
                "type": "service",
                "list_price": FEE,
                "taxes_id": [Command.clear()],
                "property_account_income_id": cls.account_income.id,
            }
        )
        cls.env["telecom.return.rule"]._of("MS02").fee_product_id = fee

    @classmethod
    def _set_up_ladder(cls):
        """Have one policy with short periods; the others are archived."""
        Policy = cls.env["telecom.dunning.policy"]
        Policy.search([]).active = False
        cls.policy = Policy.create(
            {
                "name": "Quick",
                "company_id": cls.company.id,
                "minimum_amount": 1,
                "spares_rest_days": False,
                "step_ids": [
                    Command.create(cls._step_vals(place, *step))
                    for place, step in enumerate(LADDER)
                ],
            }
        )

    @classmethod
    def _step_vals(cls, place, name, notice, days, proof_days, action):
        kind = cls.env.ref(f"somconnexio_payments.notice_kind_dunning_{notice}")
        return {
            "sequence": place,
            "name": name,
            "notice_kind_id": kind.id,
            "min_days": days,
            "action": action,
            "needs_notice_proof": bool(proof_days),
            "notice_proof_days": proof_days,
        }

    @classmethod
    def _set_up_bank_app(cls):
        cls.gateway = cls.env["telecom.payment.gateway"].create(
            {
                "name": "Bank app",
                "slug": "walk-app",
                "journal_id": cls.bank_journal.id,
                "is_sandbox": False,
                "protocol": "osmp",
                "auth_kind": "basic",
                "cancel_hours": 24,
            }
        )
        cls.gateway.identifier_ids.unlink()
        cls.gateway.identifier_ids = [
            Command.create({"kind": kind, "sequence": place})
            for place, kind in enumerate(("account", "vat"))
        ]

    @classmethod
    def _create_accounts(cls):
        """Create the payers with their accounts, mandates and services."""
        cls.payers = cls.env["res.partner"]
        cls.accounts = cls.env["telecom.billing.account"]
        cls.services = {}
        for number in range(cls.size):
            partner = cls._create_partner(f"Payer {number}")
            cls._set_up_address(partner)
            cls.payers |= partner
            cls._add_account(partner, number, by_debit=number % 4 != 3)
        cls._add_account(cls.payers[0], cls.size, by_debit=False)
        cls.env["res.partner.bank"].flush_model()
        cls.env.cr.execute("UPDATE res_partner_bank SET create_date = '2020-01-01'")
        cls.env.invalidate_all()

    @classmethod
    def _add_account(cls, partner, number, by_debit):
        bank = cls._create_bank_account(partner, iban_of(number))
        method = "direct_debit" if by_debit else "transfer"
        account = cls._create_billing_account(
            partner, partner_bank_id=bank.id, collection_method=method
        )
        if by_debit:
            cls._create_mandate(account)
        cls.accounts |= account
        cls.services[account] = cls._create_subscription(
            account=account, state="active"
        )

    @classmethod
    def _create_service_bill(cls, account, amount, due_date):
        """Return a posted bill of an account's service, of today."""
        bill = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "journal_id": cls.sale_journal.id,
                "partner_id": account.partner_id.id,
                "telecom_billing_account_id": account.id,
                "invoice_date": cls.company._telecom_today(),
                "invoice_date_due": due_date,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Services",
                            "quantity": 1,
                            "price_unit": float(amount),
                            "tax_ids": [Command.clear()],
                            "account_id": cls.account_income.id,
                            "telecom_subscription_id": cls.services[account].id,
                        }
                    )
                ],
            }
        )
        bill.action_post()
        return bill


def iban_of(number):
    """Return a Spanish IBAN whose digits are right.

    :param int number: of the account
    """
    raw = f"2085806600{number:010d}"
    own = f"{raw[:8]}{ccc.calc_check_digits(raw)}{raw[10:]}"
    # ES and two digits that are looked for, as numbers: ISO 13616.
    return f"ES{98 - int(own + '142800') % 97:02d}{own}"
