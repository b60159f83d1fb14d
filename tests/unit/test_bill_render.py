# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The PDF says what the document says: read back as text with pypdf."""

import io
import re
import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import bill_sample as sample
import pytest
from bill import labels, render
from bill.document import (
    Brand,
    ChargeGroup,
    ChargeLine,
    Collection,
    CollectionKind,
    Contact,
    MonthTotal,
    Party,
)
from bill.local_format import local_format
from PIL import Image
from pypdf import PdfReader


def pages(document):
    """Return the text of each page, white space as single blanks."""
    reader = PdfReader(io.BytesIO(render(document, sample.FONT_FOLDERS)))
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def text(document):
    """Return the text of the whole bill."""
    return " ".join(pages(document))


def printed(document, amount):
    """Return an amount as the bill writes it, blanks as pypdf reads them."""
    return local_format(document.language).money(amount).replace("\xa0", " ")


@pytest.mark.parametrize("language", sample.LANGUAGES)
def test_every_amount_and_name_is_printed(language):
    document = sample.sample_document(language)
    content = text(document)
    lines = [line for group in document.charge_groups for line in group.lines]
    amounts = [line.amount for line in lines]
    amounts += [group.amount for group in document.charge_groups]
    amounts += [document.amount_untaxed, document.amount_tax, document.amount_total]
    names = [line.name for line in lines]
    names += [group.title for group in document.charge_groups]
    names += [document.customer.name, document.customer.tax_id, document.number]
    names += [document.issuer.name, document.issuer.tax_id, *document.customer.address]
    for expected in [printed(document, amount) for amount in amounts] + names:
        assert expected in content


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ca", ("79,52 €", "5 de novembre", "1–31 d’oct. 2026", "Octubre 2026")),
        ("es", ("79,52 €", "5 de noviembre", "1–31 oct 2026", "Octubre 2026")),
        ("en", ("€79.52", "November 5", "Oct 1 – 31, 2026", "October 2026")),
        ("en_GB", ("€79.52", "5 November", "1–31 Oct 2026", "October 2026")),
    ],
)
def test_money_and_dates_follow_the_language(language, expected):
    content = text(sample.sample_document(language))
    for value in expected:
        assert value in content


@pytest.mark.parametrize("language", sample.LANGUAGES)
def test_every_label_of_a_full_bill_is_in_its_language(language):
    content = text(sample.sample_document(language))
    for key in ("title", "your_charges", "your_usage", "itemised", "taxable_base"):
        assert sample.words(language)[key] in content


def test_itemised_events_and_the_unlisted_rest_add_up_to_the_group():
    for usage in sample.sample_document().usage:
        for group in usage.groups:
            count, quantity, amount = group.unlisted
            assert count + len(group.items) == group.event_count
            assert quantity + sum(i.quantity for i in group.items) == group.quantity
            assert amount + sum(i.amount for i in group.items) == group.amount


def test_printed_items_and_rest_add_up_to_the_printed_group_total():
    group = sample.call_group("Internacionals", 9, priced=9, hidden=4)
    usage = replace(sample.sample_document().usage[0], groups=(group,), allowances=())
    content = text(sample.sample_document(usage=(usage,)))
    prices = [
        Decimal(found.replace(",", "."))
        for found in re.findall(r"\b\d+,\d{4}\b", content.split("Import €")[-1])
    ]
    *parts, total = prices
    assert total == group.amount
    assert sum(parts[-1:] + [item.amount for item in group.items]) == total


def test_every_itemised_number_and_price_is_printed():
    document = sample.sample_document("ca", calls=300)
    content = text(document)
    assert content.count("+447700900123") + content.count("+33199005555") == 7
    assert len(re.findall(r"\d\d/\d\d \d\d:\d\d:\d\d", content)) == 300 + 7 + 24
    for item in document.usage[0].groups[1].items:
        assert f"{item.amount:.4f}".replace(".", ",") in content


def test_the_longest_telephone_number_is_not_cut():
    items = sample.call_group("Satèl·lit", 1, priced=1).items
    number = "881612345678901"
    group = replace(
        sample.call_group("Satèl·lit", 1, priced=1),
        items=(items[0]._replace(other_number=number),),
    )
    usage = replace(sample.sample_document().usage[0], groups=(group,))
    assert f"+{number}" in text(sample.sample_document(usage=(usage,)))


