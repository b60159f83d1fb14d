# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Where a bank's call begins to be too much, and what a profile's trial sends."""

import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from odoo.addons.somconnexio_payments.gateway_protocols import PROTOCOLS
from odoo.addons.somconnexio_payments.gateway_protocols.masking import mask_identifier
from odoo.addons.somconnexio_payments.gateway_protocols.messages import (
    Action,
    Answer,
    Call,
    Row,
)
from odoo.addons.somconnexio_payments.gateway_protocols.outcome import Outcome, Refusal
from odoo.addons.somconnexio_payments.gateway_protocols.rendering import xml

NOW = datetime(2026, 10, 15, 12, 0, 0)
PAY = "command=pay&txn_id=1234567&txn_date=20261015120133&account=B1&sum=10.45"
OSMP, PLAIN = PROTOCOLS["osmp"], PROTOCOLS["plain_pair"]
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def read(call, protocol=OSMP, **changes):
    layout = replace(protocol.layout, **changes)
    return protocol.parameters(call, layout)


def command(text, **changes):
    layout = replace(OSMP.layout, **changes)
    return OSMP.command(Call("GET", text), read(Call("GET", text)), layout)


def refusal(action, *args, **options):
    with pytest.raises(Refusal) as refused:
        action(*args, **options)
    return refused.value


def posted(text):
    return read(Call("POST", "", JSON, text.encode(), "check"), PROTOCOLS["aggregator"])


def test_name_and_value_are_as_long_as_they_may_be():
    longest = {"n" * 40: "1", "v": "2" * 500}
    query = "&".join(f"{name}={value}" for name, value in longest.items())
    assert read(Call("GET", query)) == longest


def test_number_in_json_has_twenty_digits_at_most():
    assert posted('{"a": ' + "9" * 20 + "}") == {"a": "9" * 20}
    assert posted('{"a": 1e19, "b": 0.50, "c": null}') == {
        "a": "1" + "0" * 19,
        "b": "0.50",
        "c": "",
    }
    for text in ("9" * 21, "1e20", "1e-20"):
        assert refusal(posted, '{"a": ' + text + "}").outcome is Outcome.MALFORMED


def test_call_that_is_too_long_is_refused_whatever_it_says():
    refused = refusal(read, Call("GET", PAY, is_too_long=True))
    assert (refused.outcome, refused.status) == (Outcome.MALFORMED, 413)


def test_form_that_is_no_ascii_is_refused_and_blank_values_are_kept():
    odd = Call("POST", "", FORM, "sum=ñ".encode())
    assert refusal(read, odd).outcome is Outcome.MALFORMED
    assert read(Call("GET", "command=check&account=")) == {
        "command": "check",
        "account": "",
    }


@pytest.mark.parametrize(
    ("outcome", "status"),
    [(Outcome.FORBIDDEN, 403), (Outcome.BUSY, 429), (Outcome.NOT_FOUND, 200)],
)
def test_refusal_has_words_and_the_status_of_its_outcome(outcome, status):
    refused = Refusal(outcome)
    assert (refused.status, bool(str(refused))) == (status, True)
    assert str(Refusal(outcome, "Closed on Sundays")) == "Closed on Sundays"


@pytest.mark.parametrize("year", ["1999", "2101"])
def test_payment_of_another_century_is_refused(year):
    for taken in ("2000", "2100"):
        assert command(PAY.replace("2026", taken)).paid_at.year == int(taken)
    assert refusal(command, PAY.replace("2026", year)).outcome is Outcome.BAD_DATE


def test_word_behind_the_path_is_refused_where_the_action_is_a_parameter():
    call = Call("GET", PAY, action="pay")
    refused = refusal(OSMP.command, call, read(call), OSMP.layout)
    assert refused.outcome is Outcome.UNKNOWN_ACTION


def test_our_number_is_digits_and_a_bill_has_the_signs_of_numbers():
    asked = "command=status&txn_id=7&prv_txn=%s"
    assert command(asked % "15").receipt == "15"
    assert refusal(command, asked % "15a").outcome is Outcome.BAD_TRANSACTION
    asks = OSMP.layout.asks | {"bill": "bill"}
    assert command(PAY + "&bill=INV/2026/7", asks=asks).bill == "INV/2026/7"
    wrong = refusal(command, PAY + "&bill=%3Cb%3E", asks=asks)
    assert wrong.outcome is Outcome.MALFORMED


def test_pages_of_a_list_have_a_first_and_a_last():
    asks = OSMP.layout.asks | {"page": "page", "rows": "rows"}
    base = "command=check&account=B1"
    plain = command(base, asks=asks)
    assert (plain.page, plain.rows) == (1, 10)
    most = command(base + "&page=100000&rows=500", asks=asks)
    assert (most.page, most.rows) == (100_000, 500)
    for text in ("page=0", "page=100001", "rows=501", "rows=x", "rows=%C2%B2"):
        wrong = refusal(command, f"{base}&{text}", asks=asks)
        assert wrong.outcome is Outcome.MALFORMED


def test_at_most_four_signs_of_an_identifier_can_be_read():
    assert mask_identifier("ES40001111V") == "********11V"
    assert mask_identifier("123456789012") == "********9012"
    assert mask_identifier("1234567890123456") == "************3456"


def test_payments_of_a_day_are_listed_and_in_no_other_answer():
    row = Row("B1", Decimal(5), transaction_id="7", receipt="15")
    answer = Answer(Outcome.OK, NOW, Action.VERIFY, rows=(row,))
    found = ElementTree.fromstring(OSMP.write(answer, OSMP.layout)).find("payments")
    assert [item.text for item in found[0]] == ["7", "15", "5.00"]
    told = json.loads(PLAIN.write(answer, PLAIN.layout))["payments"]
    assert [(one["txn_id"], one["document"]) for one in told] == [("7", "15")]
    other = replace(answer, action=Action.CHECK)
    assert b"payments" not in OSMP.write(other, OSMP.layout)
    assert "payments" not in json.loads(PLAIN.write(other, PLAIN.layout))


def test_element_cannot_be_named_by_what_is_no_name():
    with pytest.raises(ValueError, match="cannot be the name"):
        xml("response", [("1 <b>", "x")])


@pytest.mark.parametrize("code", PROTOCOLS)
def test_trial_of_a_profile_sends_what_the_protocol_reads(code):
    protocol = PROTOCOLS[code]
    layout = protocol.layout
    values = {
        layout.asks["identifier"]: "B1",
        layout.asks["transaction_id"]: "7",
        layout.asks["amount"]: "10.45",
    }
    if "paid_at" in layout.asks:
        values[layout.asks["paid_at"]] = layout.write_instant(NOW)
    word, path = layout.words["pay"], ""
    if protocol.action_is_path:
        path = word
    else:
        values[layout.asks["action"]] = word
    call = protocol.make_call(Action.PAY, values, path, layout)
    read_back = protocol.command(call, protocol.parameters(call, layout), layout)
    assert (read_back.action, read_back.amount) == (Action.PAY, Decimal("10.45"))


def test_trial_by_form_carries_its_parameters_in_the_body():
    layout = replace(OSMP.layout, transport="form")
    call = OSMP.make_call(Action.CHECK, {"account": "ñ"}, "", layout)
    assert (call.method, call.query, call.content_type) == ("POST", "", FORM)
    assert OSMP.parameters(call, layout) == {"account": "ñ"}


def test_month_of_a_list_begins_on_its_first_day():
    child = PROTOCOLS["osmp_json"]
    call = Call("GET", "date=202612")
    asked = child.command(call, child.parameters(call, child.layout), child.layout)
    assert asked.month == date(2026, 12, 1)
