/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

/**
 * Table of a partner's form: which values hold, and the normal form that is proposed for
 * each. Nothing changes until somebody presses the button.
 */
export class DataCheck extends Component {
    static template = "somconnexio_base.DataCheck";
    static props = {...standardFieldProps, isCompact: {type: Boolean, optional: true}};

    setup() {
        this.orm = useService("orm");
    }

    get check() {
        const empty = {items: [], missing: [], score: 0};
        return this.props.record.data[this.props.name] || empty;
    }

    /** In the compact form only what asks for somebody's attention. */
    get items() {
        const items = this.check.items;
        return this.props.isCompact
            ? items.filter((item) => item.proposal || item.state === "invalid")
            : items;
    }

    icon(item) {
        const icons = {valid: "fa-check text-success", invalid: "fa-times text-danger"};
        return icons[item.state] || "fa-question text-muted";
    }

    async accept(item) {
        const record = this.props.record;
        if (!item.bank_id) {
            await record.update(item.changes);
        } else if (await record.save()) {
            await this.orm.call("res.partner.bank", "accept_normal_form", [
                [item.bank_id],
            ]);
            await record.load();
        }
    }
}

export const dataCheck = {
    component: DataCheck,
    supportedTypes: ["json"],
    extractProps: ({options}) => ({isCompact: Boolean(options.compact)}),
};

registry.category("fields").add("telecom_data_check", dataCheck);
