# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Identities, masks, signatures, registers: the rules around banks' calls."""

import base64
from datetime import date
from decimal import Decimal

import pytest
from stdnum.exceptions import InvalidChecksum, InvalidFormat

from odoo.addons.somconnexio_payments.gateway_protocols import (
    authentication,
    identity_kz,
    register,
)
from odoo.addons.somconnexio_payments.gateway_protocols.authentication import Secret
from odoo.addons.somconnexio_payments.gateway_protocols.fingerprint import fingerprint
from odoo.addons.somconnexio_payments.gateway_protocols.identifiers import normal
from odoo.addons.somconnexio_payments.gateway_protocols.masking import (
    mask_identifier,
    mask_name,
    mask_secrets,
)
from odoo.addons.somconnexio_payments.gateway_protocols.register import (
    RegisterError,
    RegisterFormat,
    RegisterLine,
)
from odoo.addons.somconnexio_payments.gateway_protocols.sharing import Debt, share_out

#: Of the first weights, of the second weights (twice), of an entity.
NUMBERS = ("880131030007", "880101300111", "991228311312", "040640000018")


@pytest.mark.parametrize("number", NUMBERS)
def test_number_of_kazakhstan_with_its_check_digit_is_taken(number):
    assert identity_kz.validate(f" {number[:6]}-{number[6:]}") == number


@pytest.mark.parametrize("number", NUMBERS)
def test_number_of_kazakhstan_with_any_other_check_digit_is_refused(number):
    for digit in set("0123456789") - {number[-1]}:
        with pytest.raises(InvalidChecksum):
            identity_kz.validate(number[:-1] + digit)


def test_number_whose_sums_are_both_ten_is_never_given_out():
    assert identity_kz.check_digit("88010130010") is None
    for digit in "0123456789":
        assert not identity_kz.is_valid(f"88010130010{digit}")


@pytest.mark.parametrize(
    "number",
    ["", "88010130000", "8801013000000", "88010130000x", "881301300000"]
    + ["880132300000", "٨٨٠١٠١٣٠٠٠٠٠"],
)
def test_number_of_kazakhstan_of_another_shape_is_refused(number):
    with pytest.raises(InvalidFormat):
        identity_kz.validate(number)


def test_entity_is_told_from_person_by_the_fifth_digit():
    assert [identity_kz.kind_of(number) for number in NUMBERS[2:]] == ["iin", "bin"]


@pytest.mark.parametrize(
    ("kind", "text", "form"),
    [
        ("vat", "es40001111v", "ES40001111V"),
        ("vat", "40001111A", None),
        ("phone", "+34 612 34 56 78", "34612345678"),
        ("phone", "931 23 45 67", "34931234567"),
        ("phone", "12", None),
        ("contract", "s000001", "S000001"),
        ("account", "x'; drop", None),
        ("member", "", None),
        ("kz", NUMBERS[0], NUMBERS[0]),
        ("kz", "880101300001", None),
    ],
)
def test_identifier_has_one_form_for_each_kind(kind, text, form):
    assert normal(kind, text) == form


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("Maria Garcia Puig", "Mar*** G."),
        ("Ona", "O***"),
        ("Anna", "Ann***"),
        ("Ña Ñu", "Ñ*** Ñ."),
        ("", ""),
    ],
)
def test_name_is_masked(name, mask):
    assert mask_name(name) == mask


def test_what_is_kept_of_a_call_has_no_secret_and_no_whole_identifier():
    text = 'a=1&token=abc&account=40001111V {"sign": "ff", "password":"x y"}'
    assert mask_secrets(text, "40001111V") == (
        'a=1&token=***&account=******11V {"sign": "***", "password":"*** y"}'
    )
    assert mask_identifier("12") == "**"


def test_password_and_token_are_recognised_by_their_hash():
    secrets = [
        Secret("bank", authentication.hash_secret("old")),
        Secret("bank", authentication.hash_secret("n:ew")),
    ]

    def header(user, password):
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    assert authentication.is_basic(header("bank", "old"), secrets)
    assert authentication.is_basic(header("bank", "n:ew"), secrets)
    assert not authentication.is_basic(header("bank", "other"), secrets)
    assert not authentication.is_basic(header("other", "old"), secrets)
    right = header("bank", "old")
    for odd in (
        *("", "Basic", "Basic ???", "Basic //8=", "Bearer old"),
        right.replace("Basic", "Digest"),
    ):
        assert not authentication.is_basic(odd, secrets)
    assert authentication.is_bearer("bearer old", secrets)
    assert not authentication.is_bearer("Basic old", secrets)
    assert not authentication.is_bearer("Bearer ", secrets)


