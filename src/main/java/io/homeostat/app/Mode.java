package io.homeostat.app;

/// What the process was started for.
enum Mode {
    SERVE,
    DEMO;

    static final String PROPERTY = "homeostat.app.mode";

    static Mode current() {
        return DEMO.name().equals(System.getProperty(PROPERTY)) ? DEMO : SERVE;
    }
}
