/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("somconnexio_payments.pay_page", {
    steps: () => [
        {
            content: "The page says what is owed",
            trigger: "tfoot:contains(10.00)",
        },
        {
            content: "Choose the provider of tests",
            trigger: "input[name=o_payment_radio][data-provider-code=demo]",
            run: "click",
        },
        {
            content: "Write a card down",
            trigger: "#customer_input",
            run: "edit 4242 4242 4242 4242",
        },
        {
            content: "Pay",
            trigger: "button[name=o_payment_submit_button]:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is paid, and the page of the link says so",
            trigger: ".alert-success:contains(Nothing to pay)",
        },
    ],
});
