# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What people are told about a bank's file that is refused, in their language."""


def fault_text(env, error):
    """Return why a file is refused and what to do, for a ``FileError``.

    :raise KeyError: for a code that has no words
    """
    for texts_of in (_size, _gzip, _zip, _kind, _xml, _values, _sums, _norma43, _ours):
        texts = texts_of(env)
        if error.code in texts:
            return texts[error.code] % error.values
    raise KeyError(error.code)


def _size(env):
    return {
        "empty": env._("%(name)s is empty. Download it from the bank again."),
        "too_large": env._(
            "The file holds more than %(limit)s bytes. Ask the bank for shorter"
            " periods."
        ),
        "too_many_entries": env._(
            "The file holds more than %(limit)s entries. Ask the bank for shorter"
            " periods."
        ),
    }


def _gzip(env):
    return {
        "gzip_truncated": env._(
            "The compressed file breaks off after %(size)s bytes. Download it again."
        ),
        "gzip_corrupt": env._(
            "The compressed file is damaged (%(problem)s). Download it again."
        ),
        "gzip_ratio": env._(
            "The file unpacks to more than %(limit)s times its size: it is no bank"
            " file."
        ),
    }


def _zip(env):
    return {
        "zip_corrupt": env._(
            "The archive is damaged (%(problem)s). Download it again."
        ),
        "zip_ratio": env._(
            "The archive unpacks to more than %(limit)s times its size: it is no bank"
            " file."
        ),
        "zip_too_many": env._(
            "The archive holds more than %(limit)s files. Unpack it and upload some at"
            " a time."
        ),
        "zip_member_name": env._(
            "The archive holds a file of an unsafe name: %(name)s. Unpack it yourself"
            " and look at it."
        ),
        "zip_member_twice": env._(
            "The archive holds two files of the name %(name)s. Upload the right one."
        ),
        "zip_member_missing": env._("The archive lacks %(name)s. Download it again."),
        "zip_encrypted": env._(
            "%(name)s is encrypted. Unpack it with its password and upload what it"
            " holds."
        ),
        "zip_method": env._(
            "%(name)s is packed by an unusual method. Unpack it and upload what it"
            " holds."
        ),
        "zip_nested": env._(
            "%(name)s is an archive inside an archive. Unpack it and upload what it"
            " holds."
        ),
        "zip_empty": env._("The archive holds no file. Download it again."),
    }


def _kind(env):
    return {
        "encoding": env._(
            "The file is written as %(found)s. Ask the bank for UTF-8, which the"
            " standard prescribes."
        ),
        "unknown_format": env._(
            "The file begins with “%(found)s”: it is neither camt, pain.002 nor"
            " Norma 43. Choose one of these formats in the bank's download."
        ),
        "unknown_message": env._(
            "The file is %(found)s, which is no statement, notification or answer to an"
            " order. Choose camt.053, camt.054 or pain.002."
        ),
        "unknown_version": env._(
            "The file is %(found)s; the versions that can be read are %(known)s. Choose"
            " one of them in the bank's download."
        ),
    }


def _xml(env):
    return {
        "xml_document_type": env._(
            "The file declares a document type, which no bank file needs and which can"
            " do harm. It is not opened: ask the bank where it comes from."
        ),
        "xml_instruction": env._(
            "The file begins with an instruction to the reader (%(found)s), which no"
            " bank file needs. It is not opened: ask the bank where it comes from."
        ),
        "xml_broken": env._(
            "Line %(line)s is no well-formed XML (%(problem)s): the file breaks off or"
            " is damaged. Download it again."
        ),
        "xml_too_deep": env._(
            "Elements are nested deeper than %(limit)s: it is no bank file."
        ),
        "xml_token_too_long": env._(
            "A single tag is longer than %(limit)s bytes: it is no bank file."
        ),
        "xml_unexpected": env._(
            "%(where)s holds %(found)s, which the standard does not have there. Ask the"
            " bank to send the file as the standard says."
        ),
        "xml_order": env._(
            "In %(where)s, %(found)s stands in the wrong place. Ask the bank to send"
            " the file as the standard says."
        ),
        "xml_twice": env._(
            "In %(where)s, %(found)s is there twice. Ask the bank to send the file as"
            " the standard says."
        ),
        "xml_missing": env._(
            "%(where)s lacks %(expected)s. Ask the bank to send the file as the"
            " standard says."
        ),
    }


