# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# Compared by identity: no RPC client can put this object into a context.
STATE_PASS = object()


def serialise(records):
    """Let one transaction at a time decide about records.

    Another one at work gets a ``LockError``; one that had read before this one ended
    is refused by the database and tried again by Odoo, for the rows have changed.
    """
    if not records:
        return
    records.lock_for_update(allow_referencing=True)
    records.env.cr.execute(
        SQL(
            "UPDATE %s SET write_date = write_date WHERE id IN %s",
            SQL.identifier(records._table),
            records._ids,
        )
    )


def refuse_move(record, name, to_state, following):
    """Say that a record cannot go from its state to another.

    :param str name: what people call the record
    :param following: codes of the states that it may go to
    :raise UserError: naming the record, its state and what it can become
    """
    labels = dict(record._fields["state"]._description_selection(record.env))
    raise UserError(
        record.env._(
            "%(record)s is “%(state)s” and cannot become “%(target)s”. "
            "What it can become: %(following)s.",
            record=name,
            state=labels[record.state],
            target=labels.get(to_state, to_state),
            following=", ".join(labels[code] for code in following)
            or record.env._("nothing more"),
        )
    )


class CooperativeStateMixin(models.AbstractModel):
    """A record whose state changes by its methods only.

    Screen, RPC and import all end in ``create`` and ``write``, which refuse the
    guarded fields unless :meth:`_move` or :meth:`_create_guarded` put them there.
    """

    _name = "cooperative.state.mixin"
    _description = "Guarded State"

    #: One of the tables of ``cooperative.states``.
    _state_table = {}
    #: Fields that only methods write; ``state`` always is.
    _guarded_fields = frozenset({"state"})
    #: Whether people may create records, in their first state.
    _is_created_by_hand = True

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base`` to begin in the first state, whoever creates it."""
        if self.env.context.get("cooperative_pass") is not STATE_PASS:
            self._check_creation(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """Override of ``base`` to keep state and what follows from it in order."""
        is_passed = self.env.context.get("cooperative_pass") is STATE_PASS
        guarded = self._guarded_fields & vals.keys()
        if guarded and not is_passed:
            raise UserError(
                self.env._(
                    "%(fields)s of %(record)s cannot be written: use the buttons, or "
                    "the methods behind them.",
                    fields=", ".join(self._field_labels(guarded)),
                    record=self[:1].display_name or self._description,
                )
            )
        if "state" in vals:
            self._check_moves(vals["state"])
        return super().write(vals)

    def _check_creation(self, vals_list):
        """Raise when values come with more than a person may say."""
        if not self._is_created_by_hand:
            raise UserError(self._creation_refusal())
        first = next(iter(self._state_table))
        for vals in vals_list:
            guarded = self._guarded_fields & vals.keys()
            if vals.get("state", first) == first:
                guarded -= {"state"}
            if given := {name for name in guarded if vals[name]}:
                raise UserError(
                    self.env._(
                        "Leave out %(fields)s: a new record begins as “%(state)s” and "
                        "its buttons bring it further.",
                        fields=", ".join(self._field_labels(given)),
                        state=self._state_labels()[first],
                    )
                )

    def _creation_refusal(self):
        """Say how such a record comes to be; models not created by hand override."""
        return self.env._("%s is not created by hand.", self._description)

    def _field_labels(self, names):
        """Return the labels of fields, sorted."""
        found = self.fields_get(names, ["string"])
        return sorted(found.get(name, {}).get("string", name) for name in names)

    def _state_labels(self):
        """Return {state: label} in the user's language."""
        return dict(self._fields["state"]._description_selection(self.env))

    def _check_moves(self, to_state):
        """Raise unless every record may go to a state.

        :raise UserError: naming the record, its state, and what it can become
        """
        for record in self:
            following = self._state_table[record.state]
            if to_state not in following:
                refuse_move(record, record.display_name, to_state, following)

    def _refuse_deletion(self):
        """Raise: these records are kept as history."""
        for record in self:
            raise UserError(
                self.env._(
                    "%(record)s is “%(state)s” and kept as history: withdraw or cancel "
                    "it where its buttons let you.",
                    record=record.display_name,
                    state=self._state_labels()[record.state],
                )
            )

    def _move(self, to_state, **vals):
        """Bring all records, or none, into a state.

        :param vals: guarded fields that follow from the change
        :raise UserError: when the table does not allow it
        """
        return self._write_guarded(state=to_state, **vals)

    def _write_guarded(self, **vals):
        """Write fields that people may not write by hand."""
        return self.with_context(cooperative_pass=STATE_PASS).write(vals)

    @api.model
    def _create_guarded(self, vals_list):
        """Create records in any state; returned without the pass."""
        created = self.with_context(cooperative_pass=STATE_PASS).create(vals_list)
        return created.with_env(self.env)

    def _announce(self, kind_code, window=""):
        """Have a notice of a kind made for each record.

        :param str kind_code: code of a telecom.notice.kind about this model
        :param str window: tells apart occasions about one record
        """
        self.env["telecom.notice"]._announce(kind_code, self, window)

    def _serialise(self):
        """Let one transaction at a time decide about these records."""
        serialise(self)

    def _require_group(self, *names):
        """Raise unless the user has one of the telecom groups, or is the system.

        :param names: ends of the groups' xml ids, such as ``admin``
        :raise UserError: naming the roles that may
        """
        groups = [f"somconnexio_base.group_telecom_{name}" for name in names]
        if self.env.su or any(self.env.user.has_group(group) for group in groups):
            return
        roles = [self.env.ref(group).sudo().name for group in groups]
        raise UserError(
            self.env._("Only these roles may do that: %s.", ", ".join(roles))
        )
