# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The paper that a payer signs: the texts of the scheme and the page; no Odoo."""

from .form import MandateForm, write_form
