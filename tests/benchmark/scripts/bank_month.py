# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: book a statement of many payments as people make them.

People, bills and expected money are inserted by SQL in a database of their own choice
(they stay there: use a scratch database). Payments are those of
`setup/bank_simulator/payers.py`, which knows what each is for: so the share that was
allocated without a person is counted, and what was allocated wrongly. Times and the
most memory of the process go to RESULT_PATH too.

BANK_COUNT says how many bills are paid, 10,000 unless told; a third as many payments of
bank apps and debits come on top. BANK_KIND=bill: every payment names its bill (the
dearest case), and nothing else comes. `setup` must be on PYTHONPATH.
"""

import json
import os
import resource
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

from bank_simulator import camt_writer
from bank_simulator.model import Day
from bank_simulator.payers import Expected, Judgement, Month, Owed
from schwifty import IBAN
from stdnum.es import dni

from odoo.tools import SQL

COUNT = int(os.environ.get("BANK_COUNT", 10_000))
KIND = os.environ.get("BANK_KIND")
SEED = int(os.environ.get("BANK_SEED", 20261020))
OUR_IBAN = "ES9121000418450200051332"
#: Every so manieth owes a second bill.
TWO_BILLS_EACH = 60

env = env(context={**env.context, "tracking_disable": True})  # noqa: F821
company = env.company
euro = env.ref("base.EUR")
today = company._telecom_today()
results = {"bill_count": COUNT, "kind": KIND or "mixed", "seed": SEED}


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


def insert(statement, **params):
    """Run one statement of the world's making."""
    env.cr.execute(SQL(statement, **params))


def make_ledger():
    """Return the journals and accounts that bills and a statement need."""
    kinds = {
        "430B": ("asset_receivable", True),
        "705B": ("income", False),
        "572B": ("asset_cash", False),
        "572S": ("asset_current", True),
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
            "suspense_account_id": accounts["572S"].id,
            "bank_acc_number": OUR_IBAN,
        }
    )
    methods = bank.inbound_payment_method_line_ids
    methods.payment_account_id = accounts["431B"]
    sale = env["account.journal"].create(
        {
            "name": "Bills of the benchmark",
            "code": "BBIL",
            "type": "sale",
            "default_account_id": accounts["705B"].id,
        }
    )
    company.currency_id = euro
    return accounts, bank, sale


def iban(number):
    """Return an IBAN of nobody else."""
    account = f"{number:010d}"
    return str(
        IBAN.generate("ES", bank_code="2100", branch_code="0418", account_code=account)
    )


def tax_id(number):
    """Return a tax ID whose letter is right."""
    digits = f"{40_000_000 + number * 37:08d}"
    return f"ES{digits}{dni.calc_check_digit(digits)}"


def make_people():
    """Insert people with a tax ID, an IBAN, a billing account and a membership."""
    numbers = range(COUNT)
    insert(
        """
        INSERT INTO res_partner (name, complete_name, active, type, lang, vat,
            country_id, email, autopost_bills, ref)
        SELECT 'Payer Number ' || n || ' Puig', 'Payer Number ' || n || ' Puig', true,
            'contact', 'en_US', vat, %(spain)s, 'bench' || n || '@example.org', 'ask',
            'BENCH' || n
        FROM unnest(%(vats)s) WITH ORDINALITY AS person (vat, n)
        """,
        spain=env.ref("base.es").id,
        vats=[tax_id(number) for number in numbers],
    )
    insert(
        "UPDATE res_partner SET commercial_partner_id = id"
        " WHERE ref LIKE 'BENCH%%' AND commercial_partner_id IS NULL"
    )
    insert(
        """
        INSERT INTO res_partner_bank (partner_id, acc_number, sanitized_acc_number,
            active, allow_out_payment, sequence)
        SELECT payer.id, iban.number, iban.number, true, false, 10
        FROM unnest(%(ibans)s) WITH ORDINALITY AS iban (number, n)
        JOIN res_partner AS payer ON payer.ref = 'BENCH' || iban.n
        """,
        ibans=[iban(number) for number in numbers],
    )
    insert(
        """
        INSERT INTO telecom_billing_account (code, active, partner_id,
            commercial_partner_id, company_id, partner_bank_id, collection_method,
            bill_delivery, lang)
        SELECT 'BA' || lpad((500000 + bank.partner_id)::text, 7, '0'), true,
            bank.partner_id, bank.partner_id, %(company)s, bank.id, 'transfer',
            'portal', 'en_US'
        FROM res_partner_bank AS bank
        JOIN res_partner AS payer ON payer.id = bank.partner_id
        WHERE payer.ref LIKE 'BENCH%%'
        """,
        company=company.id,
    )
    insert(
        """
        INSERT INTO cooperative_membership (partner_id, company_id, kind, state, number,
            joined_date)
        SELECT id, %(company)s, 'member', 'active', (70000 + id)::text, '2026-01-01'
        FROM res_partner WHERE ref LIKE 'BENCH%%'
        """,
        company=company.id,
    )


