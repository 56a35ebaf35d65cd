package io.homeostat.engine;

import io.homeostat.action.Undertaking;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Sorted;
import io.homeostat.guard.Approval;
import io.homeostat.guard.Freeze;
import io.homeostat.guard.KnownGood;
import io.homeostat.incident.Account;
import io.homeostat.incident.Incident;
import io.homeostat.tracking.Course;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// One thing of the engine's memory that has to survive a restart, under a key that is unique in
/// its kind.
///
/// Memory is rebuilt from these and from nothing else; the store keeps the newest of each key.
public sealed interface Memo {
    String key();

    /// True when the store has to hear of it.
    ///
    /// @param before the memo in whose place it comes
    default boolean isNews(Memo before) {
        return !equals(before);
    }

    /// A fact that is held to be true.
    record Known(Fact fact) implements Memo {
        @Override
        public String key() {
            return fact.subject().toString();
        }
    }

    /// What is known of an open alert beside the fact.
    ///
    /// @param confirmedAt when it was last confirmed to be firing; on disk it may lag behind, see
    ///   [#isNews]
    /// @param account how it is accounted for, in one word
    /// @param accountSince since when
    /// @param resolvedAt when it was reported as resolved; null while it is open
    /// @param absentSince since when Alertmanager does not list it any more; null while it does
    record AlertMemory(
            String fingerprint,
            Instant confirmedAt,
            String account,
            Instant accountSince,
            @Nullable Instant resolvedAt,
            @Nullable Instant absentSince,
            List<String> suppressedBy)
            implements Memo {
        /// So many seconds a confirmation on disk may lag behind at most.
        private static final long GRAIN = 30;

        @Override
        public String key() {
            return fingerprint;
        }

        /// Every repeat and every look at Alertmanager's list confirms every open alert. Where an
        /// action may wait for that, each is written down. Where nothing does, a later confirmation
        /// alone is written once in half a minute: after a restart the alert seems confirmed a
        /// little earlier than it was.
        @Override
        public boolean isNews(Memo before) {
            boolean isIdle =
                    account.equals(Account.OBSERVED.word())
                            || account.equals(Account.SUPPRESSED.word());
            if (!isIdle || !(before instanceof AlertMemory old)) {
                return !equals(before);
            }
            return grain(old.confirmedAt) != grain(confirmedAt)
                    || !equals(old.confirmed(confirmedAt));
        }

        private static long grain(Instant instant) {
            return Math.floorDiv(instant.getEpochSecond(), GRAIN);
        }

        /// It, confirmed at this instant, and otherwise the same.
        AlertMemory confirmed(Instant at) {
            return new AlertMemory(
                    fingerprint, at, account, accountSince, resolvedAt, absentSince, suppressedBy);
        }
    }

    /// When alerts of one name began on one subject, as far back as rules may count.
    ///
    /// @param key the subject and the alert's name
    record Begun(String key, SortedSet<Instant> at) implements Memo {
        public Begun {
            at = Sorted.copy(at);
        }
    }

    /// A firing that was sent with the beginning of an occurrence that had ended: a late repeat, or
    /// a true alert that Alertmanager had lost sight of.
    ///
    /// @param at when it was received
    record Doubtful(Signal.ReportedAlert alert, Instant at) implements Memo {
        @Override
        public String key() {
            return alert.fingerprint();
        }
    }

    record Open(Incident incident) implements Memo {
        @Override
        public String key() {
            return incident.id();
        }
    }

    /// What the logs of tasks that failed said.
    ///
    /// @param incident the ID of the incident that they were read for
    /// @param lines without secrets
    record Logged(String incident, List<String> lines) implements Memo {
        public Logged {
            lines = List.copyOf(lines);
        }

        @Override
        public String key() {
            return incident;
        }
    }

    record Undertaken(Undertaking undertaking) implements Memo {
        @Override
        public String key() {
            return undertaking.id();
        }
    }

    record Frozen(Freeze freeze) implements Memo {
        @Override
        public String key() {
            return freeze.id();
        }
    }

    /// A question to people, and what they said.
    record Asked(Approval approval) implements Memo {
        @Override
        public String key() {
            return approval.incident() + "/" + approval.id();
        }
    }

    /// An instant to be remembered: when a rule last acted, when replicas last changed.
    record Mark(String key, Instant at) implements Memo {}

