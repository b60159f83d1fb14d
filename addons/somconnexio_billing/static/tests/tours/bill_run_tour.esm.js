/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {registry} from "@web/core/registry";

const BUTTONS = ".o_statusbar_buttons button.btn-primary";

/* Press the highlighted button of a stage and wait for the state it leads to. */
function pressButton(name, state, {asksToConfirm = false} = {}) {
    const steps = [
        {
            content: `Press ${name}`,
            trigger: `${BUTTONS}[name=${name}]`,
            run: "click",
        },
        {
            content: `The run is ${state}`,
            trigger: `.o_arrow_button_current:contains(${state})`,
        },
    ];
    if (asksToConfirm) {
        steps.splice(1, 0, {
            content: "Confirm",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        });
    }
    return steps;
}

registry.category("web_tour.tours").add("somconnexio_billing_bill_run", {
    steps: () => [
        {
            content: "Create a bill run",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Choose another month than the last one",
            trigger: ".o_field_widget[name=period_start] button",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=period_start] input",
            run: "edit 10/01/2026",
        },
        {
            content: "Leave the date",
            trigger: ".o_field_widget[name=progress]",
            run: "click",
        },
        {
            content: "The period ends a month later",
            trigger: ".o_field_widget[name=period_end]:contains(/11\\/01\\/2026|Nov 1/)",
        },
        ...pressButton("action_load", "Loaded"),
        ...pressButton("action_rate", "Rated"),
        ...pressButton("action_check", "Checked"),
        ...pressButton("action_preview", "Previewed"),
        {
            content: "Look at the totals before there is any bill",
            trigger: ".o_notebook .nav-link[name=totals]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=amount_total]:contains(12.83)",
        },
        {
            content: "The usage came from the file",
            trigger: ".o_field_widget[name=charged_amount]:contains(0.60)",
        },
        {
            content: "There is no bill yet",
            trigger: ".o_field_widget[name=invoiced_total]:contains(0.00)",
        },
        ...pressButton("action_invoice", "Invoiced"),
        {
            content: "The bills come to what the preview said",
            trigger: ".o_field_widget[name=invoiced_total]:contains(12.83)",
        },
        ...pressButton("action_post", "Posted", {asksToConfirm: true}),
        ...pressButton("action_deliver", "Delivered"),
        {
            content: "Look at the bills",
            trigger: ".oe_stat_button[name=action_view_bills]",
            run: "click",
        },
        {
            content: "Open the bill",
            trigger: ".o_data_row .o_data_cell:contains(Tour Member)",
            run: "click",
        },
        {
            content: "It is posted",
            trigger: ".o_arrow_button_current:contains(Posted)",
        },
        {
            content: "Its PDF can be opened",
            trigger: ".o_statusbar_buttons button[name=action_telecom_bill_pdf]",
        },
        {
            content: "It has a line for the usage",
            trigger: ".o_data_row:contains(National calls)",
        },
    ],
});
