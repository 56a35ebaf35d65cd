package io.homeostat.alertmanager;

/// An alert that cannot be read. The message says what is wrong with it.
final class UnsoundAlert extends Exception {
    private static final long serialVersionUID = 1L;

    UnsoundAlert(String message) {
        super(message, null, false, false);
    }
}
