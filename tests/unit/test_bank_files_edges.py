# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Where a bank's word begins to be none, and facts that few files have."""

from datetime import date
from decimal import Decimal

import bank_files_sample as sample
import pytest

from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_payments.bank_files import references, values
from odoo.addons.somconnexio_payments.bank_files.records import Status

GROUP = b"<OrgnlGrpInfAndSts>", b"</OrgnlGrpInfAndSts>"


def changed(data, *pairs):
    """Return bytes in which each old part, once, is another."""
    for old, new in pairs:
        assert old in data, old
        data = data.replace(old, new, 1)
    return data


def code_of(data):
    """Return the code of the fault for which a file is refused."""
    with pytest.raises(FileError) as fault:
        sample.read(data)
    return fault.value.code


def answers(data):
    return [item for item in sample.read(data) if isinstance(item, Status)]


def lines():
    """Return the lines of a Norma 43 file."""
    return sample.norma43().rstrip().split(b"\r\n")


def without(number):
    """Return the Norma 43 file without one of its lines."""
    kept = lines()
    del kept[number - 1]
    return b"\r\n".join(kept) + b"\r\n"


def test_part_of_a_batch_may_go_the_other_way():
    data = changed(
        sample.camt(),
        (b'<Amt Ccy="EUR">10.00</Amt>', b'<Amt Ccy="EUR">50.00</Amt>'),
        (
            b'<Amt Ccy="EUR">20.00</Amt><CdtDbtInd>CRDT',
            b'<Amt Ccy="EUR">20.00</Amt><CdtDbtInd>DBIT',
        ),
    )
    amounts = [detail.amount for detail in sample.entries(data)[0].details]
    assert amounts == [Decimal(50), Decimal(-20)]


def test_part_without_a_sign_has_that_of_its_entry():
    sign = b"10.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RtrInf>"
    data = changed(sample.camt(), (sign, b"10.00</Amt><RtrInf>"))
    assert sample.entries(data)[1].details[0].amount == Decimal(-10)


def test_entry_needs_a_day_and_one_of_two_is_enough():
    booked = b"<BookgDt><Dt>2026-10-05</Dt></BookgDt>"
    valued = b"<ValDt><Dt>2026-10-05</Dt></ValDt>"
    other = valued.replace(b"05", b"07")
    only = changed(sample.camt(), (booked + valued, other))
    entry = sample.entries(only)[0]
    assert entry.booking_date == entry.value_date == date(2026, 10, 7)
    assert code_of(changed(sample.camt(), (booked + valued, b""))) == "xml_missing"


def test_return_without_a_reason_is_a_return_all_the_same():
    reason = b"<Rsn><Cd>AM04</Cd></Rsn>"
    data = changed(sample.camt(), (reason, b""))
    assert sample.entries(data)[1].details[0].reason == "UNKNOWN"


def test_batch_in_another_currency_is_refused_and_a_single_part_is_not():
    foreign = b'<Amt Ccy="USD">10.00</Amt>'
    own = b'<Amt Ccy="EUR">10.00</Amt>'
    assert code_of(changed(sample.camt(), (own, foreign))) == "entry_currency"
    single = b'<EndToEndId>NOTPROVIDED</EndToEndId></Refs><Amt Ccy="EUR">12.35</Amt>'
    other = single.replace(b'EUR">12.35', b'USD">13.40')
    detail = sample.entries(changed(sample.camt(), (single, other)))[2].details[0]
    assert (detail.amount, detail.currency) == (Decimal("12.35"), "EUR")


def test_answer_without_the_order_it_answers_is_refused():
    data = sample.answer()
    begin, end = data.index(GROUP[0]), data.index(GROUP[1]) + len(GROUP[1])
    group = data[begin:end]
    assert code_of(data.replace(group, b"")) == "xml_missing"
    assert code_of(data.replace(group, group * 2)) == "xml_twice"
    head = data[: data.index(b"<OrgnlPmtInfAndSts>")].replace(group, b"")
    empty = head + b"</CstmrPmtStsRpt></Document>"
    assert code_of(empty) == "xml_missing"


def test_answer_without_a_heading_is_refused():
    data = sample.answer()
    begin, end = data.index(b"<GrpHdr>"), data.index(b"</GrpHdr>") + len(b"</GrpHdr>")
    assert code_of(data.replace(data[begin:end], b"")) == "xml_missing"


def test_piece_between_two_entries_is_refused():
    between = b"</Ntry><AddtlStmtInf>x</AddtlStmtInf><Ntry>"
    data = changed(sample.camt(), (b"</Ntry><Ntry>", between))
    assert code_of(data) == "xml_unexpected"
    behind = changed(sample.camt(), (b"</Ntry></Stmt>", b"</Ntry><Acct/></Stmt>"))
    assert code_of(behind) in ("xml_order", "xml_twice")