    /// Which specification of a service has proven good, and how the present one is doing.
    ///
    /// @param good the last known good; null while there is none
    /// @param before what was known to be good before that; null when nothing was, or when it was
    ///   gone back to
    /// @param trial the present one, as long as that is another; null when it is the same
    record Proven(
            String service,
            @Nullable KnownGood good,
            @Nullable KnownGood before,
            @Nullable Trial trial)
            implements Memo {
        @Override
        public String key() {
            return service;
        }
    }

    /// A specification that is not known to be good yet.
    ///
    /// @param content the hash of its content
    /// @param since when it was first seen
    /// @param wellSince since when it has run well without a break; null while it does not
    /// @param tasks the IDs of the tasks that ran then: as long as they run, nothing broke
    /// @param replicas how many were wanted then; null of a global service
    record Trial(
            String content,
            Instant since,
            @Nullable Instant wellSince,
            SortedSet<String> tasks,
            @Nullable Integer replicas) {
        public Trial {
            tasks = Sorted.copy(tasks);
        }

        static Trial of(String content, Instant at) {
            return new Trial(content, at, null, Sorted.copy(List.<String>of()), null);
        }

        Trial unwell() {
            return of(content, since);
        }

        Trial well(Instant at, SortedSet<String> running, @Nullable Integer wanted) {
            return new Trial(content, since, at, running, wanted);
        }
    }

    /// A number to be remembered.
    record Count(String key, int number) implements Memo {}

    /// What was recommended for a service that follows metrics, and how its replicas changed.
    ///
    /// @param course on disk the end of its last stretch may lag behind, see [#isNews]
    record Tracked(String service, Course course) implements Memo {
        /// So far the end of a stretch may lag behind on disk at most.
        static final Duration LAG = Duration.ofSeconds(30);

        @Override
        public String key() {
            return service;
        }

        /// Every look says mostly the same again: that alone is written once in half a minute.
        @Override
        public boolean isNews(Memo before) {
            return !(before instanceof Tracked old)
                    || grain(old.course) != grain(course)
                    || !old.course.saysTheSame(course);
        }

        private static long grain(Course course) {
            return Math.floorDiv(course.lastAt().getEpochSecond(), LAG.toSeconds());
        }
    }

    /// The last recorded decision of a standing wish, so that only changes are recorded.
    record Standing(String key, SortedMap<String, String> values) implements Memo {}

    /// What came of one version of a rule.
    ///
    /// @param version the beginning of the SHA-256 of what the rule says
    /// @param matched how often it fired; on disk it may lag behind by up to a minute
    /// @param wished how often it began to wish something
    /// @param decisions how often what it wished was decided so, by verdict
    /// @param outcomes how its actions ended
    /// @param healed what its actions healed, by the name of the alert
    /// @param open the name of the alert that each of its actions without an outcome is for; empty
    ///   where it is for none
    /// @param firstAt when it was first heard of
    /// @param lastFired when it fired last; null when it never did
    record RuleRecord(
            String rule,
            String version,
            long matched,
            long wished,
            SortedMap<String, Long> decisions,
            SortedMap<String, Long> outcomes,
            SortedMap<String, Took> healed,
            SortedMap<String, String> open,
            Instant firstAt,
            @Nullable Instant lastFired)
            implements Memo {
        private static final long GRAIN = 60;

        public RuleRecord {
            decisions = Sorted.copy(decisions);
            outcomes = Sorted.copy(outcomes);
            healed = Sorted.copy(healed);
            open = Sorted.copy(open);
        }

        @Override
        public String key() {
            return rule + "/" + version;
        }

        /// A rule may fire in every turn: that alone is written once in a minute.
        @Override
        public boolean isNews(Memo before) {
            return !(before instanceof RuleRecord old)
                    || grain(old.lastFired) != grain(lastFired)
                    || !equals(old.fired(matched, lastFired));
        }

        private static long grain(@Nullable Instant instant) {
            return instant == null ? -1 : Math.floorDiv(instant.getEpochSecond(), GRAIN);
        }

        RuleRecord fired(long times, @Nullable Instant at) {
            return new RuleRecord(
                    rule, version, times, wished, decisions, outcomes, healed, open, firstAt, at);
        }
    }

    /// How long people took for alerts of a name that came to them and that nothing of ours healed.
    record PeopleTook(String alert, Took took) implements Memo {
        @Override
        public String key() {
            return alert;
        }
    }

    /// So many times, and how long that took together.
    record Took(int times, long seconds) {
        static final Took NEVER = new Took(0, 0);

        Took and(Duration another) {
            return new Took(times + 1, seconds + Math.max(0, another.toSeconds()));
        }
    }
}
