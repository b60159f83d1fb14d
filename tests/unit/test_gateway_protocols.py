# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What banks call and what they are answered, without a database."""

import doctest
import importlib
import json
import pkgutil
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from odoo.addons.somconnexio_payments import gateway_protocols
from odoo.addons.somconnexio_payments.gateway_protocols import PROTOCOLS
from odoo.addons.somconnexio_payments.gateway_protocols.messages import (
    Action,
    Answer,
    Call,
    OwedBill,
    Row,
)
from odoo.addons.somconnexio_payments.gateway_protocols.outcome import Outcome, Refusal

NOW = datetime(2026, 10, 15, 12, 0, 0)
OSMP_PAY = "command=pay&txn_id=1234567&txn_date=20261015120133&account=B1&sum=10.45"


def get(query, action=""):
    return Call("GET", query, action=action)


def post(data, action="", content_type="application/json"):
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    return Call("POST", "", content_type, body, action)


def understand(code, call, **changes):
    protocol = PROTOCOLS[code]
    layout = replace(protocol.layout, **changes)
    values = protocol.parameters(call, layout)
    return protocol.command(call, values, layout)


def outcome_of(code, call, **changes):
    with pytest.raises(Refusal) as refused:
        understand(code, call, **changes)
    return refused.value.outcome


def answer(code, outcome=Outcome.OK, **values):
    protocol = PROTOCOLS[code]
    return protocol.write(Answer(outcome, NOW, **values), protocol.layout)


@pytest.mark.parametrize(
    "name",
    [module.name for module in pkgutil.iter_modules(gateway_protocols.__path__)],
)
def test_docstring_examples_are_true(name):
    module = importlib.import_module(f"{gateway_protocols.__name__}.{name}")
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("code", PROTOCOLS)
def test_every_protocol_has_a_code_for_every_outcome(code):
    assert PROTOCOLS[code].layout.codes.keys() == {item.value for item in Outcome}


@pytest.mark.parametrize(
    ("code", "call"),
    [
        (
            "plain_pair",
            post(
                {"iin": "B1", "sum": 10.45, "txn_id": "T-1"}
                | {"date": "2026-10-15T12:01:33"},
                "PostCustomersInfo",
            ),
        ),
        ("osmp", get(OSMP_PAY)),
        ("osmp", post(OSMP_PAY.encode(), "", "application/x-www-form-urlencoded")),
        ("osmp_json", get(OSMP_PAY)),
        (
            "aggregator",
            post({"account": "B1", "operationId": "T-1", "amount": "10.45"}, "pay"),
        ),
        (
            "sberbank",
            get(
                "ACTION=payment&ACCOUNT=B1&AMOUNT=10.45&PAY_ID=7"
                "&PAY_DATE=15.10.2026_12:01:33"
            ),
        ),
        (
            "kassa24",
            get(
                "action=payment&number=B1&amount=10.45&receipt=7"
                "&date=2026-10-15+12%3A01%3A33"
            ),
        ),
    ],
)
def test_payment_is_understood_in_every_protocol(code, call):
    command = understand(code, call)
    assert command.action is Action.PAY
    assert command.identifier == "B1"
    assert command.transaction_id
    assert command.amount == Decimal("10.45")
    assert command.paid_at in (datetime(2026, 10, 15, 12, 1, 33), None)


def test_profile_may_rename_fields_and_count_in_cents():
    layout = PROTOCOLS["osmp"].layout
    command = understand(
        "osmp",
        get("do=pagar&id=9&on=2026-10-15&who=B1&cents=1045"),
        amount_format="cents",
        date_format="%Y-%m-%d",
        asks=layout.asks
        | {"action": "do", "transaction_id": "id", "paid_at": "on"}
        | {"identifier": "who", "amount": "cents"},
        words={"pay": "pagar"},
    )
    assert (command.amount, command.transaction_id) == (Decimal("10.45"), "9")


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ("sum=10.4", Outcome.BAD_AMOUNT),
        ("sum=10,45", Outcome.BAD_AMOUNT),
        ("sum=1e3", Outcome.BAD_AMOUNT),
        ("sum=-10.45", Outcome.BAD_AMOUNT),
        ("sum=%D9%A1%D9%A0.45", Outcome.BAD_AMOUNT),
        ("sum=9999999999.00", Outcome.BAD_AMOUNT),
        ("sum=", Outcome.BAD_AMOUNT),
        ("txn_id=123456789012345678901", Outcome.BAD_TRANSACTION),
        ("txn_id=12a", Outcome.BAD_TRANSACTION),
        ("txn_date=20261315120133", Outcome.BAD_DATE),
        ("txn_date=2026101512013", Outcome.BAD_DATE),
        ("account=%27+OR+1%3D1--", Outcome.BAD_ACCOUNT),
        ("account=" + "9" * 41, Outcome.BAD_ACCOUNT),
        ("account=B1%00", Outcome.MALFORMED),
        ("account=%ff", Outcome.MALFORMED),
        ("account=B1&account=B2", Outcome.MALFORMED),
        ("command=drop", Outcome.UNKNOWN_ACTION),
        ("x" * 41 + "=1", Outcome.MALFORMED),
        ("x=" + "1" * 501, Outcome.MALFORMED),
    ],
)
def test_odd_value_is_refused_with_its_own_outcome(changed, outcome):
    name = changed.partition("=")[0]
    kept = [pair for pair in OSMP_PAY.split("&") if not pair.startswith(f"{name}=")]
    assert outcome_of("osmp", get("&".join([*kept, changed]))) is outcome