def test_only_part_of_an_entry_may_leave_its_amount_out():
    single = b'<Amt Ccy="EUR">12.35</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties>'
    found = sample.entries(changed(sample.camt(), (single, b"<RltdPties>")))[2]
    assert found.details[0].amount == Decimal("12.35")
    many = b'<Amt Ccy="EUR">20.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
    assert code_of(changed(sample.camt(), (many, b""))) == "xml_missing"


def test_number_that_is_none_is_refused():
    count = b"<NbOfNtries>3</NbOfNtries>"
    for wrong in (b"<NbOfNtries>three</NbOfNtries>", b"<NbOfNtries>-3</NbOfNtries>"):
        assert code_of(changed(sample.camt(), (count, wrong))) == "count"
    day = b"<Dt>2026-10-05</Dt>"
    assert code_of(changed(sample.camt(), (day, b"<Dt>2026-13-05</Dt>"))) == "date"


def test_answer_with_a_piece_in_the_wrong_place_is_refused():
    data = sample.answer()
    late = b"</TxInfAndSts><PmtInfSts>PART</PmtInfSts><TxInfAndSts>"
    wrong = changed(data, (b"</TxInfAndSts><TxInfAndSts>", late))
    assert code_of(wrong) == "xml_order"
    loose = changed(
        data, (b"<OrgnlPmtInfAndSts>", b"<TxInfAndSts/><OrgnlPmtInfAndSts>")
    )
    assert code_of(loose) == "xml_unexpected"


def test_answer_tells_all_words_of_its_reasons():
    reason = (
        b"<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf></StsRsnInf>"
    )
    more = reason.replace(b"closed", b"since May") + reason.replace(b"AC04", b"AC01")
    found = answers(changed(sample.answer(), (reason, more)))
    rejected = next(one for one in found if one.level == "transaction")
    assert (rejected.reason, rejected.reason_text) == ("AC04", "since May closed")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\r\n".join([*lines()[:8], lines()[1], *lines()[8:]]), "n43_no_account"),
        (without(2), "n43_no_entry"),
        (b"\r\n".join([*lines()[:8], lines()[7], *lines()[8:]]), "n43_no_account"),
        (
            sample.norma43().replace(b"33210004180", b"33210004181", 1),
            "n43_other_account",
        ),
        (
            b"\r\n".join([*lines()[:3], *lines()[2:3] * 5, *lines()[3:]]),
            "n43_too_many_texts",
        ),
        (sample.norma43().replace(b"2301ORDER1 ", b"2401ORDER1 ", 1), ""),
        (without(2).replace(b"2301", b"2401", 1), "n43_no_entry"),
        (sample.norma43().replace(b"COOPERATIVE", b"COOP\x07RATIVE", 1), "n43_line"),
        (b"\r\n".join([lines()[0], b"", *lines()[1:]]), "n43_line"),
        (b"\r\n".join([lines()[0] + b"    X", *lines()[1:]]), "n43_line"),
        (sample.norma43() + b"\x1a", ""),
        (sample.norma43() + lines()[0], "n43_after_end"),
        (b"\r\n".join([lines()[0], *lines()]), "n43_not_closed"),
    ],
)
def test_line_of_norma43_that_stands_wrong_is_refused(data, code):
    if code:
        assert code_of(data) == code
    else:
        assert len(sample.entries(data)) == 3


def test_entry_of_norma43_has_five_texts_at_most():
    five = b"\r\n".join([*lines()[:3], *lines()[2:3] * 4, *lines()[3:]])
    entry = sample.entries(changed(five, (b"9999000010", b"9999000014")))[0]
    assert entry.details[0].text.count("ORDER1-1") == 5


def test_norma43_tells_the_bank_s_kind_of_entry():
    codes = [entry.code for entry in sample.entries(sample.norma43())]
    assert codes == ["02/000", "14/000", "02/000"]


def test_values_are_as_long_as_the_standard_lets_them_be():
    assert values.words("w" * 35, "here", 35) == "w" * 35
    digits = "1" * 16 + ".12"
    assert values.amount(digits, "here") == Decimal(digits)
    with pytest.raises(FileError) as fault:
        values.words("w" * 36, "here", 35)
    assert fault.value.code == "too_long"
    with pytest.raises(FileError) as fault:
        values.amount("1" + digits, "here")
    assert fault.value.code == "amount"


def test_words_of_a_long_text_are_bounded():
    text = " ".join(f"A{number:04d}" for number in range(2000))
    found = references.tokens(text)
    assert "A0000" in found
    assert len(found) < references.MAX_TOKENS + references.MAX_RUNS


def test_number_of_a_member_follows_the_word_at_most_by_one():
    assert references.member_numbers("Soci 007 quota") == {"7"}
    assert references.member_numbers("soci num. 12") == {"12"}
    assert references.member_numbers("soci de quota 12") == set()
    assert references.member_numbers("soci") == set()
