# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The profile that reads the made-up delivery, as a document."""

PROFILE = {
    "name": "Sample ERP",
    "code": "sample_erp",
    "encoding": "cp1252",
    "delimiter": ";",
    "quote_char": '"',
    "decimal_separator": ",",
    "date_pattern": "%d/%m/%Y",
    "is_lenient": True,
    "country": "ES",
    "layouts": {
        "partner": {
            "file_name_pattern": "terceros*",
            "columns": {
                "external_id": "ID",
                "name": "NOMBRE",
                "is_company": "EMPRESA",
                "parent": "PADRE",
                "address_kind": {"source": "CLASE", "value_map": "Envío=delivery"},
                "tax_id": "NIF",
                "email": "CORREO",
                "phone": "TELÉFONO",
                "street": "CALLE",
                "zip": "CP",
                "city": "POBLACIÓN",
                "state": "PROVINCIA",
                "country": {"source": "PAÍS", "default_value": "ES"},
                "note": "NOTAS",
            },
        },
        "membership": {
            "file_name_pattern": "socios*",
            "columns": {
                "external_id": "ID",
                "partner": "TERCERO",
                "number": "NÚMERO",
                "joined_date": "ALTA",
                "left_date": "BAJA",
                "leaving_reason": {"source": "MOTIVO", "value_map": "Propia=voluntary"},
                "share_count": "TÍTULOS",
                "paid_amount": "PAGADO",
            },
        },
        "billing_account": {
            "file_name_pattern": "cuentas*",
            "columns": {
                "external_id": "ID",
                "partner": "TERCERO",
                "iban": "IBAN",
                "collection_method": {
                    "source": "COBRO",
                    "value_map": "Recibo=direct_debit\nTransferencia=transfer",
                },
                "bill_email": "CORREO",
            },
        },
        "mandate": {
            "file_name_pattern": "mandatos*",
            "columns": {
                "external_id": "REFERENCIA",
                "billing_account": "CUENTA",
                "reference": "REFERENCIA",
                "signed_date": "FIRMA",
                "last_debit_date": "ÚLTIMO",
            },
        },
        "subscription": {
            "file_name_pattern": "contratos*",
            "columns": {
                "external_id": "ID",
                "partner": "TERCERO",
                "billing_account": "CUENTA",
                "service_type": {
                    "source": "SERVICIO",
                    "value_map": "Móvil=mobile\nFibra=fibre",
                },
                "state": {
                    "source": "ESTADO",
                    "value_map": "Activo=active\nSuspendido=suspended\n"
                    "Baja=terminated\nPendiente=pending",
                },
                "activation_date": "ALTA",
                "suspension_date": "SUSPENSIÓN",
                "suspension_reason": {
                    "source": "MOTIVO_S",
                    "value_map": "Impago=non_payment",
                },
                "termination_date": "BAJA",
                "termination_reason": {
                    "source": "MOTIVO_B",
                    "value_map": "Portabilidad=ported_out",
                },
            },
        },
        "line": {
            "file_name_pattern": "lineas*",
            "columns": {
                "external_id": "CONTRATO + PRODUCTO + DESDE",
                "subscription": "CONTRATO",
                "product": "PRODUCTO",
                "start_date": "DESDE",
                "end_date": "HASTA",
                "price": "PRECIO",
            },
        },
        "resource": {
            "file_name_pattern": "recursos*",
            "columns": {
                "external_id": "VALOR",
                "kind": {
                    "source": "TIPO",
                    "value_map": "Teléfono=msisdn\nSIM=iccid\nLínea=fibre_line",
                },
                "value": "VALOR",
            },
        },
        "assignment": {
            "file_name_pattern": "asignaciones*",
            "columns": {
                "external_id": "CONTRATO + RECURSO + DESDE",
                "subscription": "CONTRATO",
                "resource": "RECURSO",
                "start_date": "DESDE",
                "end_date": "HASTA",
            },
        },
        "bill": {
            "file_name_pattern": "facturas*",
            "columns": {
                "external_id": "NÚMERO",
                "number": "NÚMERO",
                "partner": "TERCERO",
                "billing_account": "CUENTA",
                "bill_type": {
                    "source": "TIPO",
                    "value_map": "Factura=invoice\nAbono=refund",
                },
                "issue_date": "FECHA",
                "due_date": "VENCE",
                "amount_untaxed": "BASE",
                "amount_tax": "IVA",
                "amount_total": "TOTAL",
                "amount_residual": "PENDIENTE",
                "tax_rate_1": {"default_value": "21"},
                "tax_base_1": "BASE",
                "tax_amount_1": "IVA",
            },
        },
    },
}
#: File of each kind, without its ending.
FILES = {
    kind: layout["file_name_pattern"].rstrip("*")
    for kind, layout in PROFILE["layouts"].items()
}