@pytest.mark.parametrize("name", ["txn_id", "txn_date", "account", "sum", "command"])
def test_payment_without_a_field_is_refused(name):
    kept = [pair for pair in OSMP_PAY.split("&") if not pair.startswith(f"{name}=")]
    assert outcome_of("osmp", get("&".join(kept))) is not Outcome.OK


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"account": NaN}',
        b'{"account": true}',
        b'{"account": ["B1"]}',
        b'{"account": {"a": 1}}',
        b'{"account": "B1", "account": "B2"}',
        b'{"account": 1e400}',
        b'{"account": "B\\u0000"}',
        b'{"account": "B\\ud800"}',
        b"\xff\xfe",
        b"[" * 5000,
        b'{"a": ' * 5000,
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    ],
)
def test_odd_body_is_refused(body):
    assert outcome_of("aggregator", post(body, "check")) is Outcome.MALFORMED


@pytest.mark.parametrize(
    ("call", "status"),
    [
        (Call("POST", "", "application/json", b"{}"), 405),
        (Call("GET", OSMP_PAY, body=b"x"), 400),
        (Call("PUT", OSMP_PAY), 405),
    ],
)
def test_wrong_method_is_refused(call, status):
    with pytest.raises(Refusal) as refused:
        understand("osmp", call, transport="get")
    assert refused.value.status == status


def test_parameters_beside_a_body_are_refused():
    form = "application/x-www-form-urlencoded"
    with pytest.raises(Refusal) as refused:
        understand("osmp", Call("POST", "sum=1", form, OSMP_PAY.encode()))
    assert refused.value.status == 400


def test_a_call_has_forty_parameters_at_most():
    forty = OSMP_PAY + "".join(f"&x{number}=1" for number in range(35))
    assert understand("osmp", get(forty)).identifier == "B1"
    assert outcome_of("osmp", get(forty + "&x=1")) is Outcome.MALFORMED


def test_wrong_type_of_body_is_refused():
    with pytest.raises(Refusal) as refused:
        understand("aggregator", post(b"account=B1", "check", "text/plain"))
    assert refused.value.status == 415


def test_xml_answer_escapes_what_people_are_called():
    name = "<b>&\"']]>\x00\x0b</b>"
    data = answer("osmp", action=Action.CHECK, name=name, owed=Decimal(5))
    root = ElementTree.fromstring(data)
    assert root.find("fields/field1").text == "<b>&\"']]></b>"
    assert root.find("fields/field2").attrib == {"name": "balance", "type": "disp"}
    assert root.find("fields/field2").text == "5.00"


def test_osmp_answer_of_a_payment_has_the_fields_of_the_standard():
    data = answer(
        "osmp",
        action=Action.PAY,
        transaction_id="1234567",
        receipt="2016",
        amount=Decimal("10.45"),
    )
    assert data.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<response>'
        "<osmp_txn_id>1234567</osmp_txn_id><prv_txn>2016</prv_txn><sum>10.45</sum>"
        "<result>0</result><comment>OK</comment></response>\n"
    )


def test_json_child_tells_the_name_in_a_field():
    data = answer(
        "osmp_json",
        action=Action.CHECK,
        transaction_id="7",
        name="Mar*** S.",
        owed=Decimal(200),
    )
    assert json.loads(data) == {
        "txn_id": "7",
        "result": 0,
        "sum": "200.00",
        "comment": "OK",
        "fields": {"field1": {"@name": "name", "#text": "Mar*** S."}},
    }


@pytest.mark.parametrize("amount", ["0", "0.00", "1", "anything"])
def test_json_child_does_not_judge_the_sum_of_a_check(amount):
    query = f"command=check&txn_id=1&account=B1&sum={amount}"
    assert understand("osmp_json", get(query)).amount is None


