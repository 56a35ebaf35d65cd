package io.homeostat.api;

import io.homeostat.alertmanager.WebhookBody;
import io.homeostat.api.ApiSettings.FactBounds;
import io.homeostat.engine.AlertSubjects;
import io.homeostat.engine.Effects;
import io.homeostat.engine.Engine;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Images;
import io.homeostat.engine.Lease;
import io.homeostat.engine.Observer;
import io.homeostat.engine.Past;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Why;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.guard.GuardRail;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Scope;
import io.homeostat.reload.Rehearsal;
import io.homeostat.reload.RuleReload;
import io.homeostat.reload.RuleSource;
import io.homeostat.replay.Replays;
import io.homeostat.rules.Rulebook;
import io.homeostat.scenario.RuleFiles;
import io.homeostat.simulated.SimulatedCluster;
import io.homeostat.slack.LoggedNotices;
import io.homeostat.store.SqlStore;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The whole program around the API: the real engine and rules on a simulated cluster, and a real
/// store that can be told to fail.
@Alternative
@Singleton
class Parts {
    static final String TOKEN = "correct-horse-battery-staple";

    /// Nobody configured credentials.
    public static class Open implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(Parts.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("homeostat.data", "target/api-test", "test.token", "");
        }
    }

    /// Nobody configured credentials, and alerts are left firing behind.
    public static class Answering extends Open {}

    /// Nobody configured credentials, and another image is left behind.
    public static class Deploying extends Open {}

    /// A token is configured.
    public static class Locked extends Open {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("homeostat.data", "target/api-test", "test.token", TOKEN);
        }
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    WebhookBody webhook() {
        return new WebhookBody(WebhookBody.Bounds.DEFAULT);
    }

    @Produces
    @Singleton
    FactBounds factBounds() {
        return new FactBounds(3, 2, 20, Duration.ofHours(1));
    }

    @Produces
    @Singleton
    Limits limits() {
        return Limits.DEFAULT.reaching(Autonomy.AUTO, Scope.of(Scope.Kind.ALL), 100);
    }

    @Produces
    @Singleton
    ApiSettings settings(@ConfigProperty(name = "test.token") Optional<String> token) {
        return new ApiSettings(
                "test", "0.0-test", token.stream().toList(), false, Duration.ofSeconds(30));
    }

    @Produces
    @Singleton
    FailingStore store() throws StoreException {
        SqlStore store = SqlStore.inMemory("test");
        store.keepTerms(
                new Past.Terms(
                        limits(),
                        AlertSubjects.DEFAULT,
                        Sorted.copy(List.of("info", "none")),
                        Sorted.copy(List.of("Watchdog"))),
                Instant.EPOCH);
        return new FailingStore(store);
    }

    @Produces
    @Singleton
    Past past(FailingStore store) {
        return store.past();
    }

    @Produces
    @Singleton
    Replays replays(FailingStore store, InstantSource clock) throws IOException {
        SortedMap<String, String> rules = RuleFiles.bundled();
        return new Replays(store.past(), () -> rules, Duration.ofMinutes(1), clock);
    }

    void close(@Disposes FailingStore store) throws StoreException {
        store.close();
    }

    /// Every image has a digest but one.
    @Produces
    @Singleton
    Images images() {
        return image ->
                image.startsWith("missing")
                        ? new Images.Found.Refused("there is no image " + image)
                        : new Images.Found.Resolved(image + "@sha256:" + "0".repeat(64));
    }

    @Produces
    @Singleton
    Lease lease() {
        return Lease.UNSHARED;
    }

    @Produces
    @Singleton
    SimulatedCluster cluster(InstantSource clock) {
        SimulatedCluster cluster = new SimulatedCluster(clock, SimulatedCluster.Pace.DEFAULT);
        cluster.addNode("n1", Node.Role.MANAGER, Map.of());
        cluster.addService(
                "shop_web",
                Service.Mode.REPLICATED,
                2,
                "web:1",
                Map.of("com.df.scaleMin", "2", "com.df.scaleMax", "5"));
        cluster.addService(
                "shop_asks",
                Service.Mode.REPLICATED,
                2,
                "web:1",
                Map.of(
                        "com.df.scaleMin", "2",
                        "com.df.scaleMax", "5",
                        "homeostat.autonomy", "ask"));
        return cluster;
    }

    @Produces
    @Singleton
    Rulebook rulebook() throws IOException {
        return Rulebook.compile(RuleFiles.bundled());
    }

    @Produces
    @Singleton
    Why why(Rulebook rulebook, Limits limits) {
        return new Why(() -> rulebook, limits.safety().zone());
    }

    @Produces
    @Singleton
    EngineLoop loop(
            FailingStore store,
            SimulatedCluster cluster,
            Rulebook rulebook,
            Limits limits,
            InstantSource clock,
            Observer observer) {
        Engine.Charter charter =
                new Engine.Charter(
                        rulebook,
                        GuardRail.standard(),
                        limits,
                        AlertSubjects.DEFAULT,
                        Sorted.copy(List.of("info", "none")),
                        Sorted.copy(List.of("Watchdog")),
                        "test");
        Effects effects =
                new Effects(
                        cluster,
                        new LoggedNotices("test", _ -> {}),
                        store,
                        store,
                        new Effects.Gate(Optional::empty, Lease.UNSHARED, Duration.ofSeconds(10)),
                        clock,
                        observer,
                        Duration.ofMillis(50));
        EngineLoop loop =
                new EngineLoop(
                        charter,
                        store,
                        store,
                        effects,
                        clock,
                        new EngineLoop.Pace(
                                1000, 100, Duration.ofMillis(100), Duration.ofMillis(50)),
                        observer);
        loop.start();
        return loop;
    }

    @Produces
    @Singleton
    RuleReload reload(EngineLoop loop, FailingStore store, InstantSource clock) {
        return new RuleReload(
                loop,
                store,
                new RuleSource(Optional.empty(), Duration.ofMillis(10)),
                new Rehearsal(Optional.empty()),
                clock);
    }

    void stop(@Disposes RuleReload reload) {
        reload.close();
    }

    void stop(@Disposes EngineLoop loop) throws InterruptedException {
        loop.stop(Duration.ofSeconds(4));
    }
}
