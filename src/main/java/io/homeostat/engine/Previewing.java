package io.homeostat.engine;

import io.homeostat.fact.Request;
import io.homeostat.guard.Decision;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Requests of which somebody wants to know what would be decided, until the engine's thread comes
/// round to answer. Thread-safe.
final class Previewing {
    private final Queue<Asked> waiting = new ConcurrentLinkedQueue<>();

    private record Asked(Request request, CompletableFuture<Decision> answer) {}

    CompletableFuture<Decision> of(Request request) {
        Asked asked = new Asked(request, new CompletableFuture<>());
        waiting.add(asked);
        return asked.answer();
    }

    void answer(Engine engine) {
        for (Asked each = waiting.poll(); each != null; each = waiting.poll()) {
            try {
                each.answer().complete(engine.preview(each.request()));
            } catch (RuntimeException broken) {
                each.answer().completeExceptionally(broken);
            }
        }
    }
}
