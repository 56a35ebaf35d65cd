package io.homeostat.scenario;

/// A scenario's file cannot be understood.
final class BadScenario extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ScenarioFault fault;

    BadScenario(ScenarioFault fault) {
        super(fault.text());
        this.fault = fault;
    }

    ScenarioFault fault() {
        return fault;
    }
}
