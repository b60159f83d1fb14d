# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Helpers to write tests about bank files: a bank that tells what happened."""

from datetime import date
from decimal import Decimal
from itertools import count

from bank_simulator import camt_writer
from bank_simulator.model import Day, Movement, Part

from .debit_common import DebitCommon
from .payments_common import COMPANY_IBAN, IBANS

DAY = date(2026, 10, 20)
TRANSFER = "PMNT/RCDT/ESCT"
RETURN = "PMNT/RDDT/UPDD"
COLLECTION = "PMNT/RDDT/ESDD"


class BankCommon(DebitCommon):
    """``cls.journal`` is the bank; ``_statement`` books what the bank tells."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._references = count(1)
        cls.journal = cls.bank_journal
        cls.journal.suspense_account_id = cls._create_account("572T99", "asset_current")
        methods = (
            cls.journal.inbound_payment_method_line_ids
            | cls.journal.outbound_payment_method_line_ids
        )
        methods.payment_account_id = cls.account_outstanding
        cls.File = cls.env["telecom.bank.file"]
        cls.payer = cls._create_payer("Anna Puig", IBANS[0])

    @classmethod
    def _movement(cls, amount, text="", code=TRANSFER, day=DAY, **part):
        """Return one movement of one transaction."""
        amount = Decimal(amount)
        return Movement(
            day,
            amount,
            code,
            f"REF{next(cls._references)}",
            [Part(amount, text=text, **part)],
        )

    @classmethod
    def _bytes(
        cls,
        movements,
        opening="1000",
        day=DAY,
        message="camt.053",
        version="08",
        **vals,
    ):
        """Return the bytes of a file of one statement."""
        number = vals.pop("number", next(cls._references))
        iban = vals.pop("iban", COMPANY_IBAN)
        opened = Day(iban, number, day, Decimal(opening), movements)
        return camt_writer.write(f"MSG{number}", [opened], message, version, **vals)

    @classmethod
    def _receive(cls, content, name="statement.xml"):
        """Return the bank file of some bytes, checked or refused."""
        return cls.File.receive(content, name)

    @classmethod
    def _book(cls, *movements, **vals):
        """Return a booked file of these movements."""
        file = cls._receive(cls._bytes(list(movements), **vals))
        assert file.state == "checked", file.error_message
        file.book()
        return file

    @staticmethod
    def _parts(file):
        """Return the transactions that a file booked, in their order."""
        return (
            file.env["telecom.bank.transaction"]
            .search([("booking_file_id", "=", file.id)])
            .sorted("id")
        )

    @classmethod
    def _expect(cls, amount, reference, account=None):
        """Return an entry's line on the outstanding account: money to come."""
        amount = float(amount)
        other = account or cls.account_income
        move = cls.env["account.move"].create(
            {
                "journal_id": cls.journal.id,
                "ref": reference,
                "date": "2026-10-15",
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "name": reference,
                            "account_id": cls.account_outstanding.id,
                            "balance": amount,
                        },
                    ),
                    (
                        0,
                        0,
                        {"name": "other", "account_id": other.id, "balance": -amount},
                    ),
                ],
            }
        )
        move.action_post()
        return move.line_ids.filtered(
            lambda line: line.account_id == cls.account_outstanding
        )
