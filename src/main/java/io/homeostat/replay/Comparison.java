package io.homeostat.replay;

import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Subject;
import io.homeostat.guard.Decision;
import io.homeostat.incident.Incident;
import io.homeostat.incident.IncidentState;
import io.homeostat.replay.ReplayReport.Difference;
import io.homeostat.replay.ReplayReport.Divergence;
import io.homeostat.replay.ReplayReport.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts what was decided in a replay beside what was really decided, incident by incident.
final class Comparison {
    /// An incident is opened a moment earlier or later in a replay.
    private static final Duration SLACK = Duration.ofMinutes(1);

    /// So many differences of one incident are shown.
    private static final int SHOWN = 5;

    /// A rule and what it decided on.
    private record About(String rule, String subject) implements Comparable<About> {
        @Override
        public int compareTo(About other) {
            int byRule = rule.compareTo(other.rule);
            return byRule != 0 ? byRule : subject.compareTo(other.subject);
        }
    }

    private record Courses(Course really, Course now) {
        Courses() {
            this(new Course(), new Course());
        }
    }

    /// One incident as it was, or as it would have been, or what was decided on a subject while
    /// there was none.
    private static final class Episode {
        final Subject subject;
        final @Nullable Incident really;
        final Instant at;
        final String title;
        final SortedMap<About, Courses> courses = new TreeMap<>();

        Episode(Subject subject, @Nullable Incident really, Instant at, String title) {
            this.subject = subject;
            this.really = really;
            this.at = at;
            this.title = title;
        }
    }

    private final Instant from;
    private final Map<String, Incident> recorded = new HashMap<>();
    private final Map<Subject, List<Incident>> bySubject = new HashMap<>();
    private final Map<String, Incident> replayed = new HashMap<>();
    private final SortedMap<String, Episode> episodes = new TreeMap<>();
    private final RecordedActions actions;
    private int actionsNow;

    Comparison(Instant from, List<Incident> incidents, RecordedActions actions) {
        this.from = from;
        this.actions = actions;
        for (Incident incident : incidents) {
            recorded.put(incident.id(), incident);
            bySubject.computeIfAbsent(incident.subject(), _ -> new ArrayList<>()).add(incident);
        }
    }

    /// The replay opened an incident, or it stands otherwise.
    void opened(Incident incident) {
        replayed.put(incident.id(), incident);
    }

    void acted() {
        actionsNow++;
    }

    void really(Decision decision) {
        Incident incident = recorded.get(decision.incident());
        Episode episode = incident == null ? calm(decision) : episode(incident);
        courses(episode, decision).really().add(decision);
    }

    void now(Decision decision) {
        courses(episodeNow(decision), decision).now().add(decision);
    }

    private Episode episodeNow(Decision decision) {
        Incident incident = replayed.get(decision.incident());
        if (incident == null) {
            return calm(decision);
        }
        Incident same = same(incident);
        return same == null
                ? episodes.computeIfAbsent(
                        "now " + incident.id(),
                        _ ->
                                new Episode(
                                        incident.subject(),
                                        null,
                                        incident.openedAt(),
                                        incident.title()))
                : episode(same);
    }

    /// The recorded incident on the same subject that was open at the time, the latest one first.
    private @Nullable Incident same(Incident incident) {
        for (Incident other : bySubject.getOrDefault(incident.subject(), List.of()).reversed()) {
            Instant over = other.resolvedAt();
            boolean begun = !other.openedAt().minus(SLACK).isAfter(incident.openedAt());
            if (begun && (over == null || !over.isBefore(incident.openedAt()))) {
                return other;
            }
        }
        return null;
    }

    private Episode episode(Incident incident) {
        return episodes.computeIfAbsent(
                "really " + incident.id(),
                _ ->
                        new Episode(
                                incident.subject(),
                                incident,
                                incident.openedAt(),
                                incident.title()));
    }

