/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {registry} from "@web/core/registry";

const HEADER =
    "ID_REGISTRO;TIPO;SENTIDO;ORIGEN;DESTINO;FECHA;HORA;CANTIDAD;COSTE;DESCRIPCION";

/* Return a call of yesterday, which is never too old to be accepted. */
function call(type) {
    const day = new Date(Date.now() - 24 * 3600 * 1000);
    const parts = [day.getDate(), day.getMonth() + 1].map((part) =>
        String(part).padStart(2, "0")
    );
    const date = [...parts, day.getFullYear()].join("/");
    return `1;${type};S;612345678;933334444;${date};10:22:33;65;0,0125;Fijo`;
}

/* Put a sample into the form, as choosing a file does. */
function chooseSample({anchor}) {
    const text = [HEADER, call("VOZ"), call("FAX"), ""].join("\n");
    const files = new DataTransfer();
    files.items.add(new File([text], "TOUR_20261003.csv", {type: "text/csv"}));
    anchor.files = files.files;
    anchor.dispatchEvent(new Event("change", {bubbles: true}));
}

const openTab = (name) => ({
    content: `Open the tab ${name}`,
    trigger: `.o_notebook .nav-link[name=${name}]`,
    run: "click",
});

registry.category("web_tour.tours").add("somconnexio_billing_usage_format", {
    steps: () => [
        {
            content: "Create a format",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Tour carrier",
        },
        {
            trigger: ".o_field_widget[name=code] input",
            run: "edit tour_carrier",
        },
        openTab("trial"),
        {
            content: "Choose a sample file",
            trigger: ".o_field_widget[name=sample] input[type=file]:not(:visible)",
            run: chooseSample,
        },
        {
            content: "Fields are proposed",
            trigger: ".modal .modal-body:contains(proposed)",
        },
        {
            trigger: ".modal-footer button:first",
            run: "click",
        },
        {
            content: "The call is read",
            trigger: ".o_usage_format_trial td:contains(34933334444)",
        },
        {
            content: "What can't be read is marked",
            trigger: ".o_usage_format_trial td.table-danger:contains(FAX)",
        },
        {
            content: "And told with a remedy",
            trigger: ".o_usage_format_fault:contains(Unknown usage type)",
        },
        openTab("fields"),
        {
            content: "Edit what usage types mean",
            trigger: ".o_data_row:contains(Usage type) .o_data_cell[name=value_map]",
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name=value_map] textarea",
            run: (helpers) => helpers.edit("VOZ=voice\nFAX=voice"),
        },
        openTab("trial"),
        {
            content: "All is read now, before anything was saved",
            trigger: ".o_usage_format_trial:contains(2 can be read, 0 cannot)",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "The format is saved",
            trigger: ".o_form_saved",
        },
    ],
});
