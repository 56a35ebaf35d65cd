package io.homeostat.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/// Where commands write, for people and for machines.
///
/// @param zone the time zone of the person who reads
record Console(PrintWriter out, PrintWriter err, ZoneId zone) {
    static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    void line(String text) {
        out.println(plain(text));
    }

    /// A line that was made safe already, and may have colours.
    void made(String text) {
        out.println(text);
    }

    /// On a terminal, unless the person does not want it (no-color.org).
    boolean isColoured() {
        boolean isTerminal =
                Optional.ofNullable(System.console())
                        .filter(terminal -> terminal.isTerminal())
                        .isPresent();
        return isTerminal && System.getenv("NO_COLOR") == null;
    }

    void json(JsonNode node) {
        try {
            out.println(JSON.writeValueAsString(node));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("what was read as JSON can be written", impossible);
        }
    }

    /// Rows with columns as wide as their widest cell; the last one ends where it ends.
    void table(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], plain(row.get(i)).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String cell = plain(row.get(i));
                line.append(cell);
                if (i < row.size() - 1) {
                    line.append(" ".repeat(widths[i] - cell.length() + 2));
                }
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /// An instant as the person's clock shows it; what is none stays as it is.
    String time(JsonNode node) {
        String text = node.asText("");
        try {
            return TIME.format(Instant.parse(text).atZone(zone));
        } catch (DateTimeException none) {
            return text.equals("null") ? "" : text;
        }
    }

    /// Text from outside must not steer the terminal.
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\t]]", " ");
    }
}