    /// What is decided where nothing is wrong belongs to no incident: all is as wished.
    private Episode calm(Decision decision) {
        return episodes.computeIfAbsent(
                "calm " + decision.subject(),
                _ -> new Episode(decision.subject(), null, decision.at(), "nothing was wrong"));
    }

    private static Courses courses(Episode episode, Decision decision) {
        return episode.courses.computeIfAbsent(
                new About(decision.rule(), decision.subject().toString()), _ -> new Courses());
    }

    // --- the result ---

    Totals totals() {
        int[] counts = new int[3];
        int same = 0;
        int notCompared = 0;
        for (Episode episode : episodes.values()) {
            if (wasOpenBefore(episode)) {
                notCompared++;
                continue;
            }
            List<Difference> differences = differences(episode);
            same += episode.courses.size() - differences.size();
            for (Difference difference : differences) {
                counts[KINDS.indexOf(difference.kind())]++;
            }
        }
        return new Totals(
                same,
                counts[0],
                counts[1],
                counts[2],
                actions.all().size(),
                actionsNow,
                notCompared);
    }

    private static final List<String> KINDS = List.of("added", "removed", "changed");

    /// What was decided before the stretch begins counts for such an incident and is not known.
    private boolean wasOpenBefore(Episode episode) {
        return episode.really != null && episode.really.openedAt().isBefore(from);
    }

    List<Divergence> divergences() {
        List<Divergence> divergences = new ArrayList<>();
        for (Episode episode : episodes.values()) {
            List<Difference> differences =
                    wasOpenBefore(episode) ? List.of() : differences(episode);
            if (!differences.isEmpty()) {
                divergences.add(divergence(episode, differences));
            }
        }
        divergences.sort(Comparator.comparing(Divergence::at).thenComparing(Divergence::subject));
        return divergences;
    }

    private static List<Difference> differences(Episode episode) {
        List<Difference> differences = new ArrayList<>();
        episode.courses.forEach((about, courses) -> {
            List<String> really = courses.really().verdicts();
            List<String> now = courses.now().verdicts();
            if (!really.equals(now)) {
                String kind =
                        courses.really().isEmpty()
                                ? "added"
                                : courses.now().isEmpty() ? "removed" : "changed";
                Instant at = courses.really().at(courses.now().at(episode.at));
                differences.add(
                        new Difference(kind, at, about.rule(), about.subject(), really, now));
            }
        });
        differences.sort(Comparator.comparing(Difference::at));
        return differences;
    }

    private Divergence divergence(Episode episode, List<Difference> differences) {
        Incident incident = episode.really;
        int shown = Math.min(SHOWN, differences.size());
        return new Divergence(
                episode.subject.toString(),
                incident == null ? null : incident.id(),
                episode.at,
                episode.title,
                differences.subList(0, shown),
                differences.size() - shown,
                incident == null ? List.of() : done(incident),
                ended(incident),
                incident == null ? null : incident.resolvedAt());
    }

    private List<String> done(Incident incident) {
        List<String> done = new ArrayList<>();
        for (Undertaking undertaking : actions.all()) {
            if (undertaking.incident().equals(incident.id())) {
                Outcome outcome = undertaking.outcome();
                done.add(
                        undertaking.action().text()
                                + ": "
                                + (outcome == null
                                        ? "not over"
                                        : outcome.word() + ", " + outcome.reason()));
            }
        }
        return done;
    }

    private static String ended(@Nullable Incident incident) {
        if (incident == null) {
            return "there was no incident";
        }
        String told = incident.channels().isEmpty() ? "people were not told" : "people were told";
        return incident.state() == IncidentState.RESOLVED
                ? "resolved after %d min, %s"
                        .formatted(
                                Duration.between(incident.openedAt(), incident.stateSince())
                                        .toMinutes(),
                                told)
                : "%s, %s".formatted(incident.state().name().toLowerCase(Locale.ROOT), told);
    }
}
