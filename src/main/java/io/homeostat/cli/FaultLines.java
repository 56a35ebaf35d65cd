package io.homeostat.cli;

import io.homeostat.rules.RuleFault;
import java.util.ArrayList;
import java.util.List;

/// A fault as people read it: its place, what is wrong, and the line with a mark under the column.
final class FaultLines {
    private static final String PLAIN = "\u001B[0m";
    private static final String RED = "\u001B[31m";
    private static final String YELLOW = "\u001B[33m";

    private FaultLines() {}

    /// @param text the file's text
    /// @param isColoured on a terminal
    static List<String> of(RuleFault fault, String prefix, String text, boolean isColoured) {
        String colour =
                switch (fault.severity()) {
                    case ERROR -> RED;
                    case WARNING -> YELLOW;
                };
        List<String> lines = new ArrayList<>();
        String finding = fault.finding().isEmpty() ? "" : " [" + fault.finding() + "]";
        lines.add(coloured(clean(prefix + fault.text() + finding), colour, isColoured));
        List<String> all = text.lines().toList();
        if (fault.line() > 0 && fault.line() <= all.size() && fault.column() > 0) {
            // A tab is as wide as the terminal likes: as a blank it leaves the mark in its place.
            String line = clean(all.get(fault.line() - 1));
            lines.add("    " + line);
            lines.add("    " + " ".repeat(fault.column() - 1) + coloured("^", colour, isColoured));
        }
        return lines;
    }

    private static String coloured(String text, String colour, boolean isColoured) {
        return isColoured ? colour + text + PLAIN : text;
    }

    /// Text from outside must not steer the terminal.
    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
