# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A payment page of Redsys: it checks what a shop sends and signs what it answers.

Written from the published description of the signature ``HMAC_SHA256_V1``: the shop's
key encrypts the order's number with 3DES (CBC, zero vector, filled up with zeros); the
result is the key of an HMAC-SHA256 over the parameters as they travel, in base64.
Nothing of Odoo's own module is used.
"""

import base64
import hashlib
import hmac
import json
from html.parser import HTMLParser

from cryptography.hazmat.primitives.ciphers import Cipher, modes

try:
    from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
except ImportError:  # until cryptography 43
    from cryptography.hazmat.primitives.ciphers.algorithms import TripleDES


class _Form(HTMLParser):
    """Collects where a form goes and its hidden inputs."""

    def __init__(self):
        super().__init__()
        self.action, self.inputs = "", {}

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.action = attrs.get("action", "")
        elif tag == "input":
            self.inputs[attrs["name"]] = attrs.get("value", "")


class RedsysSimulator:
    """One shop at Redsys.

    :param str key: the shop's secret, base64
    """

    def __init__(self, key):
        self.key = base64.b64decode(key)

    def signature(self, order, parameters):
        """Return the signature of parameters as they travel, as bytes."""
        block = order.encode()
        block += bytes(-len(block) % 8)
        encryptor = Cipher(TripleDES(self.key), modes.CBC(bytes(8))).encryptor()
        secret = encryptor.update(block) + encryptor.finalize()
        return hmac.new(secret, parameters.encode(), hashlib.sha256).digest()

    def take(self, form):
        """Return what a shop's form asks for.

        :param str form: HTML
        :return: dict of the merchant's parameters
        :raise ValueError: when its signature is not the shop's
        """
        page = _Form()
        page.feed(form)
        parameters = page.inputs["Ds_MerchantParameters"]
        asked = json.loads(base64.b64decode(parameters))
        right = self.signature(asked["DS_MERCHANT_ORDER"], parameters)
        if base64.urlsafe_b64decode(page.inputs["Ds_Signature"]) != right:
            raise ValueError("SIS0042: the signature is wrong")
        return {**asked, "address": page.action}

    def answer(self, asked, response="0000", key=None, **changes):
        """Return the fields of a notification about a payment.

        :param dict asked: what :meth:`take` returned
        :param str response: ``0000`` to ``0099`` is money taken
        :param str key: base64, of somebody who is not Redsys
        :param changes: parameters that differ from what was asked
        """
        told = {
            "Ds_Order": asked["DS_MERCHANT_ORDER"],
            "Ds_Amount": asked["DS_MERCHANT_AMOUNT"],
            "Ds_Currency": asked["DS_MERCHANT_CURRENCY"],
            "Ds_MerchantCode": asked["DS_MERCHANT_MERCHANTCODE"],
            "Ds_Terminal": asked["DS_MERCHANT_TERMINAL"],
            "Ds_Response": response,
            "Ds_Card_Brand": "1",
            **changes,
        }
        parameters = base64.b64encode(json.dumps(told).encode()).decode()
        signer = RedsysSimulator(key) if key else self
        digest = signer.signature(asked["DS_MERCHANT_ORDER"], parameters)
        return {
            "Ds_SignatureVersion": "HMAC_SHA256_V1",
            "Ds_MerchantParameters": parameters,
            "Ds_Signature": base64.urlsafe_b64encode(digest).decode(),
        }
