package io.homeostat.reload;

import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Picture;
import io.homeostat.engine.RuleStanding;
import io.homeostat.rules.RuleFault;
import io.homeostat.rules.RuleNotes;
import io.homeostat.rules.Rulebook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What is in force and what came of the attempts to change it, for everybody who looks.
/// Thread-safe.
public final class ReloadBoard {
    private final RuleSource source;
    private final EngineLoop loop;
    private final Map<Attempt.Result, LongAdder> counts = new EnumMap<>(Attempt.Result.class);
    private volatile State state;

    /// @param undo the hash of the rules that an undo goes back to; null when there are none
    /// @param last the last attempt; null before the first
    /// @param refusal the last refusal; null when there was none
    /// @param isRefused true while the newest rules are not in force
    private record State(
            Instant since,
            @Nullable String undo,
            @Nullable Attempt last,
            @Nullable Attempt refusal,
            boolean isRefused,
            Duration pause) {}

    /// One rule that is heard.
    ///
    /// @param version the beginning of the SHA-256 of what it says
    /// @param cooldown how long it rests after an action, as in `PT2M`; null when it does not say
    /// @param putAside what it threw, when it is not consulted for that; else null
    /// @param record what came of this version; null when nothing did yet
    public record Rule(
            String name,
            String version,
            String file,
            int line,
            String autonomy,
            @Nullable String cooldown,
            String owner,
            boolean learned,
            @Nullable String putAside,
            @Nullable RuleStanding record) {}

    /// All rules and where they stand.
    ///
    /// @param since since when the rulebook is in force
    /// @param source the directory that the rules are read from
    /// @param watched true when its files are looked at for changes
    /// @param undo the hash of the rulebook that an undo goes back to; null when there is none
    /// @param isRefused true while the newest files are not in force
    /// @param earlier what came of versions that are not in force any more
    /// @param faults what is wrong with the files of the rulebook in force
    public record View(
            String rulebook,
            Instant since,
            String source,
            boolean watched,
            @Nullable String undo,
            boolean isRefused,
            List<Rule> rules,
            List<RuleStanding> earlier,
            List<String> faults,
            @Nullable Attempt last,
            @Nullable Attempt refusal) {}

    ReloadBoard(RuleSource source, EngineLoop loop, Instant since) {
        this.source = source;
        this.loop = loop;
        for (Attempt.Result result : Attempt.Result.values()) {
            counts.put(result, new LongAdder());
        }
        this.state = new State(since, null, null, null, false, Duration.ZERO);
    }

    void refused(Attempt attempt) {
        count(attempt);
        State now = state;
        state = new State(now.since(), now.undo(), attempt, attempt, true, now.pause());
    }

    void done(Attempt attempt, @Nullable String undo) {
        count(attempt);
        State now = state;
        Long micros = attempt.pauseMicros();
        state =
                new State(
                        micros == null ? now.since() : attempt.at(),
                        undo,
                        attempt,
                        now.refusal(),
                        false,
                        micros == null ? now.pause() : Duration.ofNanos(1000 * micros));
    }

    private void count(Attempt attempt) {
        counter(attempt.result()).increment();
    }

    private LongAdder counter(Attempt.Result result) {
        return Objects.requireNonNull(counts.get(result));
    }

    /// How many attempts came to this.
    public long count(Attempt.Result result) {
        return counter(result).sum();
    }

    /// True while the newest rules are not in force.
    public boolean isRefused() {
        return state.isRefused();
    }

    /// How long the engine stood still the last time that rules took over.
    public Duration pause() {
        return state.pause();
    }

    public View view() {
        State now = state;
        Rulebook rulebook = loop.succession().rulebook();
        Picture picture = loop.picture();
        List<Rule> rules = new ArrayList<>();
        for (RuleNotes notes : rulebook.rules().values()) {
            String version = rulebook.versions().getOrDefault(notes.name(), "");
            rules.add(
                    new Rule(
                            notes.name(),
                            version,
                            notes.file(),
                            notes.line(),
                            notes.autonomy().word(),
                            notes.cooldown() == null ? null : notes.cooldown().toString(),
                            notes.owner(),
                            notes.learned(),
                            picture.putAside().get(notes.name()),
                            picture.records().get(notes.name() + "/" + version)));
        }
        return new View(
                rulebook.hash(),
                now.since(),
                source.text(),
                source.directory().isPresent(),
                now.undo(),
                now.isRefused(),
                rules,
                picture.records().values().stream()
                        .filter(each ->
                                !each.version().equals(rulebook.versions().get(each.rule())))
                        .toList(),
                rulebook.faults().stream().map(RuleFault::text).toList(),
                now.last(),
                now.refusal());
    }
}
