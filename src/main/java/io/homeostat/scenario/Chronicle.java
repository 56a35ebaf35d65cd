package io.homeostat.scenario;

import io.homeostat.action.Action;
import io.homeostat.action.Notice;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// All that was decided, done and told in a scenario, for its checks and for people who wonder why.
final class Chronicle {
    private final Instant beginning;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Done> done = new ArrayList<>();
    private final Map<String, List<Notice>> told = new LinkedHashMap<>();
    private final List<Turn.Line> lines = new ArrayList<>();

    /// Every alert that there was, as it was known last.
    private final SortedMap<Subject, Alert> alerts = new TreeMap<>();

    /// The wishes that stand, as the engine remembers them.
    private final SortedSet<String> standing = new TreeSet<>();

    /// An action that changed the cluster.
    record Done(Instant at, Subject subject, String text) {}

    Chronicle(Instant beginning) {
        this.beginning = beginning;
    }

    void turned(Turn turn) {
        decisions.addAll(turn.decisions());
        lines.addAll(turn.lines());
        for (Memo kept : turn.kept()) {
            if (kept instanceof Memo.Standing wish) {
                standing.add(wish.key());
            } else if (kept instanceof Memo.Known(Alert alert)) {
                alerts.put(alert.subject(), alert);
            }
        }
        for (Turn.Dropped dropped : turn.dropped()) {
            if (dropped.kind().equals(Memo.Standing.class)) {
                standing.remove(dropped.key());
            }
        }
    }

    /// The last decision of each wish that stands: a wish is gone when its reasons are.
    List<Decision> standing() {
        Map<String, Decision> last = new LinkedHashMap<>();
        for (Decision decision : decisions) {
            last.put(key(decision), decision);
        }
        last.keySet().retainAll(standing);
        return List.copyOf(last.values());
    }

    /// As the engine remembers its wish: each request is one of its own.
    private static String key(Decision decision) {
        String wish = decision.wish().text();
        return decision.evidence().stream()
                .filter(subject -> subject.kind() == Subject.Kind.REQUEST)
                .map(request -> request + " " + wish)
                .findFirst()
                .orElse(wish);
    }

    void done(Action.OnSwarm action, Instant at) {
        done.add(new Done(at, action.subject(), action.text()));
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

    SortedMap<Subject, Alert> alerts() {
        return alerts;
    }

    List<Turn.Line> lines() {
        return lines;
    }

    /// An instant as time since the scenario began: `2m05s`.
    String clock(Instant at) {
        return clock(Duration.between(beginning, at));
    }

    static String clock(Duration since) {
        if (since.isNegative()) {
            return "before";
        }
        long hours = since.toHours();
        String minutes = "%dm%02ds".formatted(since.toMinutesPart(), since.toSecondsPart());
        return hours == 0 ? minutes : "%dh%s".formatted(hours, minutes);
    }
}
