import {Component, onWillUnmount, useEffect} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const RELOAD_MILLISECONDS = 3000;

/**
 * Invisible widget of a form: reads the record again every few seconds while one of its
 * boolean fields is true, so that people see background jobs go on. A record with
 * unsaved changes is left alone.
 */
export class ReloadWhile extends Component {
    static template = "somconnexio_billing.ReloadWhile";
    static props = {...standardWidgetProps, field: {type: String}};

    setup() {
        this.timer = null;
        useEffect(
            (isRunning) => (isRunning ? this.start() : this.stop()),
            () => [this.props.record.data[this.props.field]]
        );
        onWillUnmount(() => this.stop());
    }

    start() {
        this.stop();
        this.timer = setInterval(() => this.reload(), RELOAD_MILLISECONDS);
    }

    stop() {
        clearInterval(this.timer);
        this.timer = null;
    }

    async reload() {
        const record = this.props.record;
        if (!(await record.isDirty())) {
            await record.load();
        }
    }
}

export const reloadWhile = {
    component: ReloadWhile,
    extractProps: ({attrs}) => ({field: attrs.field}),
};

registry.category("view_widgets").add("telecom_reload_while", reloadWhile);
