/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("somconnexio_base_suspend_subscription", {
    steps: () => [
        {
            content: "Search by the number as people write it",
            trigger: ".o_searchview_input",
            run: "edit 612 34 56 78",
        },
        {
            content: "Take the search for number, NIF, name or code",
            trigger: ".o_searchview_autocomplete .o-dropdown-item:first",
            run: "click",
        },
        {
            content: "Only this subscription is left",
            trigger: ".o_data_row:only-of-type .o_data_cell:contains(Tour Member)",
        },
        {
            content: "Open the filters",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            content: "Keep the active ones",
            trigger: ".o_filter_menu .o_menu_item:contains(/^Active$/)",
            run: "click",
        },
        {
            content: "The filter is on",
            trigger: ".o_searchview_facet:contains(Active)",
        },
        {
            content: "Open the subscription",
            trigger: ".o_data_row .o_data_cell:contains(Tour Member)",
            run: "click",
        },
        {
            content: "It is active; suspend it",
            trigger: "button[name=action_suspend]",
            run: "click",
        },
        {
            content: "Choose a reason",
            trigger: ".modal .o_field_widget[name=reason_id] input",
            run: "edit lost",
        },
        {
            trigger: ".modal .o-autocomplete--dropdown-item a:contains(lost or stolen)",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "The state has changed",
            trigger: ".o_arrow_button_current[data-value=suspended]",
        },
    ],
});
