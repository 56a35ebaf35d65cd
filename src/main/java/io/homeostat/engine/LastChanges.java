package io.homeostat.engine;

import io.homeostat.diagnosis.Change;
import io.homeostat.fact.Aspect;
import io.homeostat.fact.Provenance;
import io.homeostat.fact.Subject;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Remembers when what the tasks of a service are made of was last changed, and by whom: after that
/// they may not run, and it can be taken back. Other changes (replicas, labels) are no such thing.
final class LastChanges {
    private static final List<Aspect> OF_TASKS = List.of(Aspect.IMAGE, Aspect.CONFIG);

    private final Memory memory;

    LastChanges(Memory memory) {
        this.memory = memory;
    }

    /// A person's is remembered by what is left to people because of it.
    void note(Signal.ServiceChanged change, SortedSet<Aspect> aspects, Instant at) {
        Subject subject = Subject.service(change.service());
        boolean isAPersons =
                change.whose() == Provenance.PERSON || change.whose() == Provenance.NOBODY;
        for (Aspect aspect : OF_TASKS) {
            if (!isAPersons && aspects.contains(aspect)) {
                memory.mark(Marks.changed(subject, change.whose(), aspect), at);
            }
        }
    }

    /// The last change; null when none was seen. A deployment that was a person's answer is a
    /// person's.
    @Nullable Change of(String service) {
        Subject subject = Subject.service(service);
        Change last = null;
        for (Provenance whose : Provenance.values()) {
            for (Aspect aspect : OF_TASKS) {
                Instant at = memory.mark(key(subject, whose, aspect));
                if (at != null) {
                    last = later(last, at, whose, aspect);
                }
            }
        }
        return last;
    }

    private static String key(Subject subject, Provenance whose, Aspect aspect) {
        return whose == Provenance.PERSON
                ? Marks.byHand(subject, aspect)
                : Marks.changed(subject, whose, aspect);
    }

    private static Change later(
            @Nullable Change last, Instant at, Provenance whose, Aspect aspect) {
        if (last != null && last.at().isAfter(at)) {
            return last;
        }
        SortedSet<Aspect> aspects = new TreeSet<>(List.of(aspect));
        if (last != null && last.at().equals(at)) {
            aspects.addAll(last.aspects());
        }
        return new Change(at, whose, aspects);
    }
}
