package io.homeostat.rules;

/// What is wrong with a rule file, where, and what to do about it.
///
/// @param file the file's name, relative to the directory of rules
/// @param line from 1; 0 when it is the file as a whole
/// @param column from 1; 0 when it is the line as a whole
/// @param message what is wrong
/// @param advice what to do instead; empty when there is nothing better to say
/// @param finding the name of what was found, such as `never-fires`; empty for what cannot be used
public record RuleFault(
        String file,
        int line,
        int column,
        Severity severity,
        String message,
        String advice,
        String finding)
        implements Comparable<RuleFault> {
    /// Whether the file can be used in spite of it.
    public enum Severity {
        /// The file is not loaded.
        ERROR,
        /// The file is loaded.
        WARNING
    }

    static RuleFault error(String file, Place place, String message, String advice) {
        return new RuleFault(
                file, place.line(), place.column(), Severity.ERROR, message, advice, "");
    }

    static RuleFault warning(
            String finding, String file, Place place, String message, String advice) {
        return new RuleFault(
                file, place.line(), place.column(), Severity.WARNING, message, advice, finding);
    }

    /// The same, by the name of what was found.
    RuleFault found(String name) {
        return new RuleFault(file, line, column, severity, message, advice, name);
    }

    /// `services/web.drl:7:12: error: 'System' may not be used in rules. Rules only …`
    public String text() {
        String where = line == 0 ? file : column == 0 ? file + ":" + line : full();
        String kind = severity == Severity.ERROR ? "error" : "warning";
        return where + ": " + kind + ": " + message + (advice.isEmpty() ? "" : " " + advice);
    }

    private String full() {
        return file + ":" + line + ":" + column;
    }

    @Override
    public int compareTo(RuleFault other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
        int byColumn = byLine != 0 ? byLine : Integer.compare(column, other.column);
        return byColumn != 0 ? byColumn : message.compareTo(other.message);
    }
}
