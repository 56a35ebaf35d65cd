package io.homeostat.engine;

import io.homeostat.fact.Request;
import io.homeostat.guard.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// What people order: requests, and freezes with their end.
final class Orders {
    private final Memory memory;
    private final Duration rateWithin;

    /// @param rateWithin how long an action counts for the rate
    Orders(Memory memory, Duration rateWithin) {
        this.memory = memory;
        this.rateWithin = rateWithin;
    }

    /// A disk that fails in the middle of a commit may hold a request twice; it is heard once.
    void requested(Request request) {
        if (memory.mark(Marks.requested(request.id())) != null) {
            return;
        }
        memory.mark(Marks.requested(request.id()), request.expires());
        memory.keep(request);
        memory.line(
                request.target().toString(),
                "",
                "request",
                "%s requests to %s%s: %s"
                        .formatted(
                                request.by(),
                                Requests.wish(request).text(),
                                overriding(request),
                                request.why()));
    }

    private static String overriding(Request request) {
        SortedSet<String> overrides = Requests.overrides(request);
        return overrides.isEmpty() ? "" : ", overriding " + String.join(" and ", overrides);
    }

    /// The opposite is requested, and the rule that did it leaves the subject alone for a while:
    /// else it would be done again at once.
    void undone(Signal.UndoOrdered undo) {
        Request request = undo.request();
        if (memory.mark(Marks.requested(request.id())) != null) {
            return;
        }
        memory.line(
                request.target().toString(),
                "",
                "request",
                "%s undoes %s: %s".formatted(request.by(), undo.action(), request.why()));
        undo.freezes().forEach(this::frozen);
        requested(request);
    }

    void frozen(Freeze freeze) {
        memory.keep(new Memo.Frozen(freeze));
        memory.line(freeze.subject(), "", "freeze", freeze.text());
    }

    void lifted(Signal.FreezeLifted lifted) {
        for (Freeze freeze : memory.freezes()) {
            if (freeze.id().equals(lifted.freeze())) {
                memory.drop(Memo.Frozen.class, freeze.id());
                memory.line(
                        freeze.subject(),
                        "",
                        "freeze",
                        "freeze %s is lifted by %s: %s"
                                .formatted(freeze.id(), lifted.by(), lifted.why()));
            }
        }
    }

    void expire(Instant now) {
        for (Memo.Mark heard : memory.marks(Marks.REQUESTED)) {
            if (!now.isBefore(heard.at())) {
                memory.drop(Memo.Mark.class, heard.key());
            }
        }
        for (Memo.Mark taken : memory.marks(Marks.TAKEN)) {
            if (!now.isBefore(taken.at().plus(rateWithin))) {
                memory.drop(Memo.Mark.class, taken.key());
            }
        }
        for (Freeze freeze : memory.freezes()) {
            if (!now.isBefore(freeze.until())) {
                memory.drop(Memo.Frozen.class, freeze.id());
                memory.line(
                        freeze.subject(), "", "freeze", "freeze %s ended".formatted(freeze.id()));
            }
        }
        for (Request request : memory.requests()) {
            boolean isDone =
                    memory.allUnsettled(request.target()).stream()
                            .anyMatch(underWay -> request.id().equals(underWay.request()));
            if (!now.isBefore(request.expires()) && !isDone) {
                memory.drop(request);
                memory.line(
                        request.target().toString(),
                        "",
                        "request",
                        "the request of %s expired: it could not be done in time"
                                .formatted(request.by()));
            }
        }
    }

    /// When the next freeze or request ends by itself; null when none does.
    @Nullable Instant nextChange() {
        Instant next = null;
        for (Freeze freeze : memory.freezes()) {
            next = next == null || freeze.until().isBefore(next) ? freeze.until() : next;
        }
        for (Request request : memory.requests()) {
            next = next == null || request.expires().isBefore(next) ? request.expires() : next;
        }
        return next;
    }
}
