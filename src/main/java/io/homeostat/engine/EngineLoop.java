package io.homeostat.engine;

import io.homeostat.action.Undertaking;
import io.homeostat.fact.Request;
import io.homeostat.fact.Sorted;
import io.homeostat.guard.Decision;
import io.homeostat.rules.RuleThrew;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the engine on one thread: takes signals, steps, commits the turn, and only then releases
/// its effects.
///
/// When a step or a commit fails, the engine is thrown away and built anew from the store, which
/// knows whether that turn exists. A durable signal that makes steps fail twice is tried alone, and
/// failing alone it is quarantined.
public final class EngineLoop {
    private static final Logger LOG = LoggerFactory.getLogger(EngineLoop.class);

    /// The longest pause between two turns is this part of a tick: 50 ms of 5 s.
    private static final int MOST_PAUSE = 100;

    /// Bounds of the loop.
    ///
    /// @param queue volatile signals that may wait; more are refused, and their watchers look again
    /// @param batch durable signals that one turn takes at most
    /// @param tick the longest time between two turns
    /// @param retry how long to wait after a failure of the store
    public record Pace(int queue, int batch, Duration tick, Duration retry) {
        public static final Pace DEFAULT =
                new Pace(10_000, 500, Duration.ofSeconds(5), Duration.ofSeconds(1));
    }

    private final Inbox inbox;
    private final Journal journal;
    private final Effects effects;
    private final InstantSource clock;
    private final Pace pace;
    private final Observer observer;
    private final BlockingQueue<Waiting> queue;
    private final Previewing previewing = new Previewing();
    private final SortedMap<String, String> putAside = new TreeMap<>();
    private final Succession succession;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Instant stoodByUntil = Instant.EPOCH;
    private Instant turnEnded = Instant.EPOCH;
    private Duration turnTook = Duration.ZERO;
    private Signal.@Nullable PlaceFound place;
    private SortedMap<String, String> hindrances = Collections.emptySortedMap();
    private @Nullable String toldRefusal;
    private String said = "";
    private volatile Picture picture;
    private volatile Instant progressedAt;

    private record Waiting(Signal.Volatile signal, Instant since) {}

    /// What one turn is to take.
    private record Batch(
            List<Inbox.Received> durable, List<Signal.Volatile> passing, long lagMillis) {
        List<Long> ids() {
            return durable.stream().map(Inbox.Received::id).toList();
        }

        List<Signal> signals() {
            List<Signal> signals = new ArrayList<>(passing);
            durable.forEach(received -> signals.add(received.signal()));
            return signals;
        }
    }

