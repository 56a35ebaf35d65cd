package io.homeostat.engine;

import io.homeostat.incident.Incident;
import java.util.List;

/// Keeps what logs said beside the incident that they were read for, for people; nothing is decided
/// by it.
final class Evidence {
    private final Memory memory;

    Evidence(Memory memory) {
        this.memory = memory;
    }

    void read(Signal.LogsRead read) {
        Incident incident = memory.incident(read.incident());
        if (incident == null || !incident.isOpen() || read.lines().equals(lines(incident))) {
            return;
        }
        memory.keep(new Memo.Logged(incident.id(), read.lines()));
        for (String line : read.lines()) {
            memory.line(incident.subject().toString(), incident.id(), "evidence", line);
        }
    }

    /// The newest that was read for it; none when nothing was.
    List<String> lines(Incident incident) {
        Memo.Logged logged = memory.get(Memo.Logged.class, incident.id());
        return logged == null ? List.of() : logged.lines();
    }
}
