/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {registry} from "@web/core/registry";

const HELD_ROW = ".o_data_row:contains(Tour Held)";

registry.category("web_tour.tours").add("somconnexio_payments_dunning_run", {
    steps: () => [
        {
            content: "Begin a run of today",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Make the list: nothing is done yet",
            trigger: ".o_statusbar_buttons button[name=action_list]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Listed)",
        },
        {
            content: "Read who would get what",
            trigger: ".oe_stat_button[name=action_view_lines]",
            run: "click",
        },
        {
            content: "Those that would get a first reminder",
            trigger: ".o_group_header:contains(First reminder)",
            run: "click",
        },
        {
            content: "And why",
            trigger: `${HELD_ROW} .o_data_cell[name=why]:contains(days overdue of 3)`,
        },
        {
            content: "One of them is not to be reminded",
            trigger: `${HELD_ROW} .o_list_record_selector input`,
            run: "click",
        },
        {
            trigger: ".o_control_panel button[name=action_hold]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=note] input",
            run: "edit Promised to pay on Friday",
        },
        {
            trigger: ".modal-footer button[name=action_apply]",
            run: "click",
        },
        {
            content: "The dialog is closed and only what is due is still listed",
            trigger: `body:not(:has(.modal)):not(:has(${HELD_ROW}))`,
        },
        {
            content: "Back to the run",
            trigger: ".o_back_button",
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_carry_out]",
            run: "click",
        },
        {
            content: "It is meant",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "Everything of the list is done",
            trigger: ".o_arrow_button_current:contains(Done)",
        },
        {
            trigger: ".o_field_widget[name=done_count]:contains(1)",
        },
    ],
});
