package io.homeostat.scenario;

/// What is wrong with a scenario's file, where, and what would be right.
///
/// @param line from 1
/// @param column from 1
public record ScenarioFault(String file, int line, int column, String message) {
    /// `facts-samples/web.yaml:7:12: unknown key 'fire'; known are …`
    public String text() {
        return "%s:%d:%d: %s".formatted(file, line, column, message);
    }
}
