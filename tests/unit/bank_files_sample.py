# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Small bank files for tests, and how to read them whole."""

import io
from datetime import date
from decimal import Decimal

from bank_simulator import camt_writer, norma43_writer, status_writer
from bank_simulator.model import Day, Movement, Part

from odoo.addons.somconnexio_payments.bank_files import records
from odoo.addons.somconnexio_payments.bank_files.reading import read_file

OUR_IBAN = "ES9121000418450200051332"
PAYER_IBAN = "ES7921000813610123456789"
DAY = date(2026, 10, 5)


def movements():
    """Return a batch of two debits, a return and a transfer."""
    return [
        Movement(
            DAY,
            Decimal("30.00"),
            "PMNT/RDDT/ESDD",
            "REF1",
            [Part(Decimal(10), "E1"), Part(Decimal(20), "E2", name="Pep Mas")],
            message_id="ORDER1",
            payment_info_id="ORDER1-1",
        ),
        Movement(
            DAY,
            Decimal("-10.00"),
            "PMNT/RDDT/UPDD",
            "REF2",
            [Part(Decimal(-10), "E1", reason="AM04", reason_text="no funds")],
        ),
        Movement(
            DAY,
            Decimal("12.35"),
            "PMNT/RCDT/ESCT",
            "REF3",
            [
                Part(
                    Decimal("12.35"),
                    name="Núria Font",
                    iban=PAYER_IBAN,
                    text="Factura INV/2026/00017",
                    structured="RF18539007547034",
                )
            ],
        ),
    ]


def days():
    """Return two days of which the second is empty."""
    first = Day(OUR_IBAN, 1, DAY, Decimal("100.00"), movements())
    return [first, Day(OUR_IBAN, 2, date(2026, 10, 6), first.closing, [])]


def camt(message="camt.053", version="08", **vals):
    """Return the bytes of a camt message."""
    return camt_writer.write("FILE1", days(), message, version, **vals)


def norma43():
    """Return the bytes of a Norma 43 file."""
    return norma43_writer.write(days())


def answer(version="08"):
    """Return the bytes of a pain.002 that accepts an order in part."""
    return status_writer.write(
        "ANSWER1",
        "ORDER1",
        f"pain.008.001.{version}",
        "2026-10-05T10:00:00",
        {"status": "PART"},
        [
            {
                "id": "ORDER1-1",
                "status": "PART",
                "transactions": [
                    {
                        "status": "RJCT",
                        "reason": "AC04",
                        "text": "closed",
                        "end_to_end_id": "E1",
                        "amount": Decimal(10),
                        "bank_reference": "S1",
                    },
                    {
                        "status": "ACTC",
                        "end_to_end_id": "E2",
                        "amount": Decimal(20),
                        "bank_reference": "S2",
                    },
                ],
            },
            {"id": "ORDER1-2", "status": "RJCT", "reason": "FF01"},
        ],
    )


def read(data):
    """Return all that a file tells; raise what is wrong with it."""
    return list(read_file(io.BytesIO(data))[1])


def entries(data):
    """Return the entries of a file."""
    return [item for item in read(data) if isinstance(item, records.Entry)]