    public EngineLoop(
            Engine.Charter charter,
            Inbox inbox,
            Journal journal,
            Effects effects,
            InstantSource clock,
            Pace pace,
            Observer observer) {
        this.succession = new Succession(charter, this::picture, this::wake);
        this.inbox = inbox;
        this.journal = journal;
        this.effects = effects;
        this.clock = clock;
        this.pace = pace;
        this.observer = observer;
        this.queue = new ArrayBlockingQueue<>(pace.queue());
        this.progressedAt = clock.instant();
        this.picture = Picture.NOTHING;
        this.thread = Thread.ofPlatform().name("homeostat-engine").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Ends the loop after its present turn, waits for what is under way, and takes in what that
    /// reports.
    ///
    /// @return false when something had not ended by then; the next start settles it by looking at
    ///   the cluster
    public boolean stop(Duration patience) throws InterruptedException {
        stopped.countDown();
        wake();
        thread.join(patience.dividedBy(2));
        boolean ended = effects.close(patience.dividedBy(2));
        return ended && !thread.isAlive();
    }

    /// Says that the inbox has something unread. Never blocks.
    public void wake() {
        // When the queue is full, the loop is awake.
        queue.offer(new Waiting(new Signal.Ticked(), clock.instant()));
    }

    /// Hands over what can be looked at again. Never blocks.
    ///
    /// @return false when too much is waiting already; look again later
    public boolean offer(Signal.Volatile signal) {
        return queue.offer(new Waiting(signal, clock.instant()));
    }

    /// What the engine held to be true after its last turn.
    public Picture picture() {
        return picture;
    }

    /// What would be decided on a request if it were made now; nothing comes of it. It is answered
    /// after the next turn, which is soon, or not while nothing is decided here.
    public CompletableFuture<Decision> preview(Request request) {
        CompletableFuture<Decision> answer = previewing.of(request);
        wake();
        return answer;
    }

    /// How another rulebook takes over while the loop runs.
    public Succession succession() {
        return succession;
    }

    private boolean takeOver(@Nullable Engine engine) {
        Instant began = clock.instant();
        Succession.Next next = succession.takeOver(engine);
        if (next != null) {
            putAside.clear();
            putAside.putAll(next.candidate().putAside());
            next.done().complete(Duration.between(began, clock.instant()));
        }
        return next != null;
    }

    /// When the loop last came round, whatever came of it.
    public Instant progressedAt() {
        return progressedAt;
    }

    public int waiting() {
        return queue.size();
    }

    private void run() {
        Engine engine = null;
        List<Signal.Volatile> carried = new ArrayList<>();
        int failures = 0;
        @Nullable Instant wakeAt = null;
        while (stopped.getCount() > 0) {
            progressedAt = clock.instant();
            Batch batch = null;
            try {
                wakeAt = takeOver(engine) ? clock.instant() : wakeAt;
                if (effects.lease() instanceof Lease.Standing.Elsewhere elsewhere) {
                    engine = standBy(engine, elsewhere);
                    carried = new ArrayList<>();
                    continue;
                }
                if (engine == null) {
                    engine = begin();
                    carried = placed(carried);
                    wakeAt = clock.instant();
                }
                batch = take(wakeAt, carried, failures);
                carried = new ArrayList<>();
                Turn turn = turn(engine, batch);
                said = "";
                wakeAt = turn.wakeAt();
                failures = 0;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } catch (StoreException failed) {
                sayOnce(String.valueOf(failed.getMessage()));
                carried = remember(carried, batch);
                engine = abandon(engine, "store: " + failed.getMessage());
                rest();
            } catch (RuleThrew threw) {
                LOG.error("rule \"{}\" threw and is put aside", threw.rule(), threw);
                carried = remember(carried, batch);
                String reason = String.valueOf(threw.getMessage());
                for (String rule : threw.rules()) {
                    putAside.put(rule, reason);
                    carried.add(new Signal.RulePutAside(rule, reason));
                }
                engine = abandon(engine, "rule " + threw.rule() + " threw");
            } catch (RuntimeException broken) {
                failures++;
                LOG.error("a step failed, memory is rebuilt", broken);
                engine = abandon(engine, String.valueOf(broken));
                quarantineLone(batch, failures, broken);
            }
        }
        succession.close();
        if (engine != null) {
            engine.close();
        }
    }

    private Engine begin() throws StoreException {
        SortedSet<String> inHand = effects.inHand();
        Engine engine = new Engine(succession.charter(), journal.recover(), Sorted.copy(putAside));
        engine.continuing(inHand);
        hindrances = Collections.emptySortedMap();
        toldRefusal = null;
        return engine;
    }

    /// Where we run is looked for now and then only, and a new memory must not act on it meanwhile.
    private List<Signal.Volatile> placed(List<Signal.Volatile> carried) {
        List<Signal.Volatile> placed = new ArrayList<>(carried);
        if (place != null) {
            placed.addFirst(place);
        }
        return placed;
    }

    /// Another process leads: what comes in is kept for the day that we do, and what is seen now
    /// will be seen anew then.
    private @Nullable Engine standBy(@Nullable Engine engine, Lease.Standing elsewhere)
            throws InterruptedException {
        if (engine != null) {
            LOG.warn("{}; alerts are taken in, and nothing is decided here", elsewhere.text());
            abandon(engine, "another process leads");
        }
        picture = Picture.NOTHING;
        queue.poll(pace.tick().toMillis(), TimeUnit.MILLISECONDS);
        queue.clear();
        stoodByUntil = clock.instant();
        return null;
    }

    /// While we stood by, what was seen was let go; that a watcher looked then must not make what
    /// the store remembers pass for what it saw.
    private boolean isOfBefore(Signal.Volatile signal) {
        return signal instanceof Signal.WatcherLooked looked
                && looked.began().isBefore(stoodByUntil);
    }

    /// Looks that a failed turn had taken are given to the next one; after a failed step they are
    /// looked at anew.
    private static List<Signal.Volatile> remember(
            List<Signal.Volatile> carried, @Nullable Batch batch) {
        return batch == null ? carried : new ArrayList<>(batch.passing());
    }

    /// A disk that is full is so for a while: the store itself tells of it from time to time.
    private void sayOnce(String trouble) {
        if (!trouble.equals(said)) {
            LOG.error("the store failed, memory is rebuilt until it works: {}", trouble);
            said = trouble;
        }
    }

    private @Nullable Engine abandon(@Nullable Engine engine, String reason) {
        observer.rebuilt(reason);
        if (engine != null) {
            engine.close();
        }
        return null;
    }

    private void rest() {
        try {
            stopped.await(pace.retry().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Batch take(@Nullable Instant wakeAt, List<Signal.Volatile> carried, int failures)
            throws InterruptedException, StoreException {
        Instant now = clock.instant();
        Duration until = wakeAt == null ? pace.tick() : Duration.between(now, wakeAt);
        Duration patience = until.compareTo(pace.tick()) > 0 ? pace.tick() : until;
        List<Waiting> waiting = new ArrayList<>();
        Waiting first =
                carried.isEmpty() && failures == 0
                        ? queue.poll(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS)
                        : queue.poll();
        if (first != null) {
            gather();
            waiting.add(first);
            queue.drainTo(waiting, pace.batch());
        }
        long lag = first == null ? 0 : Duration.between(first.since(), clock.instant()).toMillis();
        List<Signal.Volatile> passing = new ArrayList<>(carried);
        SortedMap<String, String> found = effects.hindrances();
        if (!found.equals(hindrances)) {
            hindrances = found;
            passing.add(new Signal.HindrancesSeen(found));
        }
        String refused = succession.refusal();
        if (!refused.equals(toldRefusal)) {
            toldRefusal = refused;
            passing.add(new Signal.RulesRefused(refused));
        }
        waiting.removeIf(each -> isOfBefore(each.signal()));
        for (Waiting each : waiting) {
            passing.add(each.signal());
            place = each.signal() instanceof Signal.PlaceFound here ? here : place;
        }
        // After two failures each durable signal is tried alone, and what can be seen again is left
        // out.
        boolean alone = failures >= 2;
        return new Batch(inbox.unread(alone ? 1 : pace.batch()), alone ? List.of() : passing, lag);
    }

    /// Between two turns is as much time as the first of them took: what comes in meanwhile shares
    /// the second, and taking alerts in is never starved by deciding on them. When idle, nobody
    /// waits.
    private void gather() throws InterruptedException {
        Duration most = pace.tick().dividedBy(MOST_PAUSE);
        Duration pause = turnTook.compareTo(most) > 0 ? most : turnTook;
        Duration since = Duration.between(turnEnded, clock.instant());
        if (!since.isNegative() && since.compareTo(pause) < 0) {
            stopped.await(pause.minus(since).toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private Turn turn(Engine engine, Batch batch) throws StoreException {
        Instant began = clock.instant();
        Turn turn = engine.step(batch.ids(), batch.signals(), began);
        if (!turn.isEmpty()) {
            journal.commit(turn);
        }
        picture =
                turn.isEmpty() && picture.at() != null
                        ? picture.lagging(batch.lagMillis())
                        : engine.picture(batch.lagMillis());
        previewing.answer(engine);
        for (Undertaking undertaking : turn.effects()) {
            effects.release(undertaking, this::picture, this::wake);
        }
        observer.turned(
                turn,
                batch.durable().size() + batch.passing().size(),
                Duration.between(began, clock.instant()));
        for (Turn.Line line : turn.lines()) {
            LOG.info("{} {} {}", line.kind(), line.subject(), line.text());
        }
        turnEnded = clock.instant();
        turnTook = Duration.between(began, turnEnded);
        return turn;
    }

    private void quarantineLone(@Nullable Batch batch, int failures, RuntimeException broken) {
        if (batch == null || failures <= 2 || batch.durable().size() != 1) {
            return;
        }
        Inbox.Received poison = batch.durable().getFirst();
        String reason = "it made the step fail: " + broken;
        try {
            journal.quarantine(poison.id(), reason, clock.instant());
            observer.quarantined(reason);
            offer(new Signal.SignalQuarantined(poison.id(), reason));
            LOG.error("signal {} is quarantined: {}", poison.id(), reason);
        } catch (StoreException failed) {
            LOG.error("signal {} could not be quarantined: {}", poison.id(), failed.getMessage());
        }
    }
}
