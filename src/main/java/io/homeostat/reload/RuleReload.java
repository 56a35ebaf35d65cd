package io.homeostat.reload;

import io.homeostat.engine.Candidate;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Journal;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Succession;
import io.homeostat.rules.RuleFault;
import io.homeostat.rules.RuleThrew;
import io.homeostat.rules.Rulebook;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets other rules take over while Homeostat runs. Everything that takes long is done on a thread
/// of its own, one attempt after the other; the engine stands still only to take the last changes
/// of the facts in.
///
/// Rules with any error are refused as a whole, and the rules in force stay.
public final class RuleReload implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleReload.class);

    /// So few changes are left to be taken in while the engine stands still.
    private static final int FEW = 50;

    private static final int ROUNDS = 20;
    private static final int UNDOES = 10;

    /// So many errors people are told of; the log and the API have them all.
    private static final int SAID = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EngineLoop loop;
    private final Succession succession;
    private final Journal journal;
    private final RuleSource source;
    private final Rehearsal rehearsal;
    private final InstantSource clock;
    private final ReloadBoard board;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("homeostat-rules").daemon().factory());
    private final CountDownLatch closed = new CountDownLatch(1);

    /// The texts of the rulebooks before, the newest first. Compiled they would keep their classes.
    private final Deque<SortedMap<String, String>> before = new ArrayDeque<>();

    private @Nullable CompletableFuture<Attempt> waiting;

    /// What an attempt starts from.
    private record Wanted(SortedMap<String, String> sources, boolean isUndo, String by) {}

    public RuleReload(
            EngineLoop loop,
            Journal journal,
            RuleSource source,
            Rehearsal rehearsal,
            InstantSource clock) {
        this.loop = loop;
        this.succession = loop.succession();
        this.journal = journal;
        this.source = source;
        this.rehearsal = rehearsal;
        this.clock = clock;
        this.board = new ReloadBoard(source, loop, clock.instant());
    }

    /// What is in force, and what came of the attempts to change it.
    public ReloadBoard board() {
        return board;
    }

    /// Says whether the rules that Homeostat was started with are whole.
    public void begin() {
        Rulebook rulebook = succession.rulebook();
        if (rulebook.isFaulty()) {
            say(leftOut("the start", rulebook), false);
        }
    }

    /// Reads the rules anew. Who asks while others wait for their turn shares it with them.
    ///
    /// @param by who or what wants it
    public synchronized CompletableFuture<Attempt> reload(String by) {
        if (waiting == null) {
            waiting = CompletableFuture.supplyAsync(() -> reading(by), thread);
        }
        return waiting;
    }

    /// The same for those who do not wait for what comes of it: the log tells.
    ///
    /// @param by who or what wants it
    public void wish(String by) {
        CompletableFuture<Attempt> _ = reload(by);
    }

    /// Goes back to the rules that were in force before, until the files change or somebody reloads
    /// them.
    public CompletableFuture<Attempt> undo(String by) {
        return CompletableFuture.supplyAsync(() -> undoing(by), thread);
    }

    private Attempt reading(String by) {
        synchronized (this) {
            waiting = null;
        }
        return attempt(
                by,
                () ->
                        new Wanted(
                                source.read(length ->
                                        closed.await(length.toMillis(), TimeUnit.MILLISECONDS)),
                                false,
                                by));
    }

    private Attempt undoing(String by) {
        return attempt(
                by,
                () -> {
                    if (before.isEmpty()) {
                        throw new Refused(
                                "there are no rules before these: what was in force before the start is known by its files only",
                                List.of());
                    }
                    return new Wanted(before.peek(), true, by);
                });
    }

    @FunctionalInterface
    private interface Finding {
        Wanted find() throws IOException, InterruptedException, Refused;
    }

    private Attempt attempt(String by, Finding finding) {
        Rulebook inForce = succession.rulebook();
        String hash = "";
        boolean isUndo = false;
        Attempt attempt;
        try {
            Wanted wanted = finding.find();
            hash = Rulebook.hashOf(wanted.sources());
            isUndo = wanted.isUndo();
            attempt = hash.equals(inForce.hash()) ? unchanged(by, inForce) : adopt(wanted, inForce);
        } catch (Refused refused) {
            attempt =
                    refusal(
                            by,
                            hash,
                            inForce,
                            String.valueOf(refused.getMessage()),
                            refused.reasons());
        } catch (IOException unreadable) {
            attempt =
                    refusal(
                            by,
                            hash,
                            inForce,
                            "the rules in %s cannot be read: %s"
                                    .formatted(source.text(), unreadable.getMessage()),
                            List.of());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            attempt = refusal(by, hash, inForce, "Homeostat stops", List.of());
        } catch (RuntimeException | LinkageError | StackOverflowError broken) {
            LOG.error("reloading the rules failed", broken);
            attempt = refusal(by, hash, inForce, "reloading failed: " + broken, List.of());
        }
        say(attempt, isUndo);
        return attempt;
    }

    /// An undo that is refused leaves open what is on the disk.
    private void say(Attempt attempt, boolean isUndo) {
        switch (attempt.result()) {
            case REFUSED -> {
                LOG.error("{}", attempt.text());
                attempt.reasons().forEach(reason -> LOG.error("{}", reason));
                board.refused(attempt);
                if (!isUndo && !attempt.rulebook().isEmpty()) {
                    succession.refused(attempt.text());
                }
            }
            case UNCHANGED, ADOPTED -> {
                LOG.info("{}", attempt.text());
                attempt.differences().forEach(line -> LOG.info("{}", line));
                board.done(attempt, before.isEmpty() ? null : Rulebook.hashOf(before.peek()));
                succession.refused("");
            }
        }
    }

    private Attempt unchanged(String by, Rulebook inForce) {
        if (inForce.isFaulty()) {
            return leftOut(by, inForce);
        }
        return new Attempt(
                Attempt.Result.UNCHANGED,
                clock.instant(),
                by,
                inForce.hash(),
                inForce.hash(),
                "rulebook %s is in force already, so nothing changes"
                        .formatted(Attempt.shown(inForce.hash())),
                List.of(),
                null,
                null);
    }

    /// Only a start takes rules with errors, as there are none before them: it leaves out the files
    /// that have some.
    private Attempt leftOut(String by, Rulebook inForce) {
        return new Attempt(
                Attempt.Result.REFUSED,
                clock.instant(),
                by,
                inForce.hash(),
                inForce.hash(),
                "rule files are not heard since the start, because of "
                        + faulty(inForce, "it is left out"),
                texts(inForce),
                null,
                null);
    }

    private Attempt refusal(
            String by, String hash, Rulebook inForce, String why, List<String> reasons) {
        return new Attempt(
                Attempt.Result.REFUSED,
                clock.instant(),
                by,
                hash,
                inForce.hash(),
                "new rules are refused, and rulebook %s stays in force: %s"
                        .formatted(Attempt.shown(inForce.hash()), why),
                reasons,
                null,
                null);
    }

    private Attempt adopt(Wanted wanted, Rulebook inForce) throws Refused, InterruptedException {
        if (wanted.sources().isEmpty()) {
            throw new Refused(
                    "there is no rule file in %s; if that is wanted, start Homeostat anew"
                            .formatted(source.text()),
                    List.of());
        }
        Rulebook rulebook = Rulebook.compile(wanted.sources()).within(inForce.budget());
        if (!wanted.isUndo()) {
            if (rulebook.isFaulty()) {
                throw new Refused(faulty(rulebook, "none of the files counts"), texts(rulebook));
            }
            rehearsal.of(rulebook);
        }
        try (Candidate candidate = succession.candidate(rulebook)) {
            follow(candidate);
            Difference difference =
                    Difference.between(loop.picture().intents(), candidate.intents());
            journal.keepRulebook(rulebook.hash(), rulebook.sources(), clock.instant());
            String text =
                    "rulebook %s takes over from %s, by %s: %s"
                            .formatted(
                                    Attempt.shown(rulebook.hash()),
                                    Attempt.shown(inForce.hash()),
                                    wanted.by(),
                                    Attempt.news(inForce, rulebook));
            Duration pause = handOver(candidate, text);
            remember(wanted, inForce);
            return new Attempt(
                    Attempt.Result.ADOPTED,
                    clock.instant(),
                    wanted.by(),
                    rulebook.hash(),
                    inForce.hash(),
                    text,
                    List.of(),
                    difference,
                    TimeUnit.NANOSECONDS.toMicros(pause.toNanos()));
        } catch (RuleThrew threw) {
            throw new Refused("on the facts of now, a rule throws: " + threw.getMessage(), threw);
        } catch (StoreException failed) {
            throw new Refused(
                    "they could not be kept in the store: " + failed.getMessage(), failed);
        }
    }

    private void follow(Candidate candidate) {
        for (int round = 0; round < ROUNDS; round++) {
            int changes = candidate.follow(loop.picture().facts());
            candidate.fire();
            if (changes <= FEW) {
                return;
            }
        }
    }

    private Duration handOver(Candidate candidate, String text)
            throws Refused, InterruptedException {
        CompletableFuture<Duration> done = succession.adopt(candidate, text);
        try {
            try {
                return done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException late) {
                if (succession.withdraw(candidate)) {
                    throw new Refused(
                            "the engine did not come round within %d s; look at its log and reload again"
                                    .formatted(PATIENCE.toSeconds()),
                            late);
                }
                return done.get();
            }
        } catch (CancellationException | ExecutionException failed) {
            throw new Refused("they could not take over: " + failed.getMessage(), failed);
        }
    }

    private void remember(Wanted wanted, Rulebook replaced) {
        if (wanted.isUndo()) {
            before.pop();
            return;
        }
        before.push(replaced.sources());
        while (before.size() > UNDOES) {
            before.removeLast();
        }
    }

    private static String faulty(Rulebook rulebook, String fate) {
        List<String> faults = texts(rulebook);
        int unsaid = faults.size() - SAID;
        String said = faults.stream().limit(SAID).collect(Collectors.joining(" "));
        return "%s%s; while a rule file has an error, %s; ./homeostat check shows them all"
                .formatted(said, unsaid > 0 ? " (and %d more)".formatted(unsaid) : "", fate);
    }

    private static List<String> texts(Rulebook rulebook) {
        return rulebook.faults().stream()
                .filter(fault -> fault.severity() == RuleFault.Severity.ERROR)
                .map(RuleFault::text)
                .toList();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.shutdownNow();
    }
}
