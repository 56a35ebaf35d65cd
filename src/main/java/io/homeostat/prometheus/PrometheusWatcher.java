package io.homeostat.prometheus;

import io.homeostat.engine.Signal;
import io.homeostat.fact.MetricAim;
import io.homeostat.fact.Service;
import io.homeostat.fact.TrackingLabels;
import io.homeostat.fact.Watcher;
import io.homeostat.tracking.Measured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks Prometheus again and again for the metrics that services name by their labels, on a virtual
/// thread of its own. While no service names one, nobody is asked and nothing is said.
public final class PrometheusWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusWatcher.class);

    /// A look counts for this many intervals.
    private static final int GOOD_FOR = 3;

    /// So many queries are under way at once.
    private static final int AT_ONCE = 8;

    /// What is asked, and how often.
    ///
    /// @param address Prometheus; empty when there is none, and then every metric says nothing
    /// @param token a bearer token; empty for none
    /// @param interval how long from one look to the next
    /// @param timeout how long one answer may take
    public record Settings(
            Optional<URI> address, String token, Duration interval, Duration timeout) {
        /// Secrets never appear in logs.
        @Override
        public String toString() {
            return "Settings[%s every %s]"
                    .formatted(
                            address.map(InstantQuery::withoutUser)
                                    .map(URI::toString)
                                    .orElse("no Prometheus"),
                            interval);
        }
    }

    /// What came of one query, or why Prometheus did not answer.
    private record Answer(Measured measured, boolean isReached) {}

    private static final Answer TOO_LATE =
            new Answer(Measured.nothing("no answer before the next look"), true);

    private final Settings settings;
    private final Supplier<? extends Collection<Service>> services;
    private final Predicate<Signal.Volatile> engine;
    private final InstantSource clock;
    private final HttpClient client;
    private final @Nullable InstantQuery query;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private boolean wasAsked;
    private String lastTrouble = "";

    /// @param services the services as they are known
    /// @param engine takes what was seen; false when too much is waiting already
    public PrometheusWatcher(
            Settings settings,
            Supplier<? extends Collection<Service>> services,
            Predicate<Signal.Volatile> engine,
            InstantSource clock) {
        this.settings = settings;
        this.services = services;
        this.engine = engine;
        this.clock = clock;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(settings.timeout())
                        .build();
        this.query =
                settings.address()
                        .map(address ->
                                new InstantQuery(
                                        client, address, settings.token(), settings.timeout()))
                        .orElse(null);
        this.thread = Thread.ofVirtual().name("homeostat-prometheus").unstarted(this::run);
    }

    /// Begins to look.
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        client.shutdownNow();
        client.close();
    }

    private void run() {
        try {
            long left;
            do {
                long next = System.nanoTime() + settings.interval().toNanos();
                lookOnce();
                left = Math.max(0, next - System.nanoTime());
            } while (!closed.await(left, TimeUnit.NANOSECONDS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /// A look that fails in a way nobody thought of must not be the last.
    private void lookOnce() throws InterruptedException {
        try {
            look();
        } catch (RuntimeException unforeseen) {
            if (closed.getCount() > 0) {
                LOG.error("a look at Prometheus failed; it is looked again", unforeseen);
                hand(
                        new Signal.WatcherFailed(
                                Watcher.METRICS,
                                clock.instant(),
                                "the look failed: " + unforeseen));
            }
        }
    }

    private void look() throws InterruptedException {
        SortedMap<String, SortedMap<String, MetricAim>> aims = new TreeMap<>();
        for (Service service : services.get()) {
            Integer replicas = service.replicas();
            TrackingLabels labels = TrackingLabels.read(service.labels());
            if (labels.hasAims() && replicas != null && replicas > 0) {
                aims.put(service.name(), labels.aims());
            }
        }
        if (aims.isEmpty() && !wasAsked) {
            return;
        }
        // One empty look tells that nothing is followed any more.
        wasAsked = !aims.isEmpty();
        SortedSet<String> queries = new TreeSet<>();
        aims.values().forEach(mine -> mine.values().forEach(aim -> queries.add(aim.query())));
        Instant began = clock.instant();
        SortedMap<String, Answer> answers = ask(queries);
        if (closed.getCount() == 0) {
            return;
        }
        Duration goodFor = settings.interval().multipliedBy(GOOD_FOR);
        hand(new Signal.MetricsSeen(began, goodFor, sorted(aims, answers)));
        boolean isReached =
                answers.isEmpty() || answers.values().stream().anyMatch(Answer::isReached);
        String trouble = isReached ? "" : answers.firstEntry().getValue().measured().trouble();
        hand(
                trouble.isEmpty()
                        ? new Signal.WatcherLooked(Watcher.METRICS, began, goodFor)
                        : new Signal.WatcherFailed(Watcher.METRICS, clock.instant(), trouble));
        say(trouble);
    }

    private static SortedMap<String, SortedMap<String, Signal.MetricAnswer>> sorted(
            SortedMap<String, SortedMap<String, MetricAim>> aims,
            SortedMap<String, Answer> answers) {
        SortedMap<String, SortedMap<String, Signal.MetricAnswer>> sorted = new TreeMap<>();
        aims.forEach((service, mine) -> {
            SortedMap<String, Signal.MetricAnswer> seen = new TreeMap<>();
            mine.forEach((name, aim) -> {
                Answer answer = answers.get(aim.query());
                if (answer != null) {
                    seen.put(name, new Signal.MetricAnswer(aim.query(), answer.measured()));
                }
            });
            sorted.put(service, seen);
        });
        return sorted;
    }

    /// Each query once, however many services ask it. What is not answered by the time of the next
    /// look is not waited for.
    private SortedMap<String, Answer> ask(SortedSet<String> queries) throws InterruptedException {
        List<String> inOrder = List.copyOf(queries);
        List<Callable<Answer>> calls = new ArrayList<>();
        inOrder.forEach(each -> calls.add(() -> ask(each)));
        SortedMap<String, Answer> answers = new TreeMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int place = 0;
            for (Future<Answer> answer :
                    threads.invokeAll(
                            calls, settings.interval().toMillis(), TimeUnit.MILLISECONDS)) {
                answers.put(inOrder.get(place++), answer.isCancelled() ? TOO_LATE : answer.get());
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a query must not throw", broken.getCause());
        }
        return answers;
    }

    private Answer ask(String text) throws InterruptedException {
        if (query == null) {
            return new Answer(Measured.nothing("homeostat.prometheus.url is not set"), false);
        }
        free.acquire();
        try {
            return new Answer(query.ask(text), true);
        } catch (IOException | RuntimeException failed) {
            String why =
                    failed.getMessage() == null
                            ? failed.getClass().getSimpleName()
                            : failed.getMessage();
            return new Answer(Measured.nothing("Prometheus does not answer: " + why), false);
        } finally {
            free.release();
        }
    }

    private void hand(Signal.Volatile signal) {
        if (!engine.test(signal)) {
            LOG.warn(
                    "the engine has too much waiting; what was seen is seen again at the next look");
        }
    }

    private void say(String trouble) {
        if (trouble.equals(lastTrouble)) {
            return;
        }
        if (trouble.isEmpty()) {
            LOG.info("Prometheus answers again");
        } else {
            LOG.warn("{}; asking again every {}", trouble, settings.interval());
        }
        lastTrouble = trouble;
    }
}
