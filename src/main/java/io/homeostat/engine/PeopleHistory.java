package io.homeostat.engine;

import io.homeostat.incident.Incident;
import java.time.Duration;

/// How long people take for alerts that come to them: what a rule that heals such an alert is worth
/// is known from nothing else.
final class PeopleHistory {
    private PeopleHistory() {}

    /// An incident is over. When people were told of it, and nothing of ours healed it, it took
    /// them, or whatever they left it to, from its beginning to the end of its symptoms.
    static void over(Incident incident, Memory memory) {
        boolean isOurs = memory.mark(Marks.healed(incident.id())) != null;
        Duration time = Duration.between(incident.openedAt(), incident.stateSince());
        String prefix = Marks.people(incident.id());
        for (Memo.Mark told : memory.marks(prefix)) {
            String alert = told.key().substring(prefix.length());
            Memo.PeopleTook before = memory.get(Memo.PeopleTook.class, alert);
            if (!isOurs) {
                Memo.Took took = before == null ? Memo.Took.NEVER : before.took();
                memory.keep(new Memo.PeopleTook(alert, took.and(time)));
            }
        }
        memory.forget(prefix);
        memory.drop(Memo.Mark.class, Marks.healed(incident.id()));
    }
}
