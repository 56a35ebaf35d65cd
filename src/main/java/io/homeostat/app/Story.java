package io.homeostat.app;

import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.simulated.SimulatedAlertmanager;
import io.homeostat.simulated.SimulatedCluster;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The demonstration: a small shop on a simulated cluster, a story of faults in about a minute, and
/// faults that anybody may cause afterwards.
final class Story {
    private static final Map<String, String> QUOTA =
            Map.of("service", "shop_db", "severity", "critical");

    /// What happens when in the story.
    private record Chapter(Duration after, String text, Runnable fault) {}

    private final SimulatedCluster cluster;
    private final SimulatedAlertmanager alertmanager;
    private final InstantSource clock;
    private final Consumer<String> voice;
    private final SequencedMap<String, Runnable> faults = new LinkedHashMap<>();
    private final SequencedMap<String, String> texts = new LinkedHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// @param voice hears each fault as it happens
    Story(
            SimulatedCluster cluster,
            SimulatedAlertmanager alertmanager,
            InstantSource clock,
            Consumer<String> voice) {
        this.cluster = cluster;
        this.alertmanager = alertmanager;
        this.clock = clock;
        this.voice = voice;
        fault(
                "load",
                "shop_web gets three times the load it can bear",
                () -> cluster.load("shop_web", 3.4, 1));
        fault("calm", "the load of shop_web is gone", () -> cluster.load("shop_web", 0.2, 1));
        fault("crash", "a task of shop_api crashes", () -> cluster.crash("shop_api"));
        fault("node", "node3 loses its power", () -> cluster.fail("node3"));
        fault("node-back", "node3 has power again", () -> cluster.restore("node3"));
        fault("quota", "shop_db reports a full disk quota, which no rule knows", this::quota);
        fault(
                "quota-over",
                "somebody made room on shop_db",
                () -> alertmanager.resolve("DiskQuotaExceeded", QUOTA, clock.instant()));
        fault(
                "conflict",
                "the next change is beaten by somebody else's",
                () -> cluster.conflictNext("somebody else changed it first"));
        fault(
                "blind",
                "Docker stops answering",
                () ->
                        List.of("services", "tasks", "nodes")
                                .forEach(watcher ->
                                        cluster.blind(watcher, "Docker does not answer")));
        fault(
                "see",
                "Docker answers again",
                () -> List.of("services", "tasks", "nodes").forEach(cluster::see));
    }

    private void fault(String name, String text, Runnable cause) {
        faults.put(name, cause);
        texts.put(name, text);
    }

    private void quota() {
        alertmanager.fire(
                "DiskQuotaExceeded",
                QUOTA,
                Map.of("summary", "the volume of shop_db is 98 % full"),
                clock.instant());
    }

    /// Sets the stage.
    void begin() {
        for (int number = 1; number <= 3; number++) {
            cluster.addNode(
                    "node" + number, number == 1 ? Node.Role.MANAGER : Node.Role.WORKER, Map.of());
        }
        Map<String, String> adaptive =
                Map.of(
                        "com.docker.stack.namespace", "shop",
                        "homeostat.autonomy", "auto",
                        "homeostat.scale.min", "2",
                        "homeostat.scale.max", "5");
        Map<String, String> plain = Map.of("com.docker.stack.namespace", "shop");
        cluster.addService("shop_web", Service.Mode.REPLICATED, 2, "shop/web:1.4", adaptive);
        cluster.addService("shop_api", Service.Mode.REPLICATED, 2, "shop/api:2.0", plain);
        cluster.addService("shop_db", Service.Mode.REPLICATED, 1, "postgres:16", plain);
        cluster.load("shop_web", 1.2, 1);
    }

    /// Tells the story; returns when it is told or closed.
    ///
    /// @return true when it was told to its end
    boolean tell() throws InterruptedException {
        List<Chapter> chapters =
                List.of(
                        chapter(4, "load"),
                        chapter(14, "crash"),
                        chapter(8, "quota"),
                        chapter(10, "calm"),
                        chapter(14, "quota-over"));
        for (Chapter chapter : chapters) {
            if (closed.await(chapter.after().toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            voice.accept(chapter.text());
            chapter.fault().run();
        }
        return !closed.await(10, TimeUnit.SECONDS);
    }

    private Chapter chapter(int seconds, String name) {
        return new Chapter(
                Duration.ofSeconds(seconds),
                Objects.requireNonNull(texts.get(name)),
                Objects.requireNonNull(faults.get(name)));
    }

    /// The faults that can be caused, with what each is.
    SequencedMap<String, String> faults() {
        return texts;
    }

    /// Causes a fault.
    ///
    /// @return what it is; empty when there is no such fault
    String cause(String name) {
        Runnable fault = faults.get(name);
        if (fault == null) {
            return "";
        }
        String text = texts.getOrDefault(name, name);
        voice.accept(text);
        fault.run();
        return text;
    }

    void close() {
        closed.countDown();
    }
}
