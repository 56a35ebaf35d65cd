package io.homeostat.engine;

import io.homeostat.fact.Alert;
import io.homeostat.fact.Calendar;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.rules.Explainer;
import io.homeostat.rules.Explanation;
import io.homeostat.rules.Focus;
import io.homeostat.rules.Rulebook;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Says why rules wish something about a subject or do not, from the facts of a moment. It works
/// beside the engine, on the thread of whoever asks, one question at a time.
public final class Why {
    private final Supplier<Rulebook> rulebook;
    private final ZoneId zone;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private @Nullable Explained latest;

    private record Explained(Rulebook rulebook, Explainer explainer) {}

    /// What was held to be true at one instant.
    ///
    /// @param putAside rules that were not heard, with what they threw
    public record Moment(Instant at, List<Fact> facts, SortedMap<String, String> putAside) {
        public Moment {
            facts = List.copyOf(facts);
            putAside = Sorted.copy(putAside);
        }

        /// That of the last turn; null when there was none, or another process leads.
        public static @Nullable Moment of(Picture picture) {
            Instant at = picture.at();
            return at == null ? null : new Moment(at, picture.facts(), picture.putAside());
        }

        /// One that is past. Rules of today are asked about it, those included that threw then.
        public static Moment of(Instant at, List<Memo> known) {
            List<Fact> facts = new ArrayList<>();
            for (Memo memo : known) {
                if (memo instanceof Memo.Known(Fact fact)) {
                    facts.add(fact);
                }
            }
            return new Moment(at, facts, Collections.emptySortedMap());
        }
    }

    /// The answer.
    ///
    /// @param subject what the name stands for
    /// @param decidedOn the subject that decisions about it are recorded under
    /// @param why what the rules say
    public record Answer(Instant at, Subject subject, Subject decidedOn, Explanation why) {}

    /// @param rulebook the one that is heard now
    /// @param zone the zone of the calendar that rules see
    public Why(Supplier<Rulebook> rulebook, ZoneId zone) {
        this.rulebook = rulebook;
        this.zone = zone;
    }

    /// @param name as people write it
    /// @param kind the kind of subject that is meant; null for any
    /// @param rule the only rule to explain; null for all that came near
    /// @throws Names.NotOne when nothing or several things have that name, or no rule has it
    public Answer of(Moment moment, String name, Subject.@Nullable Kind kind, @Nullable String rule)
            throws Names.NotOne {
        List<Fact> facts = new ArrayList<>(moment.facts());
        Subject subject = new Names(facts).find(name, kind);
        if (facts.stream().noneMatch(Calendar.class::isInstance)) {
            // The engine states it anew in each turn.
            facts.add(Calendar.at(moment.at(), zone));
        }
        Focus focus = Focus.on(subject, facts);
        oneAtATime.lock();
        try {
            Explained explained = explained();
            String named = rule == null ? null : rule(explained.rulebook(), rule);
            return new Answer(
                    moment.at(),
                    subject,
                    decidedOn(subject, facts),
                    explained.explainer().explain(facts, focus, named, moment.putAside()));
        } finally {
            oneAtATime.unlock();
        }
    }

    private Explained explained() {
        Rulebook now = rulebook.get();
        Explained kept = latest;
        if (kept == null || kept.rulebook() != now) {
            kept = new Explained(now, new Explainer(now));
            latest = kept;
        }
        return kept;
    }

    /// A rule by its name, or by a part of it that no other has.
    private static String rule(Rulebook rulebook, String text) throws Names.NotOne {
        if (rulebook.rules().containsKey(text)) {
            return text;
        }
        String part = text.toLowerCase(Locale.ROOT);
        List<String> with =
                rulebook.rules().keySet().stream()
                        .filter(name -> name.toLowerCase(Locale.ROOT).contains(part))
                        .toList();
        if (with.size() == 1) {
            return with.getFirst();
        }
        List<String> near = with.isEmpty() ? Names.nearest(text, rulebook.rules().keySet()) : with;
        throw Names.NotOne.rule(text, with.size() > 1, near);
    }

    private static Subject decidedOn(Subject subject, List<Fact> facts) {
        for (Fact fact : facts) {
            if (fact.subject().equals(subject)) {
                if (fact instanceof Alert alert) {
                    return alert.about();
                }
                if (fact instanceof Task task) {
                    return Subject.service(task.service());
                }
            }
        }
        return subject;
    }
}
