/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("somconnexio_base_pack", {
    steps: () => [
        {
            content: "Search the customer",
            trigger: ".o_searchview_input",
            run: "edit Tour Pack",
        },
        {
            content: "By name",
            trigger: ".o_searchview_autocomplete .o-dropdown-item:first",
            run: "click",
        },
        {
            content: "Only the customer's subscriptions are left",
            trigger: ".o_data_row:nth-of-type(2):last-of-type",
        },
        {
            content: "Choose both",
            trigger: ".o_list_record_selector input",
            run: "click",
        },
        {
            content: "Open the simulator",
            trigger: "button[name=action_simulate_pack]",
            run: "click",
        },
        {
            content: "Choose the pack",
            trigger: ".modal .o_field_widget[name=pack_id] input",
            run: "edit Pinya",
        },
        {
            trigger: ".modal .o-autocomplete--dropdown-item a:contains(/^Pinya$/)",
            run: "click",
        },
        {
            content: "See what would become of them",
            trigger: ".modal button[name=action_simulate]",
            run: "click",
        },
        {
            content: "The mobile would have the tariff of the pack",
            trigger:
                ".modal .o_field_widget[name=line_ids] .o_data_cell[name=offering_after_id]:contains(/^With fibre$/)",
        },
        {
            content: "Do it",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "The dialog is gone",
            trigger: "body:not(:has(.modal))",
        },
    ],
});
