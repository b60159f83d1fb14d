# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The paper of a payment plan says what it was given."""

from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from odoo.addons.somconnexio_payments.dunning_rules.agreement import (
    Agreement,
    write_agreement,
)

SAMPLE = Agreement(
    title="Pla de pagament PP00001",
    issuer="Som & Cia",
    issuer_lines=["Som & Cia", "Carrer Major 1"],
    body="Primer.\n\nSegon <paràgraf>.",
    bills=[("Factura", "Data", "Total"), ("F1", "01/10/2026", "100,00 €")],
    instalments=[("Quota", "Venç", "Import"), ("1", "01/12/2026", "100,00 €")],
    closing="Així es pacta.",
    place_and_date="Barcelona, 6 de novembre de 2026",
    signatures=("Som & Cia", "Laia Puig"),
    page_label="Pàgina %(page)s de %(pages)s",
    language="ca_ES",
)


def texts(agreement):
    """Return the text of each page."""
    reader = PdfReader(BytesIO(write_agreement(agreement)))
    return [page.extract_text() for page in reader.pages]


def test_everything_that_was_given_is_printed():
    (text,) = texts(SAMPLE)
    for words in (
        "Pla de pagament PP00001",
        "Som & Cia",
        "Segon <paràgraf>.",
        "01/12/2026",
        "100,00 €",
        "Laia Puig",
        "Pàgina 1 de 1",
    ):
        assert words in text


def test_same_agreement_gives_the_same_bytes():
    assert write_agreement(SAMPLE) == write_agreement(SAMPLE)


def test_long_tables_go_on_with_their_head_on_the_next_page():
    rows = [(str(n), "01/12/2026", "1,00 €") for n in range(1, 61)]
    pages = texts(replace(SAMPLE, instalments=[SAMPLE.instalments[0], *rows]))
    assert len(pages) > 1
    assert all("Quota" in page for page in pages[:2])
    assert f"Pàgina 2 de {len(pages)}" in pages[1]
