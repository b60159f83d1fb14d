# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A bank's app that lets its customers pay, and an Odoo that it can call."""

from contextlib import contextmanager
from threading import Thread

import requests
from werkzeug.serving import make_server

TIMEOUT_SECONDS = 60


@contextmanager
def served_odoo(env):
    """Serve the Odoo of this process over HTTP.

    :param env: Odoo environment; what is to be seen must have been committed
    :return: context that gives the address
    """
    from odoo.http import root

    server = make_server("127.0.0.1", 0, _of_database(root, env.cr.dbname), True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _of_database(application, name):
    """Return a WSGI application that always serves one database."""

    def call(environ, start_response):
        environ["HTTP_X_ODOO_DATABASE"] = name
        return application(environ, start_response)

    return call


class BankApp:
    """Speak the plain pair: who owes how much, then that it was paid.

    :param str url: of the gateway's profile
    :param str token: that the cooperative gave to the bank
    """

    def __init__(self, url, token):
        self.url = url
        self._headers = {"Authorization": f"Bearer {token}"}

    def owed(self, identifier):
        """Return the sum that the cooperative tells, as text."""
        answer = requests.get(
            f"{self.url}/GetCustomerInfo",
            {"iin": identifier},
            headers=self._headers,
            timeout=TIMEOUT_SECONDS,
        )
        return self._told(answer)["sum"]

    def pay(self, identifier, amount, number, instant):
        """Tell a payment.

        :param str amount: in euros, with a point
        :param str number: the bank's own
        :param str instant: civil, ISO
        :return: dict of the reply
        """
        body = {"iin": identifier, "sum": amount, "txn_id": number, "date": instant}
        answer = requests.post(
            f"{self.url}/PostCustomersInfo",
            json=body,
            headers=self._headers,
            timeout=TIMEOUT_SECONDS,
        )
        return self._told(answer)

    def _told(self, answer):
        answer.raise_for_status()
        reply = answer.json()
        if reply.get("code", 0) != 0:
            raise ValueError(f"the gateway answers {reply}")
        return reply
