# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: seven payers whose bills are overdue for as many days."""

from datetime import timedelta

PAYERS = 7


def create_journal(env):
    """Return a journal of sales whose bills go to accounts of their own."""
    receivable, income = env["account.account"].create(
        [
            {
                "name": "Owed by payers",
                "code": "430KILL",
                "account_type": "asset_receivable",
                "reconcile": True,
            },
            {"name": "Services", "code": "705KILL", "account_type": "income"},
        ]
    )
    journal = env["account.journal"].create(
        {
            "name": "Overdue",
            "code": "KILL",
            "type": "sale",
            "default_account_id": income.id,
        }
    )
    return journal, receivable


def create_overdue_bill(env, number, journal, receivable):
    """Post the bill of a new payer, overdue for ten days."""
    due_date = env.company._telecom_today() - timedelta(days=10)
    partner = env["res.partner"].create(
        {
            "name": f"Late payer {number}",
            "email": f"late{number}@example.org",
            "property_account_receivable_id": receivable.id,
        }
    )
    account = env["telecom.billing.account"].create({"partner_id": partner.id})
    bill = env["account.move"].create(
        {
            "move_type": "out_invoice",
            "journal_id": journal.id,
            "partner_id": partner.id,
            "telecom_billing_account_id": account.id,
            "invoice_date": due_date,
            "invoice_date_due": due_date,
            "invoice_line_ids": [
                (0, 0, {"name": "Services", "price_unit": 30, "tax_ids": [(5,)]})
            ],
        }
    )
    bill.action_post()


def build(env):
    """Create the payers, and have nothing else be dunned."""
    env["telecom.dunning.policy"].search([]).active = False
    env.ref("somconnexio_payments.dunning_policy_spain").active = True
    journal, receivable = create_journal(env)
    for number in range(PAYERS):
        create_overdue_bill(env, number, journal, receivable)
    env.company.telecom_dunning_is_automatic = True
    env.cr.commit()


build(env)  # noqa: F821 - `odoo shell` gives it
