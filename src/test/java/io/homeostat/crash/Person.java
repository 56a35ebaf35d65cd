package io.homeostat.crash;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Somebody who requests one restart, and asks again when there was no answer.
final class Person implements AutoCloseable {
    private static final long RETRY_MILLIS = 200;

    private final Api homeostat;
    private final String service;
    private final AtomicInteger unanswered = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean accepted;

    Person(Api homeostat, String service) {
        this.homeostat = homeostat;
        this.service = service;
    }

    void asks() {
        Thread.ofVirtual().start(this::untilAccepted);
    }

    private void untilAccepted() {
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        wish.put("verb", "restart").put("subject", "service/" + service);
        wish.put("by", "tester of " + service).put("why", "to see it restart once");
        try {
            do {
                int status = homeostat.post("/api/v1/requests", wish);
                if (status == 202) {
                    accepted = true;
                    return;
                }
                if (status == 0 || status / 100 == 5) {
                    unanswered.incrementAndGet();
                }
            } while (!closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isAccepted() {
        return accepted;
    }

    /// How many requests may or may not have been taken. Each bears an ID of its own, so each that
    /// was taken restarts.
    int unanswered() {
        return unanswered.get();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
