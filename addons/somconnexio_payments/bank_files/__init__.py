# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Read what banks send: statements, notifications and answers to orders, strictly.

A file is read whole before anybody acts on it. What is not exactly as its standard says
raises a ``FileError`` that names the place (a line, or the path of an element) and what
was expected. Sums, counts and balances are compared. Nothing is guessed, nothing is
fetched, memory stays flat. Knows nothing of Odoo.

Order of reading: ``opening`` → ``recognise`` → ``camt``, ``pain_002`` or ``norma43`` →
``balances``.
"""
