# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A small debit file, and the pieces to vary it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

from odoo.addons.somconnexio_payments.sepa import pain008
from odoo.addons.somconnexio_payments.sepa.address import structured
from odoo.addons.somconnexio_payments.sepa.messages import (
    Account,
    Amendment,
    Batch,
    Creditor,
    Debit,
    Header,
    Mandate,
)

TODAY = date(2026, 10, 5)
DUE_DATE = date(2026, 10, 12)
CREDITOR = Creditor(
    Account(
        "Som Connexió, SCCL",
        "ES9121000418450200051332",
        "CAIXESBBXXX",
        structured("Carrer d'Aragó 1", "", "08001", "Barcelona", "ES"),
    ),
    "ES50ZZZM23456789",
)
DEBIT = Debit(
    end_to_end_id="DD2026-0001-000001",
    amount=Decimal("25.50"),
    mandate=Mandate("RUM0000001", date(2026, 1, 15)),
    debtor=Account(
        "Maria Peñarroya",
        "ES7921000813610123456789",
        "",
        structured("Carrer Major 1, 2n", "", "17001", "Girona", "ES"),
    ),
    remittance="INV/2026/00001",
    label="INV/2026/00001",
)
AMENDED = replace(
    DEBIT,
    end_to_end_id="DD2026-0001-000002",
    amount=Decimal("1234.00"),
    mandate=Mandate(
        "RUM0000002",
        date(2026, 1, 15),
        Amendment("OLD0000002", True, "ES50ZZZM23456789", "Old cooperative"),
    ),
)


def write(batches, version=pain008.VERSION_2019, creditor=CREDITOR):
    """Return the file of some batches as bytes."""
    header = Header(
        message_id="DD2026-0001",
        created_at="2026-10-05T08:00:00",
        count=sum(batch.count for batch in batches),
        total=sum(batch.total for batch in batches),
        initiator_name=creditor.account.name,
        initiator_id=creditor.creditor_id,
    )
    stream = BytesIO()
    pain008.write(stream, header, creditor, batches, version)
    return stream.getvalue()


def batch(*debits, place=1, due_date=DUE_DATE, sequence_type="RCUR", scheme="CORE"):
    """Return a batch of debits, with its own totals."""
    return Batch(
        batch_id=f"DD2026-0001-{place}",
        scheme=scheme,
        sequence_type=sequence_type,
        due_date=due_date,
        count=len(debits),
        total=sum(debit.amount for debit in debits),
        debits=iter(debits),
    )


def batches():
    """Return two batches: one debit as it is, one with an amended mandate."""
    return [
        batch(DEBIT, AMENDED),
        batch(
            replace(DEBIT, end_to_end_id="DD2026-0001-000003"),
            place=2,
            sequence_type="FNAL",
        ),
    ]
