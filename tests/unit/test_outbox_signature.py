# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Receivers can prove that a message is ours; logs never hold a secret."""

import base64

import pytest
from outbox import credential, transport, webhook_signature
from outbox.credential import Credential
from outbox.errors import SettingError
from outbox.redaction import MASK, redact
from outbox.webhook_signature import SignatureError, headers, verify

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
SENT_AT = 1614265330
BODY = b'{"test": 2432232314}'


def test_signature_agrees_with_the_vector_of_the_standard():
    signed = headers([SECRET], ID, SENT_AT, BODY)
    assert signed == {
        "webhook-id": ID,
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    assert verify(SECRET, signed, BODY, SENT_AT) == ID


@pytest.mark.parametrize(
    ("changes", "body", "later"),
    [
        ({}, b'{"test": 2432232315}', 0),
        ({}, BODY + b" ", 0),
        ({}, b"", 0),
        ({"webhook-id": "msg_other"}, BODY, 0),
        ({"webhook-timestamp": "1614265331"}, BODY, 0),
        ({"webhook-timestamp": "soon"}, BODY, 0),
        ({"webhook-signature": ""}, BODY, 0),
        ({"webhook-signature": "v1,AAAA v1a,BBBB"}, BODY, 0),
        ({}, BODY, 301),
        ({}, BODY, -301),
    ],
)
def test_message_that_was_touched_or_replayed_is_refused(changes, body, later):
    signed = headers([SECRET], ID, SENT_AT, BODY) | changes
    with pytest.raises(SignatureError):
        verify(SECRET, signed, body, SENT_AT + later)


def test_message_without_a_header_is_refused():
    with pytest.raises(SignatureError):
        verify(SECRET, {}, BODY, SENT_AT)


def test_receiver_verifies_by_either_secret_while_they_change():
    new = webhook_signature.make_secret()
    signed = headers([new, SECRET], ID, SENT_AT, BODY)
    assert len(signed["webhook-signature"].split()) == 2
    assert verify(SECRET, signed, BODY, SENT_AT) == ID
    assert verify(new, signed, BODY, SENT_AT) == ID
    with pytest.raises(SignatureError):
        verify(webhook_signature.make_secret(), signed, BODY, SENT_AT)


def test_secret_made_here_is_new_each_time_and_of_32_bytes():
    secrets = {webhook_signature.make_secret() for _time in range(3)}
    assert len(secrets) == 3
    assert {len(webhook_signature.secret_bytes(secret)) for secret in secrets} == {32}


@pytest.mark.parametrize(
    "secret",
    ["", "whsec_", "whsec_####", "whsec_" + base64.b64encode(b"x" * 23).decode()],
)
def test_secret_that_is_too_short_or_no_base64_is_refused(secret):
    with pytest.raises(SettingError):
        webhook_signature.secret_bytes(secret)


def test_credential_makes_the_header_of_its_kind():
    made = {
        kind: Credential(kind, "me", "s3cret!").headers("k", SENT_AT, BODY)
        for kind in (credential.NONE, credential.BEARER, credential.BASIC)
    }
    assert made == {
        "none": {},
        "bearer": {"Authorization": "Bearer s3cret!"},
        "basic": {"Authorization": "Basic bWU6czNjcmV0IQ=="},
    }


def test_hmac_signs_the_time_and_the_body():
    login = Credential(credential.HMAC, secret="key")
    made = [
        login.headers("k", seconds, body)["X-Signature"]
        for seconds, body in ((1, b"a"), (1, b"a"), (2, b"a"), (1, b"b"))
    ]
    assert made[0] == made[1]
    assert len(set(made)) == 3
    # printf '1.a' | openssl dgst -sha256 -hmac key
    expected = "32a5f52f8b585db06b5960c1b30992c0575588cf6343eeb646efa5bfd9ca5a17"
    assert made[0] == f"sha256={expected}"


def test_login_without_its_secret_is_refused():
    for kind in (credential.BEARER, credential.BASIC, credential.HMAC):
        with pytest.raises(SettingError) as raised:
            Credential(kind, "me").headers("k", 1, BODY)
        assert raised.value.code == "secret_missing"


def test_secrets_show_in_no_repr():
    login = Credential(credential.BASIC, "me", "s3cret!", "0ld-secret")
    request = transport.Request(
        "POST", "https://example.org/", login.headers("k", 1, b""), b"private"
    )
    for shown in (repr(login), repr(request)):
        for secret in ("s3cret!", "0ld-secret", "bWU6", "private"):
            assert secret not in shown


def test_secret_that_an_endpoint_echoes_is_masked():
    text = "you sent Basic bWU6czNjcmV0IQ== and s3cret!, no: ab"
    shown = redact(text, ["s3cret!", None, "ab"], "me")
    assert shown == f"you sent Basic {MASK} and {MASK}, no: ab"
