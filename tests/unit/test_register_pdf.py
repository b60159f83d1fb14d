# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Books and certificates as PDF say what they were given."""

import tracemalloc
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader
from register import (
    Certificate,
    PdfColumn,
    TableDocument,
    write_certificate,
    write_table,
)

COLUMNS = (PdfColumn("No."), PdfColumn("Name", 3), PdfColumn("Capital", 1, True))


def table(count, **values):
    """Return a book of ``count`` members."""
    rows = ([str(n), f"Member {n}", "100,00 €"] for n in range(1, count + 1))
    return TableDocument(
        title="Book",
        subtitle="31/10/2026",
        issuer="Cooperative",
        page_label="%(page)s of %(pages)s",
        columns=COLUMNS,
        rows=rows,
        row_count=count,
        **values,
    )


def pages(document):
    """Return the texts of the pages of a table."""
    output = BytesIO()
    count = write_table(output, document)
    texts = [page.extract_text() for page in PdfReader(output).pages]
    assert len(texts) == count
    return texts


def test_every_row_is_on_one_page_and_pages_are_numbered():
    texts = pages(table(100, totals=["", "Total", "10.000,00 €"]))
    assert f"1 of {len(texts)}" in texts[0]
    assert f"{len(texts)} of {len(texts)}" in texts[-1]
    assert "10.000,00" in texts[-1]
    together = "\n".join(texts).split("\n")
    for number in (1, 37, 38, 99, 100):
        assert together.count(f"Member {number}") == 1


@pytest.mark.parametrize("count", [0, 1, 37, 38, 39])
def test_totals_and_note_have_room_wherever_the_rows_end(count):
    texts = pages(table(count, totals=["", "Total", "0"], note="A note."))
    assert "Total" in texts[-1]
    assert "A note." in texts[-1]


def test_other_number_of_rows_than_said_is_refused():
    for said in (1, 3):
        with pytest.raises(ValueError, match="other rows"):
            pages(replace(table(2), row_count=said))


def test_row_with_too_few_texts_is_refused():
    with pytest.raises(ValueError, match="zip"):
        pages(replace(table(1), rows=[["1"]]))


def test_long_texts_are_cut_with_an_ellipsis():
    text = pages(replace(table(1), rows=[["1", "word " * 200, ""]]))[0]
    assert "…" in text


def test_longer_book_takes_no_more_memory_than_its_file():
    def peak(count):
        output = BytesIO()
        tracemalloc.start()
        write_table(output, table(count))
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size, len(output.getvalue())

    pages(table(1))
    small, _size = peak(200)
    large, file_size = peak(2000)
    assert large - small < 20 * file_size


def certificate(**values):
    """Return the certificate of a member."""
    return Certificate(
        title="Certificate",
        issuer="Cooperative",
        issuer_lines=["Street 1", "Town"],
        body="Maria Soler is a member.\n\nThis is certified.",
        facts=[("Number", "1234")],
        place_and_date="Town, 1 October 2026",
        signature_label="The secretary",
        **values,
    )


def test_certificate_says_all_of_it_on_one_page_and_always_the_same():
    content = write_certificate(certificate(footer="Foot"))
    reader = PdfReader(BytesIO(content))
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    for words in ("Maria Soler", "1234", "Street 1", "The secretary", "Foot"):
        assert words in text
    assert write_certificate(certificate(footer="Foot")) == content
