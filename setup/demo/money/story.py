# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The way of a month's money, step by step, on days that are given.

Every step is what a person would press; a bank that is reached over HTTP answers.
"""

from freezegun import freeze_time

#: Days of the demo's month: bills go out at its end.
FILE_DAY = "2026-11-02"
TRANSFER_DAY = "2026-11-10"
STATEMENT_DAY = "2026-11-20"
#: Of the debits that the bank settles, how many come back.
RETURN_SHARE = 0.03
#: Every so many payers by transfer write nothing that tells the bill, or do not pay.
FORGETFUL_EVERY = 7
SILENT_EVERY = 5


class Story:
    """One month's money.

    :param env: Odoo environment of a user who may do all of it; jobs run at once
    :param BankClient bank: where orders go
    """

    def __init__(self, env, bank):
        self.env = env(context={**env.context, "queue_job__no_delay": True})
        self.bank = bank
        self.run = self.env["telecom.debit.run"]
        self.files = self.env["telecom.bank.file"]
        self.dunning = self.env["telecom.dunning.run"]

    def draw(self, day=FILE_DAY):
        """Propose what is due, confirm it, write the file and hand it to the bank.

        :param str day: ISO date on which all that happens
        :return: list of pairs: name of a file, what the bank answered
        """
        with freeze_time(f"{day} 09:00:00"):
            company = self.env.company
            self._cancel_proposals()
            self.run = self.env["telecom.debit.run"]._propose(
                company, company._telecom_today(), reference=day[:7]
            )
            self.run = self.run.with_env(self.env)
            self.run.action_confirm()
            self.run.action_write_file()
            answers = [
                (file.name, self.bank.send_order(file.raw))
                for file in self.run.order_ids.payment_file_id
            ]
            self.run.action_sent()
        return answers

    def _cancel_proposals(self):
        """Cancel what was proposed by the machine's clock, on another day."""
        self.env["telecom.debit.run"].search(
            [("state", "in", ("draft", "proposed"))]
        ).action_cancel()

    def pay_by_transfer(self, day=TRANSFER_DAY):
        """Let those who pay by transfer do so; some forget the reference, or to pay.

        :return: number of transfers
        """
        bills = self.env["account.move"].search(
            [
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("payment_state", "=", "not_paid"),
                ("telecom_billing_account_id.collection_method", "=", "transfer"),
            ],
            order="id",
        )
        transfers = [
            self._transfer(bill, day, place % FORGETFUL_EVERY == 0)
            for place, bill in enumerate(bills, start=1)
            if place % SILENT_EVERY
        ]
        self.bank.plan_transfers(transfers)
        return len(transfers)

    def pay_oddly(self, day=TRANSFER_DAY):
        """Let somebody pay a bill twice, and a stranger pay for nobody knows what.

        :return: number of transfers
        """
        bill = self.env["account.move"].search(
            [
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("telecom_billing_account_id.collection_method", "=", "transfer"),
            ],
            order="id",
            limit=1,
        )
        stranger = self._transfer(bill, day, is_forgetful=True)
        stranger |= {"name": "Floristeria Roser", "text": "gràcies", "amount": "20.00"}
        self.bank.plan_transfers([self._transfer(bill, day), stranger])
        return 2

    def _transfer(self, bill, day, is_forgetful=False):
        """Return what pays a bill; who is forgetful does not write which."""
        journal = self.env.company.telecom_debit_journal_id
        return {
            "iban": journal.bank_account_id.sanitized_acc_number,
            "day": day,
            "amount": f"{bill.amount_residual:.2f}",
            "text": "" if is_forgetful else bill.name,
            "name": bill.partner_id.name,
            "payer_iban": "",
        }

    def take_statements(self, day=STATEMENT_DAY):
        """Let days pass at the bank, fetch its files and book them.

        :return: the telecom.bank.file records, refused ones among them
        """
        self.bank.let_days_pass(day)
        with freeze_time(f"{day} 07:00:00"):
            self.run.filtered(lambda run: run.state == "sent").action_book()
            for name, content in self.bank.new_files():
                self.files |= self.files.receive(content, name)
            self.files.filtered(lambda file: file.state == "checked").book()
        return self.files

    def remind(self, day=STATEMENT_DAY):
        """Make the list of whom to remind and carry it out.

        :return: the telecom.dunning.run
        """
        with freeze_time(f"{day} 10:00:00"):
            self.dunning = self.env["telecom.dunning.run"].create(
                {"company_id": self.env.company.id, "date": day}
            )
            self.dunning.action_list()
            self.dunning.action_carry_out()
        return self.dunning
