# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How the cooperative collects: its bank, and the mandates that members signed.

Without the addon for payments there is nothing to load.
"""

from .batch import create_all

#: Fictional: the account and the identifier of the demo's cooperative.
BANK = {"bank_acc_number": "ES6621000418401234567891"}
CREDITOR_ID = "ES46ZZZF67890121"
SIGNED_DATE = "2025-01-15"
LAST_DEBIT_DATE = "2026-10-05"


def set_up_bank(env):
    """Give the company the bank account and the identifier to draw money with."""
    if not _has_payments(env):
        return
    company = env.company
    Journal = env["account.journal"]
    journal = Journal.search(
        [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
    ) or Journal.create({"name": "Bank", "code": "BNK1", "type": "bank"})
    if not journal.bank_account_id:
        journal.write(BANK)
    company.write(
        {
            "telecom_debit_journal_id": journal.id,
            "sepa_creditor_identifier": CREDITOR_ID,
        }
    )


def load_mandates(env, rows, accounts):
    """Take over a mandate for each billing account that pays by direct debit.

    :param list rows: billing accounts of the world
    :param dict accounts: billing account code to id
    """
    if not _has_payments(env):
        return
    Account = env["telecom.billing.account"].browse(accounts.values())
    banks = {account.id: account.partner_bank_id for account in Account}
    debited = [row for row in rows if row["collection_method"] == "direct_debit"]

    def prepare(row):
        bank = banks[accounts[row["code"]]]
        return {
            "unique_mandate_reference": f"M-{row['code']}",
            "partner_id": bank.partner_id.id,
            "partner_bank_id": bank.id,
            "telecom_billing_account_id": accounts[row["code"]],
            "format": "sepa_core",
            "type": "recurrent",
            "origin": "migrated",
            "state": "valid",
            "signature_date": SIGNED_DATE,
            "last_debit_date": LAST_DEBIT_DATE,
        }

    passed = env["account.banking.mandate"]._passed().env
    create_all(passed, "account.banking.mandate", debited, prepare)


def _has_payments(env):
    return "telecom.debit.run" in env
