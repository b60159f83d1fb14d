/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {registry} from "@web/core/registry";

const BUTTONS = ".o_statusbar_buttons button.btn-primary";

/* Press the highlighted button of a step and wait for the state it leads to. */
function pressButton(name, state, {asksToConfirm = false} = {}) {
    const confirm = {
        content: "Confirm",
        trigger: ".modal-footer .btn-primary",
        run: "click",
    };
    return [
        {
            content: `Press ${name}`,
            trigger: `${BUTTONS}[name=${name}]`,
            run: "click",
        },
        ...(asksToConfirm ? [confirm] : []),
        {
            content: `The run is ${state}`,
            trigger: `.o_arrow_button_current:contains(${state})`,
        },
    ];
}

/* Open a tab and wait for a row that says something. */
function lookAt(page, text) {
    return [
        {
            content: `Look at ${page}`,
            trigger: `.o_notebook .nav-link[name=${page}]`,
            run: "click",
        },
        {
            trigger: `.o_notebook .o_data_row:contains(${text})`,
        },
    ];
}

registry.category("web_tour.tours").add("somconnexio_payments_debit_run", {
    steps: () => [
        {
            content: "Create a debit run",
            trigger: ".o-kanban-button-new",
            run: "click",
        },
        ...pressButton("action_propose", "To review"),
        {
            content: "Both debits come to the total",
            trigger: ".o_field_widget[name=amount_total]:contains(65.50)",
        },
        ...lookAt("lines", "Maria Tour"),
        ...lookAt("left_out", "No mandate"),
        ...pressButton("action_confirm", "Confirmed", {asksToConfirm: true}),
        ...pressButton("action_write_file", "File written"),
        ...lookAt("orders", "65.50"),
        {
            content: "The file can be downloaded",
            trigger: ".o_statusbar_buttons button[name=action_download]",
        },
    ],
});