@pytest.mark.parametrize("code", PROTOCOLS)
@pytest.mark.parametrize("name", ["name", "owed", "amount", "comment", "receipt"])
def test_profile_may_leave_out_what_an_answer_tells(code, name):
    protocol = PROTOCOLS[code]
    named = protocol.layout.tells
    without = {ours: own for ours, own in named.items() if ours != name}
    told = Answer(
        Outcome.OK,
        datetime(2026, 10, 15),
        action=Action.CHECK,
        identifier="B1",
        transaction_id="7",
        receipt="2016",
        amount=Decimal(5),
        name="Mar*** S.",
        owed=Decimal(20),
    )
    written = {
        protocol.write(told, replace(protocol.layout, tells=tells))
        for tells in (without, {ours: without.get(ours, "") for ours in named})
    }
    assert len(written) == 1


@pytest.mark.parametrize("code", ["osmp", "sberbank"])
def test_profile_may_name_the_root_of_an_xml_answer(code):
    protocol = PROTOCOLS[code]
    tells = {**protocol.layout.tells, "root": "RESPONSE"}
    layout = replace(protocol.layout, tells=tells)
    written = protocol.write(Answer(Outcome.OK, datetime(2026, 10, 15)), layout)
    assert ElementTree.fromstring(written).tag == "RESPONSE"


def test_json_child_lists_debtors_of_a_month_by_pages():
    command = understand("osmp_json", get("date=202610&page=2&rows=50"))
    assert command.action is Action.LIST
    assert (command.month, command.page, command.rows) == (date(2026, 10, 1), 2, 50)
    data = answer(
        "osmp_json",
        action=Action.LIST,
        rows=(Row("B1", Decimal("12.5"), info="Mar*** S."),),
    )
    assert json.loads(data) == {
        "data": [{"account": "B1", "info": "Mar*** S.", "sum": "12.50"}],
        "error": None,
    }
    assert outcome_of("osmp_json", get("date=202610&rows=501")) is Outcome.MALFORMED


def test_sberbank_answer_has_capitals_and_the_first_registration():
    data = answer(
        "sberbank",
        Outcome.DUPLICATE,
        action=Action.PAY,
        receipt="12",
        amount=Decimal(5),
        booked_at=NOW,
    )
    root = ElementTree.fromstring(data)
    assert [(item.tag, item.text) for item in root] == [
        ("EXT_ID", "12"),
        ("REG_DATE", "15.10.2026_12:00:00"),
        ("AMOUNT", "5.00"),
        ("CODE", "8"),
        ("MESSAGE", "This transaction has been taken before"),
    ]


def test_kassa24_answer_of_a_check_has_an_invoice():
    data = answer("kassa24", action=Action.CHECK, owed=Decimal("7.5"))
    assert json.loads(data) == {
        "Code": 0,
        "Message": "OK",
        "Date": "2026-10-15 12:00:00",
        "Invoice": [{"amount": "7.50"}],
    }


def test_plain_pair_lists_the_bills():
    bill = OwedBill("F/1", Decimal("7.5"), date(2026, 10, 10), True)
    data = answer("plain_pair", action=Action.CHECK, owed=bill.amount, bills=(bill,))
    assert json.loads(data)["bills"] == [
        {
            "number": "F/1",
            "sum": "7.50",
            "due_date": "2026-10-10",
            "being_debited": True,
        }
    ]


@pytest.mark.parametrize(
    ("status", "action"),
    [("YES", Action.STATUS), ("NO", Action.CANCEL), ("ERROR", Action.CANCEL)],
)
def test_aggregator_s_notice_confirms_or_takes_back(status, action):
    call = post({"operationId": "T-1", "status": status}, "notify")
    assert understand("aggregator", call).action is action


@pytest.mark.parametrize(
    ("notice", "outcome"),
    [
        ({"operationId": "T-1", "status": "MAYBE"}, Outcome.MALFORMED),
        ({"operationId": "T-1"}, Outcome.MALFORMED),
        ({"status": "NO"}, Outcome.BAD_TRANSACTION),
        ({"transactionId": "12a", "status": "NO"}, Outcome.BAD_TRANSACTION),
    ],
)
def test_aggregator_s_notice_that_says_too_little_is_refused(notice, outcome):
    assert outcome_of("aggregator", post(notice, "notify")) is outcome


def test_cancelling_names_the_bank_s_number_or_ours():
    layout = PROTOCOLS["osmp"].layout
    words = layout.words | {"cancel": "cancel"}
    assert understand("osmp", get("command=cancel&txn_id=7"), words=words)
    found = outcome_of("osmp", get("command=cancel&account=B1"), words=words)
    assert found is Outcome.BAD_TRANSACTION


@pytest.mark.parametrize("code", PROTOCOLS)
@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_can_be_answered_in_every_protocol(code, outcome):
    data = answer(code, outcome)
    assert str(PROTOCOLS[code].layout.code(outcome)).encode() in data
