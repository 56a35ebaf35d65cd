package io.homeostat.engine;

import io.homeostat.fact.CustomFact;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is told of the world from outside, until its time is over.
final class CustomFacts {
    private final Memory memory;

    CustomFacts(Memory memory) {
        this.memory = memory;
    }

    /// Equal values again only extend the time: nothing is new but that they still hold.
    void put(CustomFact fact) {
        if (memory.fact(fact.subject()) instanceof CustomFact held
                && Sorted.same(held.values(), fact.values())) {
            memory.keep(toldAgain(held, fact));
            return;
        }
        memory.keep(fact);
        line(
                fact,
                "%s tells of %s: %s; %s"
                        .formatted(fact.by(), fact.subject(), fact.values(), fact.why()));
    }

    private static CustomFact toldAgain(CustomFact held, CustomFact again) {
        return new CustomFact(
                held.kind(),
                held.key(),
                held.values(),
                held.since(),
                later(held.at(), again.at()),
                later(held.until(), again.until()),
                held.by(),
                held.why());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    void removed(Signal.FactRemoved removed) {
        if (memory.fact(Subject.custom(removed.kind(), removed.key())) instanceof CustomFact held) {
            memory.drop(held);
            line(
                    held,
                    "%s takes back what was told of %s: %s"
                            .formatted(removed.by(), held.subject(), removed.why()));
        }
    }

    void expire(Instant now) {
        for (CustomFact fact : memory.customFacts()) {
            if (!now.isBefore(fact.until())) {
                memory.drop(fact);
                line(
                        fact,
                        "%s is forgotten: %s told it last at %s, and its time is over"
                                .formatted(fact.subject(), fact.by(), fact.at()));
            }
        }
    }

    private void line(CustomFact fact, String text) {
        memory.line(fact.subject().toString(), "", "fact", text);
    }

    /// When the next one is forgotten by itself; null when none is.
    @Nullable Instant nextChange() {
        Instant next = null;
        for (CustomFact fact : memory.customFacts()) {
            next = next == null || fact.until().isBefore(next) ? fact.until() : next;
        }
        return next;
    }
}
