package io.homeostat.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.homeostat.engine.Signal;
import io.homeostat.fact.ScaleBounds;
import io.homeostat.fact.Service;
import io.homeostat.tracking.Measured;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusWatcherTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final String QUERY = "avg(rate(busy{service=\"a&b\"}[1m]))";

    private final List<Service> services = new CopyOnWriteArrayList<>();
    private final List<Signal.Volatile> seen = new CopyOnWriteArrayList<>();

    /// The first look is at once; a test that needs a second one shortens this.
    private Duration interval = Duration.ofMinutes(1);

    private Duration timeout = Duration.ofSeconds(10);
    private String token = "";
    private FakePrometheus prometheus;

    @BeforeEach
    void start() throws IOException {
        prometheus = new FakePrometheus();
        services.add(service("shop_api", Map.of("load", QUERY)));
    }

    @AfterEach
    void stop() {
        prometheus.close();
    }

    @Test
    void bringsTheOneNumberThatAQueryAnswers() {
        prometheus.bodies.put(QUERY, FakePrometheus.vector("0.75"));

        try (PrometheusWatcher watcher = watching(prometheus.address())) {
            watcher.start();

            Signal.MetricsSeen look = firstLook();
            assertThat(look.began()).isEqualTo(NOW);
            assertThat(look.goodFor()).isEqualTo(interval.multipliedBy(3));
            assertThat(answer(look, "shop_api", "load"))
                    .isEqualTo(new Signal.MetricAnswer(QUERY, Measured.of(0.75)));
            await().until(() -> seen.size() >= 2);
            assertThat(seen.get(1)).isInstanceOf(Signal.WatcherLooked.class);
        }
    }

    @Test
    void asksAgainAndAgainAndTheSameQueryOnceForAllServices() {
        interval = Duration.ofSeconds(1);
        prometheus.bodies.put("up", FakePrometheus.vector("1"));
        services.clear();
        services.add(service("a", Map.of("m", "up")));
        services.add(service("b", Map.of("m", "up", "n", "down")));

        try (PrometheusWatcher watcher = watching(prometheus.address())) {
            watcher.start();

            Signal.MetricsSeen look = firstLook();
            assertThat(prometheus.asked.subList(0, 2)).containsExactlyInAnyOrder("up", "down");
            assertThat(answer(look, "a", "m").measured()).isEqualTo(Measured.of(1));
            assertThat(answer(look, "b", "m").measured()).isEqualTo(Measured.of(1));
            assertThat(answer(look, "b", "n").measured().value()).isNull();
            await().until(() -> looks().size() >= 3);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    nothing found    | 200 | {"status":"success","data":{"resultType":"vector","result":[]}} | finds nothing
                    several series   | 200 | {"status":"success","data":{"resultType":"vector","result":[{"value":[1,"1"]},{"value":[1,"2"]}]}} | 2 series
                    a matrix         | 200 | {"status":"success","data":{"resultType":"matrix","result":[]}} | a matrix
                    not a number     | 200 | {"status":"success","data":{"resultType":"scalar","result":[1,"NaN"]}} | NaN
                    infinite         | 200 | {"status":"success","data":{"resultType":"scalar","result":[1,"+Inf"]}} | Infinity
                    negative         | 200 | {"status":"success","data":{"resultType":"scalar","result":[1,"-1"]}} | -1
                    words            | 200 | {"status":"success","data":{"resultType":"scalar","result":[1,"many"]}} | no number: many
                    no value         | 200 | {"status":"success","data":{"resultType":"scalar","result":[1]}} | no value
                    a bare number    | 200 | {"status":"success","data":{"resultType":"scalar","result":[1,2]}} | no value
                    an empty object  | 200 | {} | status 200
                    not JSON         | 200 | <html> | not JSON
                    half of it       | 200 | {"status":"succ | not JSON
                    a bad query      | 400 | {"status":"error","errorType":"bad_data","error":"parse error"} | parse error
                    no access        | 401 | go away | status 401
                    overloaded       | 503 | {"status":"error","error":"too many"} | too many
                    """)
    void saysNothingWithTheReason(String what, int status, String body, String reason) {
        prometheus.bodies.put(QUERY, body);
        prometheus.status.set(status);

        try (PrometheusWatcher watcher = watching(prometheus.address())) {
            watcher.start();

            Measured measured = answer(firstLook(), "shop_api", "load").measured();
            assertThat(measured.value()).isNull();
            assertThat(measured.trouble()).contains(reason).doesNotContain("\n");
        }
    }

    @Test
    void readsNoHugeAnswerToItsEnd() {
        prometheus.bodies.put(QUERY, " ".repeat(300_000));

        assertSaysNothing("Prometheus does not answer");
    }

    @Test
    void readsNoDeepAnswer() {
        prometheus.bodies.put(QUERY, "[".repeat(1000));

        assertSaysNothing("not JSON");
    }

    @Test
    void waitsNoLongerThanTheTimeout() {
        prometheus.held.set(new CountDownLatch(1));
        timeout = Duration.ofMillis(30);

        assertSaysNothing("no answer within 30 ms");
    }

    @Test
    void waitsNoLongerThanUntilTheNextLook() {
        interval = Duration.ofMillis(50);
        prometheus.held.set(new CountDownLatch(1));

        assertSaysNothing("no answer before the next look");
    }

    @Test
    void isBlindWhilePrometheusDoesNotAnswerAtAll() throws IOException {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = URI.create("http://user:secret@127.0.0.1:" + free.getLocalPort());
        }

        try (PrometheusWatcher watcher = watching(nobody)) {
            watcher.start();

            Measured measured = answer(firstLook(), "shop_api", "load").measured();
            assertThat(measured.trouble()).contains("does not answer").doesNotContain("secret");
            await().until(() -> seen.size() >= 2);
            assertThat(seen.get(1)).isInstanceOf(Signal.WatcherFailed.class);
        }
    }

    @Test
    void saysOfAMetricThatThereIsNoPrometheusToAsk() {
        try (PrometheusWatcher watcher = watching(null)) {
            watcher.start();

            assertThat(answer(firstLook(), "shop_api", "load").measured().trouble())
                    .contains("homeostat.prometheus.url");
        }
    }

    @Test
    void asksNobodyWhileNoServiceNamesAMetric() throws InterruptedException {
        interval = Duration.ofMillis(50);
        services.clear();
        CountDownLatch looked = new CountDownLatch(3);

        try (PrometheusWatcher watcher =
                new PrometheusWatcher(
                        settings(prometheus.address()),
                        () -> {
                            looked.countDown();
                            return services;
                        },
                        seen::add,
                        InstantSource.fixed(NOW))) {
            watcher.start();
            looked.await();
        }

        assertThat(prometheus.asked).isEmpty();
        assertThat(seen).isEmpty();
    }

    @Test
    void tellsOnceThatNothingIsFollowedAnyMore() {
        interval = Duration.ofMillis(50);
        prometheus.bodies.put(QUERY, FakePrometheus.vector("1"));

        try (PrometheusWatcher watcher = watching(prometheus.address())) {
            watcher.start();
            firstLook();
            services.clear();

            await().until(() -> looks().getLast().answers().isEmpty());
        }
        assertThat(looks().stream().filter(look -> look.answers().isEmpty())).hasSize(1);
    }

    @Test
    void goesOnAfterAFault() {
        interval = Duration.ofMillis(50);
        prometheus.bodies.put(QUERY, FakePrometheus.vector("1"));
        CountDownLatch faults = new CountDownLatch(2);

        try (PrometheusWatcher watcher =
                new PrometheusWatcher(
                        settings(prometheus.address()),
                        () -> {
                            if (faults.getCount() > 0) {
                                faults.countDown();
                                throw new IllegalStateException("planted");
                            }
                            return services;
                        },
                        seen::add,
                        InstantSource.fixed(NOW))) {
            watcher.start();

            firstLook();
            assertThat(seen.getFirst()).isInstanceOf(Signal.WatcherFailed.class);
        }
    }

    @Test
    void showsItsToken() {
        token = "s3cret";
        try (PrometheusWatcher watcher = watching(prometheus.address())) {
            watcher.start();
            firstLook();
        }
        assertThat(prometheus.authorization.get()).isEqualTo("Bearer s3cret");
        assertThat(settings(prometheus.addressOf("ann:pw")).toString())
                .doesNotContain("s3cret")
                .doesNotContain("pw");
    }

    @Test
    void showsTheUserOfTheAddress() {
        try (PrometheusWatcher watcher = watching(prometheus.addressOf("ann:pw"))) {
            watcher.start();
            firstLook();
        }
        assertThat(prometheus.authorization.get())
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("ann:pw".getBytes(UTF_8)));
    }

    private void assertSaysNothing(String reason) {
        try (PrometheusWatcher watcher = watching(prometheus.address())) {
            watcher.start();

            Measured measured = answer(firstLook(), "shop_api", "load").measured();
            assertThat(measured.value()).isNull();
            assertThat(measured.trouble()).contains(reason);
        }
    }

    private PrometheusWatcher watching(@Nullable URI address) {
        return new PrometheusWatcher(
                settings(address), () -> services, seen::add, InstantSource.fixed(NOW));
    }

    private PrometheusWatcher.Settings settings(@Nullable URI address) {
        return new PrometheusWatcher.Settings(
                Optional.ofNullable(address), token, interval, timeout);
    }

    private Signal.MetricsSeen firstLook() {
        await().until(() -> !looks().isEmpty());
        return looks().getFirst();
    }

    private List<Signal.MetricsSeen> looks() {
        return seen.stream()
                .filter(Signal.MetricsSeen.class::isInstance)
                .map(Signal.MetricsSeen.class::cast)
                .toList();
    }

    private static Signal.MetricAnswer answer(
            Signal.MetricsSeen look, String service, String metric) {
        return Objects.requireNonNull(
                Objects.requireNonNull(look.answers().get(service)).get(metric));
    }

    private static Service service(String name, Map<String, String> queries) {
        TreeMap<String, String> labels = new TreeMap<>();
        queries.forEach((metric, query) -> {
            labels.put("homeostat.metric." + metric + ".query", query);
            labels.put("homeostat.metric." + metric + ".target", "1");
        });
        return new Service(
                "id-" + name,
                name,
                1,
                null,
                Service.Mode.REPLICATED,
                2,
                "image",
                0,
                labels,
                ScaleBounds.NONE,
                new TreeMap<>(),
                Service.Update.NONE,
                false,
                1,
                NOW,
                "",
                "");
    }
}
