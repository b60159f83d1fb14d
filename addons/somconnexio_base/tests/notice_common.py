# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A cooperative that tells its members something, by mail and SMS that stay here."""

from contextlib import ExitStack
from unittest.mock import patch

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .common import SomconnexioCommon
from .sms_gateway_sim import SmsGatewaySim
from .smtp_sink import SmtpSink


class Killed(BaseException):
    """What ends a worker: nobody catches it."""


class NoticeCommon(SomconnexioCommon):
    """``cls.kind`` tells persons something by mail; no quiet hours, no notices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(patch.object(IrMail_Server, "_disable_send", bool))
        cls.sink = cls.enterClassContext(SmtpSink())
        cls.sim = cls.enterClassContext(SmsGatewaySim())
        cls.env["ir.mail_server"].search([]).active = False
        cls.server = cls.env["ir.mail_server"].create(
            {"name": "sink", "smtp_host": "127.0.0.1", "smtp_port": cls.sink.port}
        )
        cls.Notice = cls.env["telecom.notice"]
        others = cls.Notice.sudo().search([("state", "in", ("waiting", "sending"))])
        others.state = "cancelled"
        cls.gateway = cls._create_gateway()
        cls.company.write(
            {
                "name": "Som Connexió SCCL",
                "email": "hola@coop.example",
                "country_id": cls.env.ref("base.es").id,
                "telecom_quiet_start_hour": 0,
                "telecom_quiet_end_hour": 0,
                "telecom_sms_gateway_id": cls.gateway.id,
            }
        )
        cls.news = cls._ref("notice_purpose_news")
        cls.kind = cls._create_kind("test_note")
        cls.maria = cls._create_person("Maria")
        cls.joan = cls._create_person("Joan")
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.sim.clear()
        self.sink.messages.clear()
        self.sink.refused.clear()
        self.sink.breaks = False

    @classmethod
    def _create_gateway(cls, **vals):
        return cls.env["telecom.sms.gateway"].create(
            {
                "name": "Simulator",
                "url": cls.sim.url,
                "secret": "s3cret",
                "id_path": "messages.0.id",
                "connection_count": 1,
                **vals,
            }
        )

    @classmethod
    def _create_kind(cls, code, model="res.partner", **vals):
        """Return a kind of notice, by default about persons and by mail."""
        return cls.env["telecom.notice.kind"].create(
            {
                "name": "A note",
                "code": code,
                "model_id": cls.env["ir.model"]._get_id(model),
                "partner_path": False if model == "res.partner" else "partner_id",
                "purpose_id": cls.news.id,
                "subject": "News for {{ object.name }}",
                "body": "<p>Hello <t t-out='object.name'/>, it is so.</p>",
                "sms_text": "{{ object.name }}: it is so.",
                **vals,
            }
        )

    @classmethod
    def _create_person(cls, name, **vals):
        number = next(cls._numbers)
        return cls.env["res.partner"].create(
            {
                "name": name,
                "email": f"{name.lower()}{number}@example.org",
                "phone": f"+34 612 00 {number:04d}",
                "lang": "en_US",
                **vals,
            }
        )

    def _announce(self, records=None, kind=None, window=""):
        records = self.maria if records is None else records
        return self.Notice._announce((kind or self.kind).code, records, window)

    def _notices(self, kind=None):
        return self.Notice.search([("kind_id", "=", (kind or self.kind).id)])

    def _send(self, channel="mail"):
        """Send what waits, as the scheduler does."""
        with ExitStack() as stack:
            if not type(self)._registry_patched:  # a browser's test does it itself
                stack.enter_context(self.enter_registry_test_mode())
            while self.Notice.sudo()._send_slice(self.company, channel):
                pass

    def _mails(self):
        """Return recipients and messages that left."""
        return [(recipients[0], message) for recipients, message in self.sink.messages]
