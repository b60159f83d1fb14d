# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What people are told about faults, in their language: the reason, then the remedy."""


def reason_text(env, code, details):
    """Return what is wrong.

    :param str code: of the fault
    :param dict details: ``expected``, ``value`` and ``column``
    """
    if code == "unknown_code":
        thing = details["expected"]
        details = {**details, "expected": _things(env).get(thing, thing)}
    return (_reasons(env).get(code) or code) % details


def remedy_text(env, code, details):
    """Return what to do about it."""
    return (_remedies(env).get(code) or _remedies(env)["other"]) % details


def _reasons(env):
    return {
        "missing": env._("A value is missing."),
        "bad_text": env._("The text holds control characters."),
        "too_long": env._("The text is too long (%(expected)s characters)."),
        "rounded": env._("The spreadsheet has cut this number to 15 digits."),
        "cell_error": env._("The spreadsheet shows an error instead of a value."),
        "formula": env._("Cell %(value)s holds a formula without its result."),
        "cut_off": env._("The last line has no end: the file may have been cut off."),
        "no_rows": env._("The file has no rows below its header."),
        "bad_date": env._("This is no date of the form %(expected)s."),
        "bad_number": env._("This is no number of the form %(expected)s."),
        "bad_choice": env._("This is none of the known values: %(expected)s."),
        "bad_email": env._("This is no e-mail address."),
        "bad_phone": env._("This is no telephone number."),
        "bad_tax_id": env._("The check digit of this tax number does not agree."),
        "bad_iban": env._("The check digits of this IBAN do not agree."),
        "encoding": env._("The line holds bytes that the encoding does not have."),
        "structure": env._("The line cannot be cut into cells."),
        "width": env._("The row has %(value)s cells, the header %(expected)s."),
        "date_order": env._("The dates are not in order (%(expected)s)."),
        "not_with_state": env._("This belongs to the state %(expected)s only."),
        "not_with_left": env._("Who has left holds no shares any more."),
        "bad_reference": env._(
            "Banks take references of 35 characters at most, of %(expected)s."
        ),
        "other_iban": env._("The billing account has the IBAN %(expected)s."),
        "no_iban": env._("The billing account has no IBAN to debit."),
        "only_with_left": env._("Only who has left is owed a refund."),
        "agreement_kind": env._(
            "A membership by agreement names its agreement, and no other does."
        ),
        "cents": env._("The amounts have more than two decimals."),
        "sum_differs": env._("Base and tax add up to %(expected)s."),
        "bases_differ": env._("The bases of its rates do not add up to %(expected)s."),
        "taxes_differ": env._("The taxes of its rates do not add up to %(expected)s."),
        "rate_differs": env._("By its rate and base the tax would be %(expected)s."),
        "rate_twice": env._("The bill has this rate twice: add them up."),
        "negative": env._("The amount is negative."),
        "residual_range": env._("What is unpaid must lie in %(expected)s."),
        "twice": env._("The same id came before, on line %(expected)s."),
        "key_twice": env._("The same thing came before, on line %(expected)s."),
        "reference_unknown": env._("Nothing with this id is here or in the files."),
        "reference_refused": env._("The row with this id was refused."),
        "unknown_code": env._("There is none with this code: %(expected)s."),
        "fixed": env._("The source changed this (before: %(expected)s)."),
        "refused_by_rule": env._("A rule of the system says: %(expected)s"),
        "ended": env._("The subscription ended on %(expected)s, this had no end."),
        "differs": env._("The record says %(expected)s."),
        "absent": env._("The record is not here any more."),
        "unused_column": env._("Nothing is taken from this column."),
    }


def _things(env):
    """Return what a code may name, by the words that writers use."""
    return {
        "partner": env._("customer or address"),
        "membership": env._("membership"),
        "billing_account": env._("billing account"),
        "subscription": env._("subscription"),
        "resource": env._("number or line"),
        "agreement": env._("collective agreement"),
        "country": env._("country"),
        "kind of resource": env._("kind of number or line"),
        "language": env._("language in use"),
        "product": env._("product of the telecom catalogue"),
        "reason": env._("reason"),
        "service type": env._("service type"),
        "state": env._("province"),
    }


