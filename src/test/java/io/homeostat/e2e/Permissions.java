package io.homeostat.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Homeostat may ask of Docker, as the documentation lists it: a running one, and the doctor.
public final class Permissions {
    private static final Pattern ROW =
            Pattern.compile("\\| (GET|POST) \\| `(/[^`]+)` \\| [^|]+ \\| ([^|]+) \\|");
    private static final Pattern REQUEST =
            Pattern.compile("(\\w+) (?:/v\\d+\\.\\d+)?(/[^? ]*)(?:\\?\\S*)?");

    private static final String DOCTOR = "doctor";

    private final List<Row> rows;

    /// @param when when it is asked: `always`, or on which occasion
    private record Row(String method, String path, String when) {
        boolean allows(String asked, String of) {
            return method.equals(asked)
                    && of.matches(Pattern.quote(path).replace("*", "\\E[^/]+\\Q"));
        }

        String text() {
            return method + " " + path;
        }
    }

    private Permissions(List<Row> rows) {
        this.rows = rows;
    }

    /// Those of a running Homeostat.
    public static Permissions documented() {
        return new Permissions(read().stream().filter(row -> !row.when().equals(DOCTOR)).toList());
    }

    /// Those of `./homeostat doctor`.
    public static Permissions ofTheDoctor() {
        return new Permissions(read().stream().filter(row -> row.when().equals(DOCTOR)).toList());
    }

    private static List<Row> read() {
        List<Row> rows = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(Path.of("docs/docker-permissions.md"))) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    rows.add(new Row(row.group(1), row.group(2), row.group(3)));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return rows;
    }

    /// The row that allows a request; empty when none does.
    ///
    /// @param request method and target: `GET /v1.41/tasks?filters=…`
    public Optional<String> allowing(String request) {
        Matcher parts = REQUEST.matcher(request);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return rows.stream()
                .filter(row -> row.allows(parts.group(1), parts.group(2)))
                .map(Row::text)
                .findFirst();
    }

    public SortedSet<String> all() {
        SortedSet<String> all = new TreeSet<>();
        rows.forEach(row -> all.add(row.text()));
        return all;
    }

    /// Those that every Homeostat needs.
    public SortedSet<String> always() {
        SortedSet<String> always = new TreeSet<>();
        rows.stream()
                .filter(row -> row.when().equals("always"))
                .forEach(row -> always.add(row.text()));
        return always;
    }
}
