/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("somconnexio_base_join", {
    steps: () => [
        {
            content: "Write down who asks to join",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name] input, .o_field_widget[name=name] textarea",
            run: "edit Tour Joiner",
        },
        {
            trigger: ".o_field_widget[name=vat] input",
            run: "edit 40005555E",
        },
        {
            trigger: ".o_field_widget[name=email] input",
            run: "edit tour@example.org",
        },
        {
            content: "They accept the contribution",
            trigger: "button[name=action_accept_contribution]",
            run: "click",
        },
        {
            content: "Nothing is missing any more",
            trigger: ".o_form_view:not(:has(.alert-warning:visible))",
        },
        {
            content: "Receive the request",
            trigger: "button[name=action_receive]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Received)",
        },
        {
            content: "Approve it",
            trigger: "button[name=action_approve]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Approved)",
        },
        {
            content: "See the membership",
            trigger: "button[name=action_view_membership]",
            run: "click",
        },
        {
            content: "It waits for its payment",
            trigger: ".o_arrow_button_current:contains(Waiting for payment)",
        },
        {
            content: "The contribution has been paid",
            trigger: ".o_data_row button[name=action_outcome]",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "Now it is a member",
            trigger: ".o_arrow_button_current:contains(Active)",
        },
        {
            content: "Make the certificate",
            trigger: "button[name=action_certificate]",
            run: "click",
        },
        {
            content: "It is among the attachments",
            trigger: ".o_form_view .o-mail-Chatter-attachFiles:contains(1), .o-mail-Chatter:contains(Certificate)",
        },
    ],
});
