# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: debit many bills, from the proposal to the last entry.

Payers, mandates and bills are inserted by SQL in a database of their own choice (they
stay there: use a scratch database); each step is timed as the buttons do it, in the
order of a month. What it took, and the most memory of the process, goes to RESULT_PATH.
DEBIT_COUNT says how many; 25,000 unless told.
"""

import json
import os
import resource
import time
from datetime import date, timedelta
from pathlib import Path

from schwifty import IBAN

from odoo.tools import SQL

COUNT = int(os.environ.get("DEBIT_COUNT", 25_000))

env = env(context={**env.context, "tracking_disable": True})  # noqa: F821
company = env.company
euro = env.ref("base.EUR")
today = company._telecom_today()
results = {"debit_count": COUNT}


def timed(name, action):
    """Call an action, commit, and keep how long it took."""
    started = time.monotonic()
    answer = action()
    env.flush_all()
    env.cr.commit()
    seconds = time.monotonic() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    results[name] = {"seconds": round(seconds, 2), "peak_mb": memory}
    print(f"{name}: {seconds:.2f} s, at most {memory} MB so far")  # noqa: T201
    return answer


def make_ledger():
    """Return the accounts and journals that bills and debits need."""
    kinds = {
        "430B": ("asset_receivable", True),
        "705B": ("income", False),
        "572B": ("asset_cash", False),
        "431B": ("asset_current", True),
    }
    accounts = {
        code: env["account.account"].create(
            {"name": code, "code": code, "account_type": kind, "reconcile": matched}
        )
        for code, (kind, matched) in kinds.items()
    }
    bank = env["account.journal"].create(
        {
            "name": "Bank of the benchmark",
            "code": "BBNK",
            "type": "bank",
            "default_account_id": accounts["572B"].id,
            "bank_acc_number": "ES9121000418450200051332",
        }
    )
    sale = env["account.journal"].create(
        {
            "name": "Bills of the benchmark",
            "code": "BBIL",
            "type": "sale",
            "default_account_id": accounts["705B"].id,
        }
    )
    company.write(
        {
            "currency_id": euro.id,
            "sepa_creditor_identifier": "ES50ZZZM23456789",
            "telecom_debit_journal_id": bank.id,
            "telecom_debit_notice_days": 3,
            "telecom_debit_booking": "sent",
        }
    )
    company._telecom_debit_method_line().payment_account_id = accounts["431B"]
    return accounts, sale


def insert(statement, **params):
    """Run one statement of the world's making."""
    env.cr.execute(SQL(statement, **params))


def make_world(accounts, sale):
    """Insert payers with an address, an IBAN, a mandate and one open bill each."""
    ibans = [
        IBAN.generate(
            "ES", bank_code="2100", branch_code="0418", account_code=f"{n:010d}"
        )
        for n in range(COUNT)
    ]
    insert(
        """
        INSERT INTO res_partner (name, complete_name, active, type, lang, street, zip,
            city, country_id, email, autopost_bills)
        SELECT 'Bench Payer ' || n, 'Bench Payer ' || n, true, 'contact', 'en_US',
            'Carrer Major ' || n, '08001', 'Barcelona', %(spain)s,
            'bench' || n || '@example.org', 'ask'
        FROM generate_series(1, %(count)s) AS n
        """,
        spain=env.ref("base.es").id,
        count=COUNT,
    )
    insert(
        "UPDATE res_partner SET commercial_partner_id = id"
        " WHERE name LIKE 'Bench Payer %%' AND commercial_partner_id IS NULL"
    )
    insert(
        """
        INSERT INTO res_partner_bank (partner_id, acc_number, sanitized_acc_number,
            active, allow_out_payment, sequence)
        SELECT payer.id, iban.number, iban.number, true, false, 10
        FROM (
            SELECT id, row_number() OVER (ORDER BY id) AS n FROM res_partner
            WHERE name LIKE 'Bench Payer %%'
        ) AS payer
        JOIN unnest(%(ibans)s) WITH ORDINALITY AS iban (number, n) ON iban.n = payer.n
        """,
        ibans=[str(iban) for iban in ibans],
    )
    insert(
        """
        INSERT INTO telecom_billing_account (code, active, partner_id,
            commercial_partner_id, company_id, partner_bank_id, collection_method,
            bill_delivery, lang)
        SELECT 'BENCH' || bank.id, true, bank.partner_id, bank.partner_id,
            %(company)s, bank.id, 'direct_debit', 'portal', 'en_US'
        FROM res_partner_bank AS bank
        JOIN res_partner AS payer ON payer.id = bank.partner_id
        WHERE payer.name LIKE 'Bench Payer %%'
        """,
        company=company.id,
    )
    insert(
        """
        INSERT INTO account_banking_mandate (unique_mandate_reference, format, type,
            state, partner_id, partner_bank_id, company_id, signature_date, lapse_date,
            telecom_billing_account_id, creditor_identifier, creditor_name, origin)
        SELECT 'B' || account.id, 'sepa_core', 'recurrent', 'valid',
            account.partner_id, account.partner_bank_id, %(company)s,
            %(signed)s::date, (%(signed)s::date + interval '36 months')::date,
            account.id, 'ES50ZZZM23456789', 'Bench', 'paper'
        FROM telecom_billing_account AS account WHERE code LIKE 'BENCH%%'
        """,
        company=company.id,
        signed=today - timedelta(days=200),
    )
    common = {
        "company": company.id,
        "euro": euro.id,
        "day": today,
        "due": today + timedelta(days=5),
        "journal": sale.id,
    }
    insert(
        """
        INSERT INTO account_move (name, sequence_prefix, sequence_number, journal_id,
            company_id, currency_id, move_type, state, date, invoice_date,
            invoice_date_due, partner_id, commercial_partner_id, payment_state,
            amount_total, amount_untaxed, amount_residual, amount_total_signed,
            amount_residual_signed, telecom_billing_account_id, auto_post,
            invoice_currency_rate)
        SELECT 'BENCH/' || lpad(row_number() OVER (ORDER BY account.id)::text, 6, '0'),
            'BENCH/', row_number() OVER (ORDER BY account.id), %(journal)s, %(company)s,
            %(euro)s, 'out_invoice', 'posted', %(day)s, %(day)s, %(due)s,
            account.partner_id, account.partner_id, 'not_paid',
            20 + account.id %% 30, 20 + account.id %% 30, 20 + account.id %% 30,
            20 + account.id %% 30, 20 + account.id %% 30, account.id, 'no', 1
        FROM telecom_billing_account AS account WHERE code LIKE 'BENCH%%'
        """,
        **common,
    )
    for account, sign, kind in (("430B", 1, "payment_term"), ("705B", -1, "product")):
        insert(
            """
            INSERT INTO account_move_line (move_id, move_name, parent_state, journal_id,
                company_id, company_currency_id, currency_id, account_id, partner_id,
                date, invoice_date, date_maturity, name, display_type, debit, credit,
                balance, amount_currency, amount_residual, amount_residual_currency,
                reconciled, sequence)
            SELECT id, name, 'posted', journal_id, company_id, %(euro)s, %(euro)s,
                %(account)s, partner_id, date, invoice_date, invoice_date_due, name,
                %(kind)s, CASE WHEN %(sign)s > 0 THEN amount_total ELSE 0 END,
                CASE WHEN %(sign)s > 0 THEN 0 ELSE amount_total END,
                %(sign)s * amount_total, %(sign)s * amount_total,
                CASE WHEN %(sign)s > 0 THEN amount_total ELSE 0 END,
                CASE WHEN %(sign)s > 0 THEN amount_total ELSE 0 END, false, 10
            FROM account_move WHERE journal_id = %(journal)s
            """,
            account=accounts[account].id,
            sign=sign,
            kind=kind,
            **common,
        )
    give_credit(accounts, common)
    insert("ANALYZE")


