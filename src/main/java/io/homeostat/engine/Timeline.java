package io.homeostat.engine;

import io.homeostat.fact.Subject;
import io.homeostat.incident.Incident;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What happened in one turn, as sentences.
final class Timeline {
    private final List<Turn.Line> lines = new ArrayList<>();

    void add(Turn.Line line) {
        lines.add(line);
    }

    void clear() {
        lines.clear();
    }

    /// A line about something that an incident is open on belongs to that incident, also when the
    /// line came first and the incident was opened because of it.
    ///
    /// @param open the incident that is open on a subject; null when none is
    List<Turn.Line> lines(Function<Subject, @Nullable Incident> open) {
        return lines.stream().map(line -> attributed(line, open)).toList();
    }

    private static Turn.Line attributed(
            Turn.Line line, Function<Subject, @Nullable Incident> open) {
        if (!line.incident().isEmpty() || line.subject().isEmpty()) {
            return line;
        }
        Incident incident = open.apply(Subject.parse(line.subject()));
        return incident == null
                ? line
                : new Turn.Line(line.at(), line.subject(), incident.id(), line.kind(), line.text());
    }
}
