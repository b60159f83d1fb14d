# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from io import BytesIO

from odoo import http
from odoo.http import request

from odoo.addons.somconnexio_base.spreadsheet import (
    XLSX_MIMETYPE,
    Column,
    Kind,
    write_workbook,
)

from .file_response import file_response

#: Field, what its cells hold, width and decimals.
FIELDS = (
    ("subscription_id", Kind.TEXT, 28, 0),
    ("partner_id", Kind.TEXT, 36, 0),
    ("offering_id", Kind.TEXT, 28, 0),
    ("event_count", Kind.NUMBER, 10, 0),
    ("unrated_count", Kind.NUMBER, 14, 0),
    ("old_amount", Kind.NUMBER, 14, 6),
    ("new_amount", Kind.NUMBER, 14, 6),
    ("difference", Kind.NUMBER, 14, 6),
)
BATCH = 1_000


class SimulationController(http.Controller):
    """Hands out simulations as workbooks to whoever may read them."""

    @http.route(
        "/telecom/simulation/<int:simulation_id>.xlsx",
        type="http",
        auth="user",
        readonly=True,
    )
    def workbook(self, simulation_id):
        """Return a simulation's subscriptions, those that lose most first."""
        simulation = request.env["telecom.rating.simulation"].browse(simulation_id)
        simulation = simulation.exists()
        if not simulation:
            raise request.not_found()
        simulation.check_access("read")
        stream = BytesIO()
        write_workbook(
            stream, simulation.name, _columns(simulation.env), _rows(simulation)
        )
        filename = f"{simulation.name}.xlsx"
        return file_response(stream.getvalue(), filename, XLSX_MIMETYPE)


def _columns(env):
    """Return the columns, titled as the user's language has it."""
    names = env["telecom.rating.simulation.line"]._fields
    return [
        Column(names[name]._description_string(env), kind, width, digits)
        for name, kind, width, digits in FIELDS
    ]


def _rows(simulation):
    """Yield the cells of each subscription, some hundred read at a time."""
    Line = simulation.env["telecom.rating.simulation.line"]
    ids = Line.search([("simulation_id", "=", simulation.id)]).ids
    for start in range(0, len(ids), BATCH):
        for line in Line.browse(ids[start : start + BATCH]):
            yield [
                line[name].display_name if kind is Kind.TEXT else line[name]
                for name, kind, _width, _digits in FIELDS
            ]
        simulation.env.invalidate_all()