def make_bills(accounts, sale):
    """Insert a bill for each, and a second one for some; few amounts for many."""
    common = {
        "company": company.id,
        "euro": euro.id,
        "day": date(2026, 10, 3),
        "due": date(2026, 10, 10),
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
        SELECT 'INV/2026/' || lpad(row_number() OVER owing::text, 5, '0'),
            'INV/2026/', row_number() OVER owing, %(journal)s, %(company)s,
            %(euro)s, 'out_invoice', 'posted', %(day)s, %(day)s, %(due)s,
            account.partner_id, account.partner_id, 'not_paid',
            20 + account.id %% 30, 20 + account.id %% 30, 20 + account.id %% 30,
            20 + account.id %% 30, 20 + account.id %% 30, account.id, 'no', 1
        FROM telecom_billing_account AS account
        CROSS JOIN generate_series(1, 2) AS turn
        WHERE account.code LIKE 'BA05%%'
            AND (turn = 1 OR account.id %% %(two_each)s = 0)
        WINDOW owing AS (ORDER BY turn, account.id)
        """,
        two_each=TWO_BILLS_EACH,
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


def make_expected(accounts, bank):
    """Return money on its way: payments of bank apps, and debits, one line each."""
    expected = [
        Expected(f"{kind}{number:09d}", Decimal(f"{number % 40 + 5}.35"))
        for number in range(COUNT // 3)
        for kind in [("APP", "DEB")[number % 2]]
    ]
    total = sum(one.amount for one in expected)
    move = env["account.move"].create(
        {
            "journal_id": bank.id,
            "date": "2026-10-15",
            "line_ids": [
                (0, 0, {"account_id": accounts[code].id, "balance": balance})
                for code, balance in (("431B", float(total)), ("705B", -float(total)))
            ],
        }
    )
    move.action_post()
    env.flush_all()
    item = move.line_ids.filtered(lambda line: line.balance > 0)
    insert(
        """
        INSERT INTO account_move_line (move_id, move_name, parent_state, journal_id,
            company_id, company_currency_id, currency_id, account_id, date, name,
            display_type, debit, credit, balance, amount_currency, amount_residual,
            amount_residual_currency, reconciled, sequence)
        SELECT move_id, move_name, 'posted', journal_id, company_id, currency_id,
            currency_id, account_id, date, told.name, 'product', told.amount, 0,
            told.amount, told.amount, told.amount, told.amount, false, 10
        FROM account_move_line
        CROSS JOIN unnest(%(names)s, %(amounts)s::numeric[]) AS told (name, amount)
        WHERE id = %(item)s
        """,
        names=[one.reference for one in expected],
        amounts=[str(one.amount) for one in expected],
        item=item.id,
    )
    insert("DELETE FROM account_move_line WHERE id = %(item)s", item=item.id)
    return expected


def owed_bills(sale):
    """Return the bills as their payers know them."""
    env.cr.execute(
        SQL(
            """
            SELECT bill.name, bill.amount_total, account.code, membership.number,
                payer.vat, payer.name, bank.acc_number, payer.id
            FROM account_move AS bill
            JOIN telecom_billing_account AS account
                ON account.id = bill.telecom_billing_account_id
            JOIN res_partner AS payer ON payer.id = account.partner_id
            JOIN res_partner_bank AS bank ON bank.id = account.partner_bank_id
            JOIN cooperative_membership AS membership
                ON membership.partner_id = payer.id
            WHERE bill.journal_id = %s ORDER BY bill.id
            """,
            sale.id,
        )
    )
    return [
        Owed(
            name,
            Decimal(amount).quantize(Decimal("0.01")),
            code,
            member,
            vat.removeprefix("ES"),
            payer.upper(),
            number,
            iban(20_000_000 + payer_id),
        )
        for name, amount, code, member, vat, payer, number, payer_id in (
            env.cr.fetchall()
        )
    ]


def make_world():
    """Return what is owed and what is expected."""
    accounts, bank, sale = make_ledger()
    make_people()
    make_bills(accounts, sale)
    expected = [] if KIND else make_expected(accounts, bank)
    insert("ANALYZE")
    env.invalidate_all()
    return owed_bills(sale), expected


def judge(file, month):
    """Return the judgement of all transactions of a file."""
    env.cr.execute(
        SQL(
            """
            SELECT part.state, part.reason, account.code,
                array_remove(array_agg(item.name), NULL)
            FROM telecom_bank_transaction AS part
            LEFT JOIN telecom_billing_account AS account
                ON account.id = part.billing_account_id
            LEFT JOIN telecom_bank_transaction_line_rel AS link
                ON link.transaction_id = part.id
            LEFT JOIN account_move_line AS item ON item.id = link.line_id
            WHERE part.booking_file_id = %s
            GROUP BY part.id, account.code ORDER BY part.id
            """,
            file.id,
        )
    )
    judgement = Judgement()
    for paid, (state, reason, account, names) in zip(
        month, env.cr.fetchall(), strict=True
    ):
        judgement.add(paid, state == "matched", account, set(names), reason)
    return judgement


owed, expected = timed("make the world (not part of it)", make_world)
day = date(2026, 10, 20)
month = Month(SEED, day).payments(owed, expected, {KIND: 1} if KIND else None)
statement = Day(OUR_IBAN, 1, day, Decimal(0), [paid.movement for paid in month])
content = camt_writer.write("BENCHMARK", [statement])
results["payment_count"] = len(month)
results["file_mb"] = round(len(content) / 1e6, 1)
file = timed("check the file", lambda: env["telecom.bank.file"].receive(content, "b"))
assert file.state == "checked", file.error_message
env.invalidate_all()
timed("book it", file.book)
found = judge(file, month)
results["allocated"] = found.found
results["allocated_share"] = float(round(found.share, 5))
results["clear_share"] = float(round(found.clear_share, 5))
results["wrong"] = len(found.wrong)
results["waiting"] = {f"{kind}: {why}": n for (kind, why), n in found.waiting.items()}
results["notices"] = env["telecom.notice"].search_count([])
results["date"] = str(date.today())
print(json.dumps(results, indent=2))  # noqa: T201
for paid, account, bills in found.wrong[:5]:
    print("WRONG", paid, account, bills)  # noqa: T201
Path(os.environ.get("RESULT_PATH", "bank_month.json")).write_text(
    json.dumps(results, indent=2)
)