def give_credit(accounts, common):
    """Let each fiftieth payer have 5 on account, of one entry for all."""
    entry = env["account.move"].create(
        {"journal_id": company.telecom_debit_journal_id.id, "date": common["day"]}
    )
    env.flush_all()
    for sign in (-1, 1):
        insert(
            """
            INSERT INTO account_move_line (move_id, move_name, parent_state, journal_id,
                company_id, company_currency_id, currency_id, account_id, partner_id,
                date, name, display_type, debit, credit, balance, amount_currency,
                amount_residual, amount_residual_currency, reconciled, sequence)
            SELECT %(entry)s, 'CREDIT', 'posted', %(bank)s, %(company)s, %(euro)s,
                %(euro)s, %(account)s,
                CASE WHEN %(sign)s < 0 THEN move.partner_id END, %(day)s, 'credit',
                'product',
                greatest(%(sign)s * 5, 0), greatest(%(sign)s * -5, 0), %(sign)s * 5,
                %(sign)s * 5, %(residual)s, %(residual)s, false, 10
            FROM account_move AS move
            WHERE move.journal_id = %(journal)s AND move.sequence_number %% 50 = 0
            """,
            entry=entry.id,
            bank=entry.journal_id.id,
            account=accounts["430B" if sign < 0 else "572B"].id,
            sign=sign,
            residual=-5 if sign < 0 else 0,
            **common,
        )
    insert("UPDATE account_move SET state = 'posted' WHERE id = %(id)s", id=entry.id)


timed("make the world (not part of a run)", lambda: make_world(*make_ledger()))
run = env["telecom.debit.run"].create({"cutoff_date": today + timedelta(days=10)})
env.invalidate_all()
timed("propose", run.action_propose)
timed("confirm and tell the payers", run.action_confirm)
timed("write and check the file", run.action_write_file)
order = run.order_ids.filtered("payment_file_id")
results["file_mb"] = round(len(order.payment_file_id.raw) / 1e6, 1)
env.invalidate_all()
timed("write it again, the same bytes", order.action_write_debit_file_again)
env.invalidate_all()
timed("the bank has it", run.action_sent)


def book():
    """Book all slices on one worker, each in a transaction as jobs do."""
    for slice_ in run.slice_ids:
        slice_._job_book()
        env.cr.commit()
        env.invalidate_all()
    run._job_close()


timed(f"book {len(run.slice_ids)} slices on one worker", book)
results["booked"] = run.booked_count
results["state"] = run.state
results["date"] = str(date.today())
Path(os.environ.get("RESULT_PATH", "debit_run.json")).write_text(
    json.dumps(results, indent=2)
)
