# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Helpers to write tests about mandates and debit runs."""

from .payments_common import CREDITOR_ID, IBANS, PaymentsCommon

SIGNED_DATE = "2026-01-15"
#: The day most tests about debits are frozen at; bills fall due on DUE_DATE.
NOW = "2026-10-05 08:00:00"


class DebitCommon(PaymentsCommon):
    """A company that may draw money, with 3 days of notice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "name": "Som Connexió SCCL",
                "sepa_creditor_identifier": CREDITOR_ID,
                "telecom_debit_journal_id": cls.bank_journal.id,
                "telecom_debit_notice_days": 3,
                "telecom_debit_due_rule": "bill",
                "telecom_debit_booking": "sent",
                "telecom_debit_version": "pain.008.001.08",
            }
        )
        cls.company._telecom_debit_method_line().payment_account_id = (
            cls.account_outstanding
        )
        cls.Run = cls.env["telecom.debit.run"].with_context(queue_job__no_delay=True)
        cls.Mandate = cls.env["account.banking.mandate"]

    @classmethod
    def _create_debtor(cls, name, iban=IBANS[0], **vals):
        """Return a billing account with a mandate in force."""
        account = cls._create_payer(name, iban, **vals)
        cls._create_mandate(account)
        return account

    @classmethod
    def _create_mandate(cls, account, state="valid", **vals):
        """Return a mandate of a billing account, signed and validated."""
        mandate = cls.Mandate.create(
            {
                "partner_id": account.partner_id.id,
                "partner_bank_id": account.partner_bank_id.id,
                "telecom_billing_account_id": account.id,
                "signature_date": SIGNED_DATE,
                "company_id": account.company_id.id,
                **vals,
            }
        )
        if state != "draft":
            mandate.validate()
        return mandate

    @classmethod
    def _create_run(cls, **vals):
        """Return a proposal of what falls due until the end of October."""
        run = cls.Run.create({"cutoff_date": "2026-10-31", **vals})
        run.action_propose()
        return run

    @classmethod
    def _bring_to(cls, run, state):
        """Bring a proposal to a state by its buttons."""
        for name, after in (
            ("action_confirm", "confirmed"),
            ("action_write_file", "filed"),
            ("action_sent", "sent"),
        ):
            getattr(run, name)()
            if after == state:
                return run
        run._job_close()
        return run

    def _reasons(self, run):
        """Return {bill: reason} of what was left out of a run."""
        return {row.move_id: row.reason for row in run.left_out_ids}

    def _file(self, run):
        """Return the bytes of the file of a run with one order."""
        return run.order_ids.payment_file_id.raw
