package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.incident.Incident;
import java.time.Instant;

/// By what memory finds its memos beside their keys.
final class Indexes {
    /// Tasks, by their service.
    final Index<String> tasksOf =
            new Index<>(memo -> memo instanceof Memo.Known(Task task) ? task.service() : null);

    /// Tasks, by the node that they are on.
    final Index<String> tasksOn =
            new Index<>(memo -> memo instanceof Memo.Known(Task task) ? task.node() : null);

    /// Open alerts, by what their incident is about.
    final Index<Subject> alertsAbout =
            new Index<>(memo -> memo instanceof Memo.Known(Alert alert) ? alert.about() : null);

    /// Incidents that are not over, by their beginning.
    final Index<Instant> openSince =
            new Index<>(memo ->
                    memo instanceof Memo.Open(Incident incident) && incident.isOpen()
                            ? incident.openedAt()
                            : null);

    /// Incidents that are not over, by their subject.
    final Index<Subject> openOn =
            new Index<>(memo ->
                    memo instanceof Memo.Open(Incident incident) && incident.isOpen()
                            ? incident.subject()
                            : null);

    /// Actions, by whether they are final.
    final Index<Boolean> unsettled =
            new Index<>(memo ->
                    memo instanceof Memo.Undertaken(Undertaking undertaking)
                            ? Boolean.valueOf(undertaking.isFinal())
                            : null);

    /// Actions that are not final, by what they change.
    final Index<String> unsettledOf =
            new Index<>(memo ->
                    memo instanceof Memo.Undertaken(Undertaking undertaking)
                                    && !undertaking.isFinal()
                            ? target(undertaking.action())
                            : null);

    /// The marks of actions that count for the rate, by when they were decided.
    final Index<Instant> takenAt =
            new Index<>(memo ->
                    memo instanceof Memo.Mark(String key, Instant at) && key.startsWith(Marks.TAKEN)
                            ? at
                            : null);

    Index<?>[] all() {
        return new Index<?>[] {
            tasksOf, tasksOn, alertsAbout, openSince, openOn, unsettled, unsettledOf, takenAt
        };
    }

    /// What an action changes, of which there is one at a time.
    private static String target(Action action) {
        return switch (action) {
            case Action.OnSwarm swarm -> swarm.subject().toString();
            case Action.PostNotice(var notice) -> Marks.notice(notice.incident(), notice.channel());
        };
    }
}