def _values(env):
    again = env._("Ask the bank to correct the file.")
    texts = {
        "amount": env._("%(where)s: “%(found)s” is no amount such as 12.50."),
        "sign": env._("%(where)s: “%(found)s” is neither CRDT nor DBIT."),
        "date": env._("%(where)s: “%(found)s” is no date such as 2026-10-31."),
        "currency_code": env._("%(where)s: “%(found)s” is no currency such as EUR."),
        "count": env._("%(where)s: “%(found)s” is no whole number."),
        "boolean": env._("%(where)s: “%(found)s” is neither true nor false."),
        "too_long": env._(
            "%(where)s: “%(found)s…” is longer than %(limit)s characters."
        ),
        "iban": env._(
            "%(where)s: “%(found)s” is no IBAN, its check digits do not hold."
        ),
        "entry_state": env._("%(where)s: “%(found)s” is no state of an entry."),
        "status": env._("%(where)s: “%(found)s” is no status of an order."),
    }
    return {code: f"{text} {again}" for code, text in texts.items()}


def _sums(env):
    again = env._("Nothing is booked: ask the bank for a correct file.")
    texts = {
        "balance": env._(
            "%(where)s opens with %(opening)s, its entries add up to %(entries)s, and"
            " it closes with %(closing)s: that does not fit."
        ),
        "declared": env._(
            "%(where)s declares %(declared)s as %(field)s, its entries give %(found)s."
        ),
        "batch_sum": env._(
            "%(where)s is an entry of %(declared)s, its transactions add up to"
            " %(found)s."
        ),
        "batch_count": env._(
            "%(where)s declares %(declared)s transactions and holds %(found)s."
        ),
        "entry_currency": env._(
            "%(where)s is in %(found)s, the account is kept in %(expected)s."
        ),
    }
    return {code: f"{text} {again}" for code, text in texts.items()}


def _norma43(env):
    again = env._("Download the file again, as Norma 43.")
    texts = {
        "n43_line": env._(
            "Line %(line)s (%(found)s…) is not one of 80 printable characters."
        ),
        "n43_record": env._("Line %(line)s begins with %(found)s, no known record."),
        "n43_unfinished": env._(
            "The file breaks off after line %(line)s: its last record (88) is missing."
        ),
        "n43_after_end": env._("Line %(line)s follows the last record (88)."),
        "n43_not_closed": env._(
            "Line %(line)s (record %(found)s) comes before the account's sums (33)."
        ),
        "n43_no_account": env._(
            "Line %(line)s (record %(found)s) belongs to no account (11)."
        ),
        "n43_no_entry": env._(
            "Line %(line)s (record %(found)s) belongs to no entry (22)."
        ),
        "n43_too_many_texts": env._("Line %(line)s: an entry has more than 5 texts."),
        "n43_account": env._("Line %(line)s: %(found)s is no account number."),
        "n43_other_account": env._(
            "Line %(line)s closes another account (%(found)s) than was opened."
        ),
        "n43_amount": env._("Line %(line)s: %(found)s is no sign and amount."),
        "n43_number": env._("Line %(line)s: %(found)s is no number."),
        "n43_currency": env._("Line %(line)s: %(found)s is no currency we know."),
        "n43_date": env._("Line %(line)s: %(found)s is no date (year, month, day)."),
        "n43_count": env._(
            "Line %(line)s declares %(declared)s records before it, there are"
            " %(found)s."
        ),
    }
    return {code: f"{text} {again}" for code, text in texts.items()}


def _ours(env):
    return {
        "other_account": env._(
            "%(where)s is about account %(found)s, which is on no bank journal of this"
            " company. Put it on the journal, or upload the file in the right company."
        ),
        "other_currency": env._(
            "%(where)s is in %(found)s, the journal of that account in %(expected)s."
            " Set the journal's currency, or choose the right account."
        ),
        "no_suspense": env._(
            "%(journal)s lacks its bank or suspense account. Set both in the journal."
        ),
        "future": env._(
            "%(where)s is booked on %(found)s, which is yet to come. Ask the bank to"
            " correct the file."
        ),
        "overlap": env._(
            "%(where)s is about %(found)s, which was booked already from %(file)s in"
            " another format. Its money is in the books: use one format per account."
        ),
        "order_unknown": env._(
            "The bank answers to an order %(found)s, which none of ours is. Upload the"
            " file in the company that sent the order."
        ),
        "duplicate_upload": env._("This file is here already, as %(file)s."),
    }
