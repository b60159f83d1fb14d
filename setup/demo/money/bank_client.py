# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Speak with the bank that ``bank_simulator`` serves, over HTTP as with a real one."""

import json

import requests

TIMEOUT_SECONDS = 60


class BankClient:
    """One account holder's way to the bank.

    :param str url: where the bank is reached
    """

    def __init__(self, url):
        self.url = url
        self._taken = set()

    def set_up(self, **settings):
        """Let the bank behave as told; see its README for the names."""
        self._post("/settings", json.dumps(settings).encode())

    def send_order(self, content):
        """Hand in an order.

        :param bytes content: pain.008 or pain.001
        :return: dict with message_id, status and what else the bank says at once
        """
        return self._post("/orders", content)

    def plan_transfers(self, transfers):
        """Let people pay by transfer.

        :param list transfers: dicts with iban (of the receiver), day, amount (text),
            text, name and payer_iban
        """
        self._post("/transfers", json.dumps(transfers).encode())

    def let_days_pass(self, until):
        """Let the bank's day be ``until``, an ISO date; what is due happens."""
        self._post("/clock", json.dumps({"until": until}).encode())

    def new_files(self):
        """Return pairs of name and bytes that were not fetched yet, oldest first."""
        listed = requests.get(f"{self.url}/files", timeout=TIMEOUT_SECONDS).json()
        new = [row for row in listed if row["id"] not in self._taken]
        files = [(row["name"], self._get(f"/files/{row['id']}")) for row in new]
        self._taken.update(row["id"] for row in new)
        return files

    def truth(self):
        """Return what really happened to each debit, a list of dicts."""
        return requests.get(f"{self.url}/truth", timeout=TIMEOUT_SECONDS).json()

    def _get(self, path):
        answer = requests.get(self.url + path, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        return answer.content

    def _post(self, path, body):
        answer = requests.post(self.url + path, data=body, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        return answer.json()
