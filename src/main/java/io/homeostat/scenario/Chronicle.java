package io.homeostat.scenario;

import io.homeostat.action.Action;
import io.homeostat.action.Notice;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All that was decided, done and told in a scenario, for its checks and for people who wonder why.
final class Chronicle {
    private final Instant beginning;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Done> done = new ArrayList<>();
    private final Map<String, List<Notice>> told = new LinkedHashMap<>();
    private final List<Turn.Line> lines = new ArrayList<>();

    /// An action that changed the cluster.
    record Done(Instant at, String text) {}

    Chronicle(Instant beginning) {
        this.beginning = beginning;
    }

    void turned(Turn turn) {
        decisions.addAll(turn.decisions());
        lines.addAll(turn.lines());
    }

    void done(Action.OnSwarm action, Instant at) {
        done.add(new Done(at, action.text()));
    }

    /// @return where the message is found
    String told(Notice notice) {
        String reference = notice.incident() + "/" + notice.channel();
        told.computeIfAbsent(reference, _ -> new ArrayList<>()).add(notice);
        return reference;
    }

    List<Decision> decisions() {
        return decisions;
    }

    List<Done> done() {
        return done;
    }

    /// The message of each incident in each channel, as it was first posted.
    List<Notice> told() {
        return told.values().stream().map(List::getFirst).toList();
    }

    /// The same message as it reads now.
    Notice latest(Notice first) {
        List<Notice> revisions = told.get(first.incident() + "/" + first.channel());
        return revisions == null ? first : revisions.getLast();
    }

    List<Turn.Line> lines() {
        return lines;
    }

    /// An instant as time since the scenario began: `2m05s`.
    String clock(Instant at) {
        Duration since = Duration.between(beginning, at);
        if (since.isNegative()) {
            return "before";
        }
        long hours = since.toHours();
        String minutes = "%dm%02ds".formatted(since.toMinutesPart(), since.toSecondsPart());
        return hours == 0 ? minutes : "%dh%s".formatted(hours, minutes);
    }
}
