package io.homeostat.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// The timeline of a scenario that failed, cut down to what matters: what is about the things that
/// its failures name, and what is near to their instants.
final class StoryLines {
    /// More lines than this hide what matters.
    static final int MAX = 60;

    /// What is about something that a failure names counts as so much nearer.
    private static final int NEARER = 10;

    private final List<Line> lines = new ArrayList<>();

    /// @param matters about something that a failure names
    private record Line(Instant at, String text, boolean matters, boolean isFailure) {}

    void add(Instant at, String text, boolean matters) {
        lines.add(new Line(at, text, matters, false));
    }

    void failed(Instant at, String text) {
        lines.add(new Line(at, "✗ " + text, true, true));
    }

    /// The lines in order, with a word about each gap.
    List<String> told(Chronicle chronicle) {
        lines.sort(Comparator.comparing(Line::at));
        SortedSet<Integer> kept = kept();
        List<String> told = new ArrayList<>();
        int next = 0;
        for (int index : kept) {
            left(index - next, told);
            Line line = lines.get(index);
            told.add(chronicle.clock(line.at()) + "  " + line.text());
            next = index + 1;
        }
        left(lines.size() - next, told);
        return told;
    }

    private static void left(int count, Collection<String> told) {
        if (count > 0) {
            told.add("… %d more lines".formatted(count));
        }
    }

    private SortedSet<Integer> kept() {
        List<Integer> byNearness = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            byNearness.add(i);
        }
        byNearness.sort(
                Comparator.comparing((Integer i) -> !lines.get(i).isFailure())
                        .thenComparing(i -> distance(lines.get(i)))
                        .thenComparing(i -> i));
        return new TreeSet<>(byNearness.subList(0, Math.min(MAX, byNearness.size())));
    }

    private Duration distance(Line line) {
        Duration nearest = Duration.ofDays(365);
        for (Line failure : lines) {
            Duration distance = Duration.between(line.at(), failure.at()).abs();
            if (failure.isFailure() && distance.compareTo(nearest) < 0) {
                nearest = distance;
            }
        }
        return line.matters() ? nearest.dividedBy(NEARER) : nearest;
    }
}
