# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Names of records in the language of a bill, each table read once."""

from functools import cache

# What a record is called on bills, where that is not (always) its name.
LABEL_FIELDS = {"account.tax": "invoice_label"}


class BillNames:
    """Looks names up by model and id in one language.

    The models are small tables of configuration (destinations, categories, taxes):
    each is read whole on first use.
    """

    def __init__(self, env, language):
        self._env = env(context={**env.context, "lang": language, "active_test": False})
        self._names = cache(self._read)

    def _read(self, model):
        label = LABEL_FIELDS.get(model, "name")
        records = self._env[model].search_fetch([], list({label, "name"}))
        return {record.id: record[label] or record.name for record in records}

    def __call__(self, model, record_id):
        """Return the name of one record, empty when there is none."""
        return self._names(model).get(record_id, "")
