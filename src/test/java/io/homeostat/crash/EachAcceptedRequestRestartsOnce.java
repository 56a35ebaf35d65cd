package io.homeostat.crash;

import java.util.List;

/// A restart is not idempotent: each request that was answered with 202 raises the counter by one,
/// and one without an answer by one at most.
final class EachAcceptedRequestRestartsOnce implements Invariant {
    @Override
    public List<String> broken(Evidence evidence) {
        Person person = evidence.load().person();
        if (!person.isAccepted()) {
            return List.of("the request could not be told yet");
        }
        int restarts = evidence.restartsOf(evidence.load().restarted());
        return restarts >= 1 && restarts <= 1 + person.unanswered()
                ? List.of()
                : List.of(
                        "%s was restarted %d times for 1 accepted request and %d without an answer"
                                .formatted(
                                        evidence.load().restarted(),
                                        restarts,
                                        person.unanswered()));
    }
}
