# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from io import BytesIO

from odoo import models

from ... import sql_steps
from ...bank_files.references import words

PART_STEPS = ("bank_file/20_create_parts", "bank_file/21_analyze_parts")
PAYER_STEPS = (
    "bank_file/26_create_payers",
    "bank_file/27_insert_payers",
    "bank_file/28_analyze_payers",
)
MATCHING_STEPS = (
    "bank_file/30_match_reversals",
    "bank_file/31_match_debit_orders",
    "bank_file/32_match_expected",
    "bank_file/33_match_bills",
    "bank_file/34_match_accounts",
    "bank_file/35_match_ibans",
    "bank_file/36_match_charges",
    "bank_file/37_mark_exceptions",
    "bank_file/38_sum_by_hand",
)


class TelecomBankTransaction(models.Model):
    """Find what money is for, as sets: never one transaction at a time."""

    _inherit = "telecom.bank.transaction"

    def _match(self):
        """Allocate waiting transactions or mark them as exceptions; books nothing.

        The order of the rules is that of ``MATCHING_STEPS``: a reference of ours counts
        before a bill, a bill before an account, and an IBAN comes last.
        """
        if not self:
            return
        self.env.flush_all()
        for company in self.company_id:
            chosen = self.filtered(lambda part, c=company: part.company_id == c)
            chosen._match_in(company)
        self.env.invalidate_all(flush=False)

    def _match_in(self, company):
        params = {
            "company_id": company.id,
            "transaction_ids": self.ids,
            "account_ids": self.journal_id._telecom_expected_accounts().ids,
        }
        for step in PART_STEPS:
            sql_steps.run(self.env, step, **params)
        self._copy_words()
        for step in PAYER_STEPS:
            sql_steps.run(self.env, step, **params)
        for step in MATCHING_STEPS:
            sql_steps.run(self.env, step, **params)
            sql_steps.run(self.env, "bank_file/39_leave_out_taken")
        sql_steps.run(self.env, "bank_file/29_drop_words")

    def _copy_words(self):
        """Give the database the words by which each transaction may be known."""
        sql_steps.run(self.env, "bank_file/22_create_words")
        rows = sql_steps.stream(self.env, "bank_file/23_list_texts")
        text = "".join(
            f"{transaction_id}\t{kind}\t{word}\n"
            for transaction_id, *texts in rows
            for kind, word in sorted(words(*texts))
        )
        self.env.cr.copy_expert(
            sql_steps.statement("bank_file/24_copy_words"), BytesIO(text.encode())
        )
        sql_steps.run(self.env, "bank_file/25_analyze_words")
