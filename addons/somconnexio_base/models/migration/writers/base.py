# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the writers of all kinds share."""

from ....takeover.kinds import KINDS
from ..res_partner import UNLOGGED_PASS

#: Nothing of a migration is told to followers, logged or tracked.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "telecom_unlogged": UNLOGGED_PASS,
    # A tax number was looked at while reading, and reported.
    "no_vat_validation": True,
}


class UnknownCode(ValueError):
    """A code of the source names nothing here.

    :param str thing: what it should name, as people say it
    """

    def __init__(self, thing):
        super().__init__(thing)
        self.thing = thing


class Writer:
    """Make and change the records of one kind, in batches.

    A subclass names the fields its columns go to and, where that is not all, has a
    method ``_from_<column>(row)`` that returns values of the record.

    :param env: environment of the migration's company
    :param profile: telecom.migration.profile of the source
    """

    kind_name = ""
    model_name = ""
    #: Put behind the source's code where two kinds share a model.
    system_suffix = ""
    #: Column -> field, where the value is written as it is.
    fields = {}
    #: Column whose rows come after those without it.
    last_column = None

    def __init__(self, env, profile):
        self.env = env(context={**env.context, **QUIET})
        self.profile = profile
        self.company = profile.company_id
        self.kind = KINDS[self.kind_name]
        self.model = self.env[self.model_name]
        self.links = self.env["telecom.external.id"]
        self.found = {}

    @classmethod
    def system_of(cls, profile):
        """Return the name of the source in external ids of this kind."""
        return profile.code + cls.system_suffix

    @classmethod
    def references(cls):
        """Return the columns that refer to rows."""
        return KINDS[cls.kind_name].references

    @property
    def own_column(self):
        """The column that refers to rows of the same kind, or None."""
        names = [c.name for c in self.kind.references if c.refers == self.kind_name]
        return names[0] if names else None

    def prepare(self, rows, writers):
        """Look up, in two queries each, what the rows of a batch refer to.

        Then values are brought into the form in which the record has them.

        :param writers: the class of each kind
        """
        self.found = {}
        for column in self.kind.references:
            writer = writers[column.refers]
            wanted = {row.values[column.name] for row in rows if self._has(row, column)}
            self.found[column.name] = self.links._find_many(
                writer.model_name, writer.system_of(self.profile), sorted(wanted)
            )
        for row in rows:
            self.tidy(row)

    def tidy(self, row):
        """Bring the values of a row into the form in which a record has them."""

    @staticmethod
    def _has(row, column):
        return bool(row.values.get(column.name))

    def referred(self, row, name):
        """Return the record that a column refers to, None for none.

        :raise UnknownCode: when there is none of that id, as when it was deleted
        """
        external_id = row.values.get(name)
        record = self.found[name].get(external_id)
        if external_id and record is None:
            raise UnknownCode(self.kind.by_name[name].refers)
        return record

    def create(self, rows):
        """Create the records of rows, in their order, and return them.

        :param rows: ``BatchRow`` each; those that cannot be written get refused
        :return: list of ``(row, record)``
        """
        pairs = self.vals_of(rows)
        records = self.model.create([vals for _row, vals in pairs])
        done = list(zip((row for row, _vals in pairs), records, strict=True))
        self.complete(done)
        return done

    def vals_of(self, rows):
        """Return ``(row, vals)`` of the rows that are not refused."""
        pairs = [
            (row, self.vals(row, self._given(row))) for row in rows if not row.state
        ]
        return [(row, vals) for row, vals in pairs if not row.state]

    def complete(self, pairs):
        """Do what is left once the records exist.

        :param pairs: list of ``(row, record)``
        """

    def update(self, row, record, names):
        """Write the changed columns of a row into its record."""
        vals = self.vals(row, names)
        if not row.state and vals:
            record.write(vals)

    def vals(self, row, names):
        """Return the record's values for some columns of a row.

        A code that names nothing refuses the row, or is left out where the profile
        says so and the column may be empty.
        """
        vals = {}
        for name in names:
            try:
                vals.update(self._vals_of(row, name))
            except UnknownCode as fault:
                self._report_unknown(row, name, fault)
        return vals

    def _vals_of(self, row, name):
        special = getattr(self, f"_from_{name}", None)
        if special:
            return special(row)
        if name not in self.fields:
            return {}
        column, value = self.kind.by_name[name], row.values.get(name)
        if column.refers:
            record = self.referred(row, name)
            value = record.id if record else False
        elif column.type == "decimal" and value is not None:
            value = float(value)
        return {self.fields[name]: False if value is None else value}

    def _report_unknown(self, row, name, fault):
        column = self.kind.by_name[name]
        may_go_without = self.profile.is_lenient and not (
            column.is_required or column.is_fixed
        )
        severity = "warning" if may_go_without else "refused"
        value = row.values.get(name)
        row.report(name, value, "unknown_code", fault.thing, severity)

    def _given(self, row):
        return [name for name in self.kind.by_name if row.values.get(name) is not None]


def by_code(records, field="code"):
    """Return records by the text of a field.

    :param records: recordset
    """
    return {record[field]: record for record in records}
