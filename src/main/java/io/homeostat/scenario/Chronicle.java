package io.homeostat.scenario;

import io.homeostat.action.Action;
import io.homeostat.action.Notice;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// All that was decided, done and told in a scenario, for its checks and for people who wonder why.
final class Chronicle {
    private final Instant beginning;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Done> done = new ArrayList<>();
    private final List<Notice> told = new ArrayList<>();
    private final List<Turn.Line> lines = new ArrayList<>();

    /// An action on the cluster that was sent.
    record Done(Instant at, String text) {}

    Chronicle(Instant beginning) {
        this.beginning = beginning;
    }

    void turned(Turn turn) {
        decisions.addAll(turn.decisions());
        lines.addAll(turn.lines());
    }

    void sent(Undertaking undertaking, Instant at) {
        switch (undertaking.action()) {
            case Action.OnSwarm action -> done.add(new Done(at, action.text()));
            case Action.PostNotice(Notice notice) -> {
                if (notice.posted() == null && notice.phase() != Notice.Phase.RESOLVED) {
                    told.add(notice);
                }
            }
        }
    }

    List<Decision> decisions() {
        return decisions;
    }

    List<Done> done() {
        return done;
    }

    /// The first message of each incident in each channel.
    List<Notice> told() {
        return told;
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