def test_bill_without_itemisation_lists_no_call():
    document = sample.sample_document()
    usage = tuple(
        replace(one, groups=tuple(replace(group, items=()) for group in one.groups))
        for one in document.usage
    )
    content = text(replace(document, usage=usage))
    assert document.labels["your_usage"] in content
    assert document.labels["itemised"] not in content
    assert "612 555 123" not in content


def test_pages_are_numbered_and_carry_the_running_header():
    document = sample.sample_document("ca", calls=400)
    contents = pages(document)
    assert len(contents) >= 4
    for index, content in enumerate(contents, start=1):
        assert f"{index} de {len(contents)}" in content
        assert document.number in content
        assert document.issuer.name in content


def test_five_thousand_itemised_calls_are_all_printed():
    contents = pages(sample.sample_document("es", calls=5000))
    listed = sum(len(re.findall(r"\d\d:\d\d:\d\d", content)) for content in contents)
    assert listed == 5000 + 7 + 24
    assert 40 < len(contents) < 60


def test_small_bill_fits_one_page():
    usage = replace(sample.sample_document().usage[1], groups=())
    document = sample.sample_document()
    document = replace(
        document,
        usage=(usage,),
        charge_groups=document.charge_groups[:1],
        message="",
    )
    contents = pages(document)
    assert len(contents) == 1
    assert document.labels["your_usage"] in contents[0]


def test_bill_of_nothing_is_printed():
    document = sample.sample_document(
        charge_groups=(),
        taxes=(),
        usage=(),
        history=(),
        issuer=Party("Som Connexió SCCL"),
        customer=Party("Maria"),
        contact=Contact(),
        message="",
        footer="",
        due_date=None,
        period_start=None,
        period_end=None,
        amount_untaxed=Decimal(0),
        amount_tax=Decimal(0),
        amount_total=Decimal(0),
        collection=Collection(CollectionKind.NOTHING),
    )
    content = text(document)
    assert "0,00 €" in content
    assert document.labels["nothing_to_pay"] in content
    assert document.labels["no_charges"] in content


def test_negative_total_is_shown_in_the_members_favour():
    document = sample.sample_document(
        is_credit_note=True,
        corrected_number="FAC/2026/09/00001",
        amount_total=Decimal("-1234.5"),
        collection=Collection(CollectionKind.REFUND, None, "ES91 •••• •••• 1332"),
        history=(
            MonthTotal(date(2026, 9, 1), Decimal(30)),
            MonthTotal(date(2026, 10, 1), Decimal("-1234.5")),
        ),
    )
    first = pages(document)[0]
    assert "Saldo a favor teu" in first
    assert "−1.234,50 €" in first
    assert "Rectifica la factura FAC/2026/09/00001" in first
    assert "ES91 •••• •••• 1332" in first


def test_corrective_invoice_gives_its_reason_and_compares_no_months():
    document = sample.sample_document(
        is_credit_note=True,
        corrected_number="FAC/2026/09/00001",
        correction_reason="La línia va estar sense servei",
        due_date=date(2026, 11, 30),
    )
    first = pages(document)[0]
    assert "Motiu: La línia va estar sense servei" in first
    assert document.labels["your_corrections"] in first
    for key in ("your_charges", "last_months", "due_date"):
        assert document.labels[key] not in first


def test_prices_are_said_to_be_without_taxes_beside_the_period():
    content = text(sample.sample_document())
    assert "1–31 d’oct. 2026 · Imports sense impostos" in content


def test_claims_stand_under_their_title_and_only_when_there_are_some():
    document = sample.sample_document()
    first = pages(document)[0]
    title = document.labels["claims"]
    assert first.index(title) < first.index("junta arbitral de consum")
    assert title not in text(sample.sample_document(claims=""))


def test_list_says_that_usage_of_earlier_days_came_late():
    document = sample.sample_document(calls=12)
    note = document.labels["late_note"]
    assert note not in text(document)
    assert note in text(replace(document, period_start=date(2026, 10, 5)))


