# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models
from odoo.exceptions import AccessError


class TelecomEngineFieldsMixin(models.AbstractModel):
    """A record most of whose fields follow from what the engine did to it.

    What people may write is not readonly; all other stored fields only the engine
    writes, with the machine's rights.
    """

    _name = "telecom.engine.fields.mixin"
    _description = "Fields that only the engine writes"

    #: Readonly fields that are no result, so that screens may send them along.
    _no_engine_fields = frozenset()

    def write(self, vals):
        """Override of `base`: people write what no step has found out.

        :raise AccessError: when a person writes a field that only the engine writes
        """
        self._check_written_fields(vals)
        return super().write(vals)

    def _check_written_fields(self, names):
        """Raise when a person writes what only the engine may write.

        :param names: iterable of field names
        """
        if self.env.su:
            return
        own = self._engine_fields().intersection(names)
        if own:
            labels = sorted(self._fields[name].string for name in own)
            raise AccessError(self._engine_fields_text(", ".join(labels)))

    def _engine_fields(self):
        """Return the names of the fields that only the engine writes."""
        return {
            name
            for name, field in self._fields.items()
            if field.readonly
            and field.store
            and name not in models.MAGIC_COLUMNS
            and not name.startswith(("activity_", "message_"))
        } - self._no_engine_fields

    def _engine_fields_text(self, labels):
        """Return why these fields can't be written, for people."""
        raise NotImplementedError
