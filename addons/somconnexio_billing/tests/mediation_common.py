# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Helpers to write tests about usage files: lines of the mobile wholesaler."""

from freezegun import freeze_time

from odoo.addons.somconnexio_base.tests.common import SomconnexioCommon

#: The instant that files are received at; October 2026 lies before it.
NOW = "2026-11-02 08:00:00"
HEADER = "ID_REGISTRO;TIPO;SENTIDO;ORIGEN;DESTINO;FECHA;HORA;CANTIDAD;COSTE;DESCRIPCION"
#: A mobile number that UsageCommon's subscription holds from 1 September 2026.
NUMBER = "34699000123"
NATIONAL = NUMBER.removeprefix("34")


def wholesale_line(**values):
    """Return a line of the mobile wholesaler; values by column name.

    By default a call of 65 seconds on 3 October at 10:22:33 in Madrid.
    """
    row = {
        "ID_REGISTRO": "1",
        "TIPO": "VOZ",
        "SENTIDO": "S",
        "ORIGEN": NATIONAL,
        "DESTINO": "933334444",
        "FECHA": "03/10/2026",
        "HORA": "10:22:33",
        "CANTIDAD": "65",
        "COSTE": "0,0125",
        "DESCRIPCION": "Fijo España",
        **values,
    }
    return ";".join(row[name] for name in HEADER.split(";"))


def wholesale_bytes(*lines):
    """Return a file of the mobile wholesaler that holds these lines."""
    return "".join(f"{line}\n" for line in (HEADER, *lines)).encode("iso-8859-15")


class UsageCommon(SomconnexioCommon):
    """A subscription that holds ``NUMBER``, and files that tell of its usage.

    The format quarantines no file for its share of bad lines, so that a test may
    consist of them.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.File = cls.env["telecom.usage.file"]
        cls.Event = cls.env["telecom.usage.event"]
        cls.Rejection = cls.env["telecom.usage.rejection"]
        cls.format = cls.env.ref("somconnexio_billing.usage_format_mobile_wholesale")
        cls.format.max_rejected_ratio = 1
        cls.subscription = cls._create_subscription(state="active", msisdn=NUMBER)

    @classmethod
    def _receive(cls, *lines, name="MW_CDR_20261003_0001.csv"):
        """Return the usage file of some lines, received at NOW."""
        with freeze_time(NOW):
            return cls.File.receive(wholesale_bytes(*lines), name)

    @classmethod
    def _load(cls, *lines, name="MW_CDR_20261003_0001.csv"):
        """Return the usage file of some lines, loaded."""
        file = cls._receive(*lines, name=name)
        file.load_usage()
        return file

    @classmethod
    def _events(cls, file):
        """Return the events of a file in the order of its lines."""
        events = cls.Event.search([("file_id", "=", file.id)])
        return events.sorted("line_number")

    def _outcomes(self, file):
        """Return what became of the lines: ``{line number: state or reason}``.

        An event is told by its state, one in suspense by its reason; a rejection by
        its reason, or by its state once it is settled.
        """
        outcomes = {}
        for event in self._events(file):
            self.assertNotIn(event.line_number, outcomes)
            outcomes[event.line_number] = event.reason or event.state
        for rejection in file.rejection_ids:
            if rejection.state == "recycled":
                self.assertIn(rejection.line_number, outcomes)
                continue
            self.assertNotIn(rejection.line_number, outcomes)
            is_open = rejection.state == "rejected"
            outcomes[rejection.line_number] = (
                rejection.reason if is_open else rejection.state
            )
        return outcomes

    def _assert_conserved(self, file):
        """Assert that each row of a file is in exactly one place, and counted there."""
        outcomes = self._outcomes(file)
        self.assertEqual(file.row_count, len(outcomes))
        self.assertEqual(
            file.row_count,
            file.event_count + file.duplicate_count + file.rejected_count,
        )
        self.assertEqual(file.event_count, len(self._events(file)))
