# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Notices on paper: what the letter says, and where its address stands."""

import doctest
from io import BytesIO

from pypdf import PdfReader

from odoo.addons.somconnexio_base.letters import letter as letters
from odoo.addons.somconnexio_base.letters.letter import (
    Letter,
    paragraphs,
    write_letters,
)

LETTER = Letter(
    sender=["Som Connexió SCCL", "Carrer Major 1"],
    address=["Núria Vila & Fills", "Carrer de la Pau 3, 2n 1a", "08001 Barcelona"],
    place_and_date="Barcelona, 22 de novembre del 2026",
    subject="Your service will be suspended",
    body="<p>Hello,</p><p>Pay <b>30,00&nbsp;€</b> &lt;now&gt;.</p>"
    "<ul><li>FAC/1</li><li>FAC/2<br/>again</li></ul>",
)


def test_docstring_examples_are_true():
    assert doctest.testmod(letters).failed == 0


def test_letter_says_who_writes_to_whom_and_what():
    (page,) = PdfReader(BytesIO(write_letters([LETTER]))).pages
    text = page.extract_text()
    for words in (*LETTER.sender, *LETTER.address, LETTER.place_and_date, "FAC/2"):
        assert words in text
    assert "<now>" in text


def test_letters_begin_on_a_page_of_their_own_and_are_the_same_bytes_again():
    content = write_letters([LETTER, LETTER])
    assert len(PdfReader(BytesIO(content)).pages) == 2
    assert content == write_letters([LETTER, LETTER])


def test_address_stands_in_the_window_of_the_envelope():
    found = []

    def note(text, cm, matrix, _font, _size):
        if "Núria" in text:
            found.append(842 - cm[5] - matrix[5])

    (page,) = PdfReader(BytesIO(write_letters([LETTER]))).pages
    page.extract_text(visitor_text=note)
    (top,) = found
    # UNE: the window is 40 to 75 mm from the top, in points.
    assert 113 < top < 213


def test_paragraphs_keep_emphasis_and_order_of_nested_lists():
    body = (
        "<div>One<p>two <em>three</em></p>four<ul><li>five <p>six</p></li></ul></div>"
    )
    assert paragraphs(body) == [
        ("One", False),
        ("two <i>three</i>", False),
        ("four", False),
        ("five", True),
        ("six", False),
    ]
    assert paragraphs("") == []
