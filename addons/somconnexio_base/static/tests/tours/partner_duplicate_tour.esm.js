/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("somconnexio_base_partner_duplicate", {
    steps: () => [
        {
            content: "Write down a new partner",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name] textarea:visible, .o_field_widget[name=name] input:visible",
            run: "edit TOUR DOUBLE, PERE",
        },
        {
            trigger: ".o_field_widget[name=email] input",
            run: "edit pere.tour@example.org",
        },
        {
            trigger: ".o_field_widget[name=phone] input",
            run: "edit 612 55 44 33",
        },
        {
            content: "Leave the field",
            trigger: ".o_field_widget[name=vat] input",
            run: "click",
        },
        {
            content: "A warning says who is there already, and why",
            trigger:
                ".o_telecom_duplicate:contains(Pere Tour Double) .o_telecom_reasons[data-reasons~=email]",
        },
        {
            content: "Take the proposed form of the phone",
            trigger: ".o_telecom_accept[data-name=phone]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=phone] input:value(+34612554433)",
        },
        {
            content: "Save it all the same",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Decide that they are two people",
            trigger: ".o_telecom_duplicate .o_telecom_not_same",
            run: "click",
        },
        {
            content: "The warning is gone",
            trigger: ".o_form_view:not(:has(.o_telecom_duplicate))",
        },
        {
            content: "Open the view of the customer",
            trigger: "button[name=action_open_summary]",
            run: "click",
        },
        {
            content: "It shows who it is",
            trigger: ".o_telecom_summary [data-section=identity]:contains(+34612554433)",
        },
        {
            content: "Look for the other one by the phone",
            trigger: ".o_telecom_summary_search",
            run: "edit 612 55 44 33",
        },
        {
            trigger: ".o_telecom_summary_found button:contains(Pere Tour Double)",
            run: "click",
        },
        {
            content: "And there it is, with its subscription",
            trigger:
                ".o_telecom_summary [data-section=subscriptions] td:contains(+34 612 34 56 78)",
        },
    ],
});