def test_signature_agrees_with_published_vectors():
    # RFC 4231, test case 2
    assert authentication.hmac_signature(b"what do ya want for nothing?", "Jefe") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
    # RFC 1321, appendix A.5
    assert authentication.md5_signature(["a", "b"], "c") == (
        "900150983cd24fb0d6963f7d28e17f72"
    )
    assert not authentication.is_signed("é", ["900150983cd24fb0d6963f7d28e17f72"])
    assert not authentication.is_signed("", [])


def test_address_is_looked_up_in_networks():
    networks = authentication.read_networks("79.142.16.0/20, 2001:db8::/32\n127.0.0.1")
    for address in ("79.142.31.255", "2001:db8::1", "127.0.0.1", "::ffff:127.0.0.1"):
        assert authentication.is_inside(address, networks)
    for address in ("79.142.32.0", "2001:db9::1", "", "x", "127.0.0.1, 8.8.8.8"):
        assert not authentication.is_inside(address, networks)
    with pytest.raises(ValueError, match="has host bits set"):
        authentication.read_networks("10.0.0.1/8")


def test_fingerprint_changes_with_each_part():
    base = ("B1", Decimal("10.00"), "EUR", "")
    prints = {
        fingerprint(*base),
        fingerprint("B2", *base[1:]),
        fingerprint("B1", Decimal("10.01"), "EUR", ""),
        fingerprint("B1", Decimal("10.00"), "KZT", ""),
        fingerprint("B1", Decimal("10.00"), "EUR", "F1"),
    }
    assert len(prints) == 5


def test_sharing_out_gives_the_whole_amount():
    debts = [
        Debt(account, account * 10 + month, date(2026, month, 10), Decimal(month))
        for account in (1, 2, 3)
        for month in (7, 8, 9)
    ]
    for cents in range(1, 9000, 311):
        amount = Decimal(cents) / 100
        for bill in (None, 28, 99):
            shares = share_out(amount, debts, 1, bill)
            assert sum(shares.values()) == amount
            assert all(part > 0 for part in shares.values())
    assert share_out(Decimal(5), [], 4) == {4: Decimal(5)}


REGISTER = "txn_id;account;sum;paid\n1;B1;10,50;x\n2;B2;3;y\n"


def read(text, **form):
    data = text if isinstance(text, bytes) else text.encode()
    return list(register.read_register(data, RegisterFormat(**form)))


def test_register_is_read_by_the_columns_of_the_profile():
    assert read(REGISTER, date_column="paid") == [
        RegisterLine(2, "1", "B1", Decimal("10.50"), "x"),
        RegisterLine(3, "2", "B2", Decimal("3.00"), "y"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1: no column txn_id, account, sum; there are none"),
        ("txn_id;sum\n", "line 1: no column account; there are txn_id, sum"),
        (REGISTER + "1;B1;1;z\n", "line 4: transaction 1 stands in line 2 too"),
        (REGISTER + "3;B1;x;z\n", "line 4: 'x' is no amount"),
        (REGISTER + "3;B1\n", "line 4: '' is no amount"),
        (REGISTER + ";B1;1;z\n", "line 4: txn_id is empty or too long"),
        (REGISTER + "9" * 65 + ";B1;1;z\n", "line 4: txn_id is empty or too long"),
        ('"txn_id;account', "line 1: unexpected end of data"),
        (REGISTER + '"3;B1;1;z', "line 4: unexpected end of data"),
        (b"\xff\xfe\x00", "line 1: not utf-8-sig"),
        (REGISTER + "\x00", "line 1: not a text file"),
    ],
)
def test_register_that_cannot_be_read_is_refused_with_its_line(text, words):
    with pytest.raises(RegisterError) as refused:
        read(text)
    assert str(refused.value) == words


def test_register_keeps_numbers_of_sixty_four_and_identifiers_of_forty_signs():
    (line,) = read(f"txn_id;account;sum\n{'9' * 64};{'a' * 50};1\n")
    assert (line.transaction_id, line.identifier) == ("9" * 64, "a" * 40)


def test_register_is_refused_at_the_line_that_is_one_too_many(monkeypatch):
    monkeypatch.setattr(register, "MOST_LINES", 2)
    assert len(read(REGISTER)) == 2
    with pytest.raises(RegisterError, match="line 4: more than 2 lines"):
        read(REGISTER + "3;B3;8.00;z\n")


def test_register_is_compared_both_ways():
    booked = {"1": Decimal("10.50"), "2": Decimal("4.00"), "9": Decimal(1)}
    lines = read(REGISTER + "3;B3;8.00;z\n")
    assert register.compare(lines, booked) == {
        "1": "equal",
        "2": "amount_differs",
        "3": "missing_here",
        "9": "missing_there",
    }
