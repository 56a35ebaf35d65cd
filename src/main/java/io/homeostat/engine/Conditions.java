package io.homeostat.engine;

import io.homeostat.fact.Subject;
import io.homeostat.incident.Incident;
import java.time.Instant;
import java.util.SortedMap;

/// What holds for all we do, and is said when it changes: what keeps every action back, what we
/// were sent and cannot use, and whether the rules in force are the newest.
final class Conditions {
    private static final String REFUSED_RULES = "refused-rules";

    private final Memory memory;
    private final Telling telling;

    Conditions(Memory memory, Telling telling) {
        this.memory = memory;
        this.telling = telling;
    }

    /// True for the incident that people are told of refused rules by, while they are.
    static boolean isOfRules(Incident incident, Memory memory) {
        return memory.mark(Marks.REFUSED_RULES) != null
                && incident.subject().equals(Subject.cluster(REFUSED_RULES));
    }

    void hindered(SortedMap<String, String> reasons) {
        reasons.forEach((code, reason) -> {
            if (!memory.hindrances().containsKey(code)) {
                memory.line("", "", "cluster", "nothing is sent to the cluster: " + reason);
            }
        });
        if (reasons.isEmpty() && !memory.hindrances().isEmpty()) {
            memory.line("", "", "cluster", "actions may be sent to the cluster again");
        }
        memory.hindrances(reasons);
    }

    void unreadable(Signal.AlertsReceived received, Instant now) {
        if (received.unsound() > 0) {
            telling.inform(
                    "unreadable-alerts",
                    "%d alerts of a message to %s could not be read; they are kept raw in the inbox"
                            .formatted(received.unsound(), received.receiver()),
                    now);
        }
    }

    void quarantined(long id, String reason, Instant now) {
        telling.inform(
                "quarantined-signals",
                "signal %d was put aside in the inbox, because %s".formatted(id, reason),
                now);
    }

    void putAside(String rule, String reason, Instant now) {
        telling.inform(
                "rules-put-aside",
                "rule \"%s\" is put aside until it reads differently or Homeostat starts anew: %s"
                        .formatted(rule, reason),
                now);
    }

    /// @param reason why the newest rules are not in force; empty when they are
    void refusedRules(String reason, Instant now) {
        boolean wereRefused = memory.mark(Marks.REFUSED_RULES) != null;
        if (!reason.isEmpty()) {
            Incident open = memory.incidentOf(Subject.cluster(REFUSED_RULES));
            if (!wereRefused) {
                memory.mark(Marks.REFUSED_RULES, now);
            }
            if (!wereRefused || open == null || !open.title().equals(reason)) {
                telling.informAnew(REFUSED_RULES, reason, now);
            }
        } else if (wereRefused) {
            memory.drop(Memo.Mark.class, Marks.REFUSED_RULES);
            telling.allClear(REFUSED_RULES, "the newest rules are in force", now);
        }
    }
}
