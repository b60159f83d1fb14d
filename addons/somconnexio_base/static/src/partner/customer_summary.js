/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {Component, onWillStart, useState} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useDebounced} from "@web/core/utils/timing";
import {useService} from "@web/core/utils/hooks";

const SEARCH_DELAY = 250;

/**
 * All about a customer on one screen. The server says what there is, section by
 * section; this page only draws it. The box at its top finds the next customer.
 */
export class CustomerSummary extends Component {
    static template = "somconnexio_base.CustomerSummary";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({summary: null, found: null, text: ""});
        this.search = useDebounced(() => this.find(), SEARCH_DELAY);
        onWillStart(() => {
            const context = this.props.action.context || {};
            const isPartner = context.active_model === "res.partner";
            const id = this.props.resId || (isPartner && context.active_id);
            return id ? this.show(id) : null;
        });
    }

    async show(id) {
        this.state.summary = await this.orm.call("res.partner", "customer_summary", [
            [id],
        ]);
        this.state.found = null;
        this.state.text = "";
        this.env.config.setDisplayName(this.state.summary.name);
        this.props.updateActionState?.({resId: id});
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.search();
    }

    async find() {
        const text = this.state.text;
        const found = text
            ? await this.orm.call("res.partner", "find_customer", [text])
            : null;
        if (text === this.state.text) {
            this.state.found = found;
        }
    }

    onKeydown(ev) {
        const only = this.state.found && this.state.found[0];
        if (ev.key === "Enter" && only) {
            this.show(only.id);
        }
    }

    open(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    async openAll(section) {
        const action = await this.orm.call("res.partner", section.button, [
            [this.state.summary.id],
        ]);
        return this.action.doAction(action);
    }

    moreLabel(section) {
        return _t("All %s", section.count);
    }

    textClass(level) {
        return level ? `text-${level}` : "";
    }
}

registry.category("actions").add("telecom_customer_summary", CustomerSummary);