def _remedies(env):
    return {
        "encoding": env._("Choose the right encoding in the profile."),
        "structure": env._("Look for a quote that does not close; export it again."),
        "width": env._("Look for an unquoted delimiter or line break in the row."),
        "rounded": env._("Format the column as text at the source; export it again."),
        "cell_error": env._("Correct the formula at the source; export it again."),
        "formula": env._("Save the sheet in a spreadsheet program, or paste values."),
        "cut_off": env._("Compare its last row with the source."),
        "no_rows": env._("Look whether the export ran to its end."),
        "bad_date": env._("Correct it, or write the right pattern in the layout."),
        "bad_number": env._("Correct it, or choose the right decimal separator."),
        "bad_choice": env._("Correct it, or add it to the value map of the column."),
        "missing": env._("Fill it in, or give the column a default in the layout."),
        "twice": env._("Leave one of the two out."),
        "key_twice": env._("Leave one of the two out, or correct its number."),
        "reference_unknown": env._("Export the row it refers to, or correct the id."),
        "reference_refused": env._("Correct that row; import both again."),
        "unknown_code": env._("Create it under Configuration, or map the value."),
        "other_iban": env._("Export the mandate of the account's own IBAN."),
        "no_iban": env._("Correct the IBAN of the billing account."),
        "fixed": env._("Do it here by hand, as an operation with its date."),
        "ended": env._("It was given the end of its subscription."),
        "differs": env._("Nothing, if it was changed here; otherwise correct it."),
        "absent": env._("Nothing, if it was deleted here; otherwise import it again."),
        "unused_column": env._("Map it in the layout, if it is needed."),
        "other": env._("Correct it in the source and import the file again."),
    }


def file_fault_text(env, error):
    """Return why a whole file cannot be used, for a FileError or LayoutError."""
    texts = {
        "empty": env._("The file is empty: export it again."),
        "too_large": env._("The file holds more than %(limit)s bytes: split it."),
        "gzip_truncated": env._("The compressed file breaks off: send it again."),
        "gzip_corrupt": env._("The compressed file is damaged (%(problem)s)."),
        "gzip_ratio": env._("The file unpacks to more than %(limit)s times its size."),
        "zip_corrupt": env._("The archive or sheet is damaged (%(problem)s)."),
        "zip_ratio": env._("The file unpacks to more than %(limit)s times its size."),
        "zip_too_many": env._("The archive holds more than %(limit)s files."),
        "zip_member_name": env._("The archive holds a file named %(name)s."),
        "zip_member_twice": env._("The archive holds two files named %(name)s."),
        "zip_member_missing": env._("The sheet lacks its part %(name)s."),
        "zip_encrypted": env._("%(name)s is encrypted: send it without a password."),
        "zip_method": env._("%(name)s is packed by a method other than Deflate."),
        "zip_nested": env._("%(name)s is an archive inside an archive: unpack it."),
        "zip_empty": env._("The archive holds no file."),
        "xlsx_corrupt": env._("The sheet is damaged (%(problem)s): save it again."),
        "xlsx_sheet": env._("There is no sheet “%(name)s”; the file has %(names)s."),
        "xlsx_too_many_texts": env._("The sheet holds more than %(limit)s texts."),
        "xml_broken": env._("The sheet is damaged: %(problem)s."),
        "xml_document_type": env._("The sheet has a document type: save it anew."),
        "xml_too_deep": env._("The sheet is nested deeper than %(limit)s."),
        "xml_token_too_long": env._("A tag of the sheet has over %(limit)s bytes."),
        "xlsx_sheets": env._(
            "The file has several sheets (%(names)s): name one in the layout."
        ),
        "is_utf16": env._("The file is written in UTF-16: save it as CSV UTF-8."),
        "is_utf8": env._(
            "The file is written in UTF-8, the profile says %(encoding)s: choose UTF-8."
        ),
        "header_encoding": env._(
            "Line %(line)s holds bytes that the encoding of the profile does not have:"
            " choose the right one."
        ),
        "header_unreadable": env._("Line %(line)s should name the columns."),
        "column_twice": env._("The column %(column)s is there twice."),
        "column_missing": env._(
            "There is no column “%(column)s”. The file has: %(columns)s. Correct the"
            " layout of the profile, its delimiter or its encoding."
        ),
        "unknown_target": env._("The layout names the unknown column %(target)s."),
        "target_twice": env._("The layout gives %(target)s twice."),
        "target_missing": env._(
            "The layout gives no %(target)s: name the column it is in, or a default."
        ),
        "not_joinable": env._("%(target)s cannot be made of several columns."),
    }
    code = error.code
    if code == "xlsx_sheet" and not error.values["name"]:
        code = "xlsx_sheets"
    return texts.get(code, code) % error.values
