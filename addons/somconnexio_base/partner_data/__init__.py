# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is known about people's data, without Odoo: normal forms, keys, likeness.

* one module per kind of value (``tax_id``, ``phone``, ``mail``, ``iban``,
  ``person_name``, ``address``): ``read(...)`` returns a ``Reading`` and never raises;
* ``checks`` reads all values of a partner; ``quality`` makes a score of that;
* ``keys`` derives what two records of the same person have in common;
* ``likeness`` says whether two partners that share keys are one, and why.

A partner travels through all of them as a plain dictionary, see ``checks.VALUES``.
"""
