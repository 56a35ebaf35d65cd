package io.homeostat.replay;

import io.homeostat.guard.Decision;
import io.homeostat.guard.Objection;
import io.homeostat.guard.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What one rule decided on one subject in one incident, verdict after verdict. How long it waited
/// in between is not of it: a process wakes a moment later than a replay.
final class Course {
    /// More of it tells nobody anything.
    private static final int MOST = 40;

    private final List<String> verdicts = new ArrayList<>();
    private boolean waited;
    private @Nullable Instant at;

    void add(Decision decision) {
        if (at == null) {
            at = decision.at();
        }
        if (decision.verdict() == Verdict.WAIT) {
            waited = true;
            return;
        }
        String verdict = words(decision);
        boolean acts = decision.verdict() == Verdict.ALLOW && decision.action() != null;
        boolean again = !verdicts.isEmpty() && verdicts.getLast().equals(verdict);
        if (verdicts.size() < MOST && (acts || !again)) {
            verdicts.add(verdict);
        }
    }

    private static String words(Decision decision) {
        String what = decision.action() == null ? decision.wish().text() : decision.action().text();
        return switch (decision.verdict()) {
            case ALLOW, SHADOW, ASK, WAIT -> decision.verdict().word() + ": " + what;
            case DENY ->
                    "deny: %s (%s)"
                            .formatted(
                                    decision.wish().text(),
                                    decision.objections().stream()
                                            .filter(o -> o.verdict() == Verdict.DENY)
                                            .map(Objection::code)
                                            .collect(Collectors.joining(", ")));
        };
    }

    boolean isEmpty() {
        return at == null;
    }

    /// When it was first decided.
    Instant at(Instant otherwise) {
        return at == null ? otherwise : at;
    }

    List<String> verdicts() {
        return verdicts.isEmpty() && waited ? List.of("wait") : List.copyOf(verdicts);
    }
}
