# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""From the rows of an order to the bytes of its file, and the checks of these bytes."""

from decimal import Decimal
from io import BytesIO

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import file_path

from ... import sql_steps
from ...sepa import pain008, rules, schema
from ...sepa.address import structured
from ...sepa.messages import Account, Batch, Creditor, Header
from .debit_terms import as_debit

SCHEMA_FOLDER = "account_payment_sepa_direct_debit/data"


class AccountPaymentOrder(models.Model):
    _inherit = "account.payment.order"

    def _debit_file_bytes(self):
        """Return the file, from what was kept of creditor and debits."""
        batches = self._debit_batches()
        creditor = self._debit_creditor()
        header = Header(
            message_id=self.sepa_message_id,
            created_at=self.sepa_created_at,
            count=sum(batch.count for batch in batches),
            total=sum(batch.total for batch in batches),
            initiator_name=creditor.account.name,
            initiator_id=creditor.creditor_id,
        )
        stream = BytesIO()
        pain008.write(stream, header, creditor, batches, self.sepa_version)
        return stream.getvalue()

    def _debit_batches(self):
        """Return the batches of the file; their debits are read when written."""
        self.env.flush_all()
        rows = sql_steps.fetch(self.env, "debit/42_list_batches", order_id=self.id)
        return [
            Batch(
                batch_id=f"{self.sepa_message_id}-{place}",
                scheme=row["scheme"],
                sequence_type=row["sequence_type"],
                due_date=row["due_date"],
                count=row["debit_count"],
                total=Decimal(row["amount_total"]),
                debits=self._debits_of(row),
            )
            for place, row in enumerate(rows, start=1)
        ]

    def _debits_of(self, batch):
        """Yield the debits of a batch, checked against the rulebook.

        :raise UserError: naming the bill and what to do
        """
        rows = sql_steps.stream(
            self.env,
            "debit/43_stream_batch",
            order_id=self.id,
            due_date=batch["due_date"],
            scheme=batch["scheme"],
            sequence_type=batch["sequence_type"],
        )
        for row in rows:
            debit = as_debit(*row)
            if problems := rules.debit_problems(debit):
                raise UserError(self._debit_problem_text(debit, problems[0]))
            yield debit

    def _debit_problem_text(self, debit, problem):
        """Say which bill the bank would refuse, why, and what to do."""
        return self.env._(
            "%(bill)s (%(reference)s) would be refused by the bank: %(problem)s Take"
            " the run back to review: it will be left out until that is corrected.",
            bill=debit.label,
            reference=debit.end_to_end_id,
            problem=self.env["telecom.debit.left.out"]._reason_text(problem),
        )

    def _debit_creditor_terms(self):
        """Return what the file says of the creditor, as JSON can hold it."""
        journal, company = self.journal_id, self.company_id
        bank_account, owner = journal.bank_account_id, company.partner_id
        method = self.payment_method_line_id
        return {
            "name": company.name,
            "iban": bank_account.sanitized_acc_number or "",
            "bic": bank_account.bank_bic or "",
            "creditor_id": method.sepa_creditor_identifier
            or company.sepa_creditor_identifier
            or "",
            "address": [
                owner.street,
                owner.street2,
                owner.zip,
                owner.city,
                owner.country_id.code,
            ],
        }

    def _debit_creditor(self):
        """Return the creditor of the file, as it was kept."""
        terms = self.sepa_creditor
        return Creditor(
            account=Account(
                name=terms["name"],
                iban=terms["iban"],
                bic=terms["bic"],
                address=structured(*terms["address"]),
            ),
            creditor_id=terms["creditor_id"],
        )

    def _check_debit_file(self, content):
        """Raise unless the bank can take the file: rules, schema, sums.

        :param bytes content: of the file
        :return: Decimal, the control sum that the file tells the bank
        """
        self._check_debit_days()
        path = file_path(f"{SCHEMA_FOLDER}/{self.sepa_version}.xsd")
        try:
            told = schema.check(BytesIO(content), path, "DrctDbtTxInf")
        except schema.SchemaBroken as error:
            raise UserError(
                self.env._(
                    "The file of %(order)s breaks the format %(version)s at"
                    " %(place)s. Nothing was kept; tell whoever looks after the"
                    " system.",
                    order=self.name,
                    version=self.sepa_version,
                    place=str(error),
                )
            ) from error
        self.debit_run_id._check_control(
            "file_totals",
            order_id=self.id,
            batch_ids=[batch.name for batch in told],
            counts=[batch.count for batch in told],
            totals=[batch.total for batch in told],
        )
        return told[0].total

    def _check_debit_days(self):
        """Raise when a debit is planned for a day that a bank cannot keep."""
        today = self.company_id._telecom_today()
        for batch in self._debit_batches():
            if problems := rules.batch_problems(batch, today):
                raise UserError(
                    self.env._(
                        "%(run)s: debits on %(day)s cannot be sent any more:"
                        " %(problem)s Take the run back to review and confirm it"
                        " again.",
                        run=self.debit_run_id.name,
                        day=batch.due_date.isoformat(),
                        problem=self.env["telecom.debit.left.out"]._reason_text(
                            problems[0]
                        ),
                    )
                )
