package io.homeostat.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.StoreException;
import io.homeostat.rules.Rulebook;
import io.homeostat.store.SqlStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How much it costs that an alert is on disk before it is answered: `deploy/bench/intake`. It
/// reports; only an order of magnitude fails. Its name keeps it out of every lane.
@QuarkusTest
@TestProfile(IntakeBench.OnDisk.class)
class IntakeBench {
    private static final Duration SPAN = Duration.ofSeconds(Integer.getInteger("bench.seconds", 3));
    private static final int ROUNDS = 3;
    private static final int CONNECTIONS = 32;
    private static final int BODIES = 200;
    private static final String WEBHOOK = "api/v1/alerts";

    /// The program's own wiring on a simulated cluster, with a store on the disk below `target`.
    public static class OnDisk implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "homeostat.cluster", "simulated",
                    "homeostat.data", directory().toString(),
                    // A line for every alert through the pipe to Maven would be measured instead.
                    "quarkus.log.level", "WARN");
        }
    }

    private final SqlStore store;
    private final EngineLoop loop;
    private final Rulebook rulebook;
    private final ClusterConnection cluster;
    private final InstantSource clock;

    @TestHTTPResource("/")
    URI home;

    IntakeBench(
            SqlStore store,
            EngineLoop loop,
            Rulebook rulebook,
            ClusterConnection cluster,
            InstantSource clock) {
        this.store = store;
        this.loop = loop;
        this.rulebook = rulebook;
        this.cluster = cluster;
        this.clock = clock;
        this.home = URI.create("http://localhost");
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target/bench")), "");
        } catch (IOException full) {
            throw new IllegalStateException("there is no room for the bench's store", full);
        }
    }

    @BeforeEach
    void live() throws StoreException {
        store.keepRulebook(rulebook.hash(), rulebook.sources(), clock.instant());
        loop.start();
        cluster.connect();
    }

    @AfterEach
    void end() throws Exception {
        cluster.close();
        loop.stop(Duration.ofSeconds(8));
    }

    @Test
    void reportsWhatDurabilityCosts() throws Exception {
        Wrk ten = new Wrk(directory(), bodies("ten", 10));
        Wrk one = new Wrk(directory(), bodies("one", 1));
        for (String path : List.of("bench/bind", "bench/read", WEBHOOK)) {
            run(ten, path, CONNECTIONS); // compiles it
            run(one, path, CONNECTIONS);
        }
        System.out.printf(
                "%n| body, %d connections | bind, req/s | read, req/s | durable, req/s | durable / bind | durable / read | durable p50 |%n|---|---|---|---|---|---|---|%n",
                CONNECTIONS);
        double ratioOfTen = compare("10 alerts, 7.5 KB", ten);
        double ratioOfOne = compare("1 alert, 1.1 KB", one);
        double toDisk = compareWithDisk(one);

        assertThat(ratioOfTen).as("10 alerts: aim 0.5").isGreaterThan(0.05);
        assertThat(ratioOfOne).as("1 alert: aim 0.3").isGreaterThan(0.03);
        assertThat(toDisk).as("p50 by append and fdatasync: aim 4").isLessThan(40);
    }

    /// @return the median of the rounds' ratios to the endpoint that only reads
    private double compare(String name, Wrk wrk) throws Exception {
        List<Wrk.Run> bound = new ArrayList<>();
        List<Wrk.Run> read = new ArrayList<>();
        List<Wrk.Run> durable = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            bound.add(run(wrk, "bench/bind", CONNECTIONS));
            read.add(run(wrk, "bench/read", CONNECTIONS));
            durable.add(run(wrk, WEBHOOK, CONNECTIONS));
        }
        double ratio = median(ratios(durable, read));
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | **%.2f** (%s) | **%.2f** (%s) | %.1f ms |%n",
                name,
                rates(bound),
                rates(read),
                rates(durable),
                median(ratios(durable, bound)),
                listed(ratios(durable, bound)),
                ratio,
                listed(ratios(durable, read)),
                median(durable.stream().map(each -> each.median().toNanos() / 1e6).toList()));
        return ratio;
    }

    /// @return the median of the rounds' ratios of a request to one append that is safe
    private double compareWithDisk(Wrk wrk) throws Exception {
        List<Double> appends = new ArrayList<>();
        List<Double> requests = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double append = append();
            double request = run(wrk, WEBHOOK, 1).median().toNanos() / 1e6;
            appends.add(append);
            requests.add(request);
            ratios.add(request / append);
        }
        System.out.printf(
                "%n| 1 alert, 1 connection | append 1 KB + fdatasync, p50 ms | request, p50 ms | ratio |%n|---|---|---|---|%n");
        System.out.printf(
                Locale.ROOT,
                "| three rounds | %s | %s | **%.1f** (%s) |%n%n",
                listed(appends),
                listed(requests),
                median(ratios),
                listed(ratios));
        return median(ratios);
    }

    private double append() throws IOException {
        List<Double> millis = new ArrayList<>();
        ByteBuffer row = ByteBuffer.allocate(1024);
        Path file = directory().resolve("append");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (long end = System.nanoTime() + SPAN.toNanos(); System.nanoTime() < end; ) {
                long began = System.nanoTime();
                channel.write(row.rewind());
                channel.force(false);
                millis.add((System.nanoTime() - began) / 1e6);
            }
        }
        Files.delete(file);
        return median(millis);
    }

    /// Measures one endpoint, and lets the engine finish before the next is measured.
    private Wrk.Run run(Wrk wrk, String path, int connections) throws Exception {
        Wrk.Run run = wrk.post(home.resolve(path).toString(), connections, SPAN);
        await().atMost(Duration.ofMinutes(5)).until(() -> store.unread(1).isEmpty());
        return run;
    }

    private static List<String> bodies(String name, int alerts) {
        return IntStream.range(0, BODIES)
                .mapToObj(body ->
                        """
                        {"receiver":"homeostat","status":"firing","alerts":[%s],"groupLabels":{},"commonLabels":{},"commonAnnotations":{},"externalURL":"http://alertmanager:9093","version":"4","groupKey":"{}:{service=\\"svc-%05d\\"}","truncatedAlerts":0}\
                        """
                                .formatted(
                                        IntStream.range(0, alerts)
                                                .mapToObj(alert -> alert(name, body, alert))
                                                .collect(Collectors.joining(",")),
                                        body))
                .toList();
    }

    private static String alert(String name, int body, int alert) {
        return """
        {"status":"firing","labels":{"alertname":"HighCpu","service":"svc-%1$05d","severity":"info","cluster":"prod-eu-1","environment":"production","instance":"10.0.12.%2$d:9100","job":"cadvisor","team":"platform"},"annotations":{"summary":"CPU of svc-%1$05d above 90%% for 2m","description":"value=0.93 threshold=0.90 on node worker-07","runbook_url":"https://runbooks.example/high-cpu"},"startsAt":"2026-11-23T01:00:00.123Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prometheus:9090/graph?g0.expr=avg+by%%28service%%29%%28rate%%28container_cpu_usage_seconds_total%%5B2m%%5D%%29%%29","fingerprint":"%3$016x"}\
        """
                .formatted(body, alert, (name + body + "." + alert).hashCode() & 0xffffffffL);
    }

    private static List<Double> ratios(List<Wrk.Run> some, List<Wrk.Run> others) {
        return IntStream.range(0, some.size())
                .mapToObj(round -> some.get(round).perSecond() / others.get(round).perSecond())
                .toList();
    }

    private static double median(List<Double> numbers) {
        return numbers.stream().sorted().toList().get(numbers.size() / 2);
    }

    private static String rates(List<Wrk.Run> runs) {
        return runs.stream()
                .map(run -> String.format(Locale.ROOT, "%,.0f", run.perSecond()))
                .collect(Collectors.joining(" / "));
    }

    private static String listed(List<Double> numbers) {
        return numbers.stream()
                .map(number -> String.format(Locale.ROOT, "%.2f", number))
                .collect(Collectors.joining(", "));
    }
}