def test_draft_is_marked_as_such():
    assert "ESBORRANY" in text(sample.sample_document(is_draft=True))
    assert "ESBORRANY" not in text(sample.sample_document())


def test_long_names_keep_name_and_tax_id_whole():
    name = "Comunitat de Propietaris de l'Avinguda Diagonal número 458 SCCL " * 2
    document = sample.sample_document(
        customer=Party(name, "H12345678", ("Avinguda Diagonal 458, escala dreta",) * 9)
    )
    content = text(document)
    assert name.strip() in content
    assert "H12345678" in content


@pytest.mark.parametrize(
    "name",
    [
        "Łukasz Świątek",
        "Nguyễn Thị Hằng",
        "Владимир Иванов",
        "Γιώργος",
        "김민수",
        "李小龍",
    ],
)
def test_names_of_other_scripts_are_printed(name):
    document = sample.sample_document(customer=Party(name, "X1234567L"))
    assert name in text(document)


def test_unprintable_characters_do_not_stop_a_bill():
    document = sample.sample_document(customer=Party("A\x00\u200bB\nC \U000f0000"))
    assert "AB C ?" in text(document)


def test_logo_is_embedded_and_a_broken_one_is_left_out():
    picture = io.BytesIO()
    Image.new("RGBA", (900, 300), (200, 0, 90, 128)).save(picture, "PNG")
    with_logo = render(sample.sample_document(brand=Brand(logo=picture.getvalue())))
    assert len(PdfReader(io.BytesIO(with_logo)).pages[0].images) == 1
    broken = sample.sample_document(brand=Brand(logo=b"<svg/>"))
    assert "Som Connexió SCCL" in pages(broken)[0]


def test_same_document_gives_the_same_bytes():
    document = sample.sample_document()
    assert render(document) == render(document)


def test_pdf_states_language_title_and_date():
    reader = PdfReader(io.BytesIO(render(sample.sample_document("ca_ES"))))
    assert reader.trailer["/Root"]["/Lang"] == "ca-ES"
    assert reader.metadata.title == "La teva factura FAC/2026/10/04127"
    assert reader.metadata.creation_date.date() == date(2026, 11, 1)


def test_sections_are_printed_in_the_order_asked_for():
    document = sample.sample_document(sections=("itemised", "charges"))
    content = text(document)
    words = document.labels
    assert content.index(words["itemised"]) < content.index(words["your_charges"])
    assert words["your_usage"] not in content
    with pytest.raises(ValueError, match="Unknown sections of the bill: advert"):
        render(replace(document, sections=("advert",)))


def test_transfer_tells_the_account_to_pay_to():
    iban = "ES91 2100 0418 4502 0005 1332"
    collection = Collection(CollectionKind.TRANSFER, date(2026, 11, 15), iban)
    first = pages(sample.sample_document(collection=collection))[0]
    assert "Cal pagar abans del 15 de novembre" in first
    assert f"al compte {iban}" in first


def test_missing_label_is_named():
    words = sample.words("ca")
    del words["total"]
    with pytest.raises(ValueError, match="missing from the bill: total"):
        render(sample.sample_document(labels=words))


def test_label_with_an_unknown_value_is_named():
    words = sample.words("ca") | {"page": "%(pagina)s"}
    with pytest.raises(ValueError, match="'page'.*%\\(page\\)s"):
        labels.check(words)


def test_unreadable_colour_and_language_are_named():
    with pytest.raises(ValueError, match="'green'.*#rrggbb"):
        render(sample.sample_document(brand=Brand(primary_color="green")))
    document = replace(sample.sample_document(), language="xx_YY_zz")
    with pytest.raises(ValueError, match="'xx_YY_zz'"):
        render(document)


def test_page_content_is_compressed():
    content = render(sample.sample_document())
    streams = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    assert streams
    for stream in streams:
        assert zlib.decompressobj().decompress(stream)


def test_charges_of_many_subscriptions_flow_over_pages():
    groups = tuple(
        ChargeGroup(f"Mòbil {index}", "", (ChargeLine("Quota", Decimal(index)),))
        for index in range(80)
    )
    content = text(sample.sample_document(charge_groups=groups))
    for index in range(80):
        assert f"Mòbil {index} " in content
