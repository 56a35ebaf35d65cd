package io.homeostat.app;

import io.homeostat.action.Action;
import io.homeostat.action.Actuator;
import io.homeostat.alertmanager.AlertmanagerWatcher;
import io.homeostat.alertmanager.WebhookBody;
import io.homeostat.api.ApiSettings;
import io.homeostat.api.ApiSettings.FactBounds;
import io.homeostat.engine.Effects;
import io.homeostat.engine.Engine;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Images;
import io.homeostat.engine.Lease;
import io.homeostat.engine.Observer;
import io.homeostat.engine.Past;
import io.homeostat.engine.Picture;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Why;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.guard.GuardRail;
import io.homeostat.guard.Limits;
import io.homeostat.prometheus.PrometheusWatcher;
import io.homeostat.reload.Rehearsal;
import io.homeostat.reload.RuleReload;
import io.homeostat.reload.RuleWatch;
import io.homeostat.replay.Replays;
import io.homeostat.rules.Rulebook;
import io.homeostat.scenario.RuleFiles;
import io.homeostat.simulated.SimulatedAlertmanager;
import io.homeostat.simulated.SimulatedCluster;
import io.homeostat.slack.LoggedNotices;
import io.homeostat.slack.SlackNotifier;
import io.homeostat.store.SqlStore;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Constructs what the core and the edges are made of. Each is made once.
final class Wiring {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
    private static final String FREEZE_FILE = "FREEZE";

    @Produces
    @Singleton
    Configured configured(Config config) {
        return Configured.read(config);
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    Limits limits(Configured configured) {
        return configured.settings().limits();
    }

    @Produces
    @Singleton
    SqlStore store(Configured configured, InstantSource clock) throws StoreException {
        Settings settings = configured.settings();
        String cluster = settings.cluster().name();
        return settings.store().isEmpty()
                ? SqlStore.open(settings.data(), cluster, settings.storeLimits(), clock)
                : SqlStore.open(settings.store(), cluster, settings.storeLimits(), clock);
    }

    @Produces
    @Singleton
    Past past(SqlStore store) {
        return store.past();
    }

    @Produces
    @Singleton
    Replays replays(Configured configured, SqlStore store, EngineLoop loop, InstantSource clock) {
        return new Replays(
                store.past(),
                () -> loop.succession().rulebook().sources(),
                configured.settings().replayFor(),
                clock);
    }

    @Produces
    @Singleton
    Rulebook rulebook(Configured configured) throws IOException {
        Optional<Path> directory = configured.settings().rules().directory();
        SortedMap<String, String> sources =
                directory.isPresent() ? RuleFiles.read(directory.get()) : RuleFiles.bundled();
        Rulebook rulebook =
                Rulebook.compile(sources).within(configured.settings().rules().budget());
        rulebook.faults().forEach(fault -> LOG.error("{}", fault));
        return rulebook;
    }

    @Produces
    @Singleton
    Why why(EngineLoop loop, Limits limits) {
        return new Why(() -> loop.succession().rulebook(), limits.safety().zone());
    }

    @Produces
    @Singleton
    ApiSettings api(
            Configured configured,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        Settings settings = configured.settings();
        return new ApiSettings(
                settings.cluster().name(),
                version,
                configured.tokens(),
                settings.http().protectReads(),
                settings.loop().stuck());
    }

    @Produces
    @Singleton
    FactBounds factBounds(Configured configured) {
        return configured.settings().facts();
    }

    @Produces
    @Singleton
    WebhookBody webhook(Configured configured) {
        return new WebhookBody(configured.settings().webhook());
    }

    @Produces
    @Singleton
    @Typed(Narrator.class)
    Narrator narrator(Observer observer, InstantSource clock) {
        // A demonstration speaks to a person; a server's lines are in its log.
        PrintStream out =
                switch (Mode.current()) {
                    case DEMO -> System.out;
                    case SERVE -> new PrintStream(PrintStream.nullOutputStream(), false);
                };
        return new Narrator(observer, out, clock);
    }

    @Produces
    @Singleton
    SimulatedCluster simulatedCluster(InstantSource clock) {
        return new SimulatedCluster(clock, SimulatedCluster.Pace.DEFAULT);
    }

    @Produces
    @Singleton
    Story story(SimulatedConnection connection, InstantSource clock, Narrator narrator) {
        return new Story(
                connection.cluster(),
                connection.alertmanager(),
                clock,
                text -> narrator.fault(text, clock.instant()));
    }

    @Produces
    @Singleton
    @Typed(SimulatedConnection.class)
    SimulatedConnection simulated(
            SimulatedCluster cluster,
            Provider<EngineLoop> loop,
            SqlStore store,
            InstantSource clock) {
        return new SimulatedConnection(
                cluster,
                new SimulatedAlertmanager(cluster, SimulatedAlertmanager.Rhythm.DEMO),
                loop::get,
                store,
                clock);
    }

    @Produces
    @Singleton
    ClusterConnection cluster(
            Configured configured,
            Provider<SimulatedConnection> simulated,
            SqlStore store,
            Provider<EngineLoop> loop,
            InstantSource clock) {
        Settings settings = configured.settings();
        return switch (settings.cluster().kind()) {
            case "simulated" -> simulated.get();
            case "auto", "swarm" ->
                    new SwarmConnection(
                            settings.cluster(), settings.data(), store, loop::get, clock);
            default ->
                    throw new IllegalStateException(
                            "no such cluster: " + settings.cluster().kind());
        };
    }

    @Produces
    @Singleton
    Images images(ClusterConnection cluster) {
        return cluster.images();
    }

    @Produces
    @Singleton
    Lease lease(ClusterConnection cluster) {
        return cluster.lease();
    }

    @Produces
    @Singleton
    @Unremovable
    EngineLoop loop(
            Configured configured,
            Rulebook rulebook,
            SqlStore store,
            ClusterConnection cluster,
            InstantSource clock,
            Narrator narrator,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        Settings settings = configured.settings();
        Engine.Charter charter =
                new Engine.Charter(
                        rulebook,
                        GuardRail.standard(),
                        settings.limits(),
                        settings.subjects(),
                        Sorted.copy(settings.observed().severities()),
                        Sorted.copy(settings.observed().names()),
                        version);
        Effects effects =
                new Effects(
                        cluster.actuator(),
                        people(configured),
                        store,
                        store,
                        new Effects.Gate(
                                () -> frozenByFile(settings.data()),
                                cluster.lease(),
                                settings.cluster().callTimeout()),
                        clock,
                        narrator,
                        settings.loop().reportRetry());
        return new EngineLoop(
                charter, store, store, effects, clock, settings.loop().pace(), narrator);
    }

    @Produces
    @Singleton
    RuleReload reload(Configured configured, EngineLoop loop, SqlStore store, InstantSource clock) {
        RuleSettings rules = configured.settings().rules();
        return new RuleReload(loop, store, rules.source(), new Rehearsal(rules.scenarios()), clock);
    }

    @Produces
    @Singleton
    RuleWatch watch(Configured configured, RuleReload reload) {
        RuleSettings rules = configured.settings().rules();
        return new RuleWatch(reload, rules.source(), rules.every());
    }

    private static Optional<String> frozenByFile(Path data) {
        Path file = data.resolve(FREEZE_FILE);
        return Files.exists(file)
                ? Optional.of("the file %s stops everything; remove it to go on".formatted(file))
                : Optional.empty();
    }

    private static Actuator<Action.ToPeople> people(Configured configured) {
        Settings.Slack slack = configured.settings().slack();
        if (configured.slackToken().isEmpty()) {
            return new LoggedNotices(slack.channel(), LOG::warn);
        }
        return new SlackNotifier(
                configured.slackToken(), slack.channel(), slack.url(), Duration.ofSeconds(10));
    }

    @Produces
    @Singleton
    AlertmanagerWatcher alertmanager(
            Configured configured, Provider<EngineLoop> loop, InstantSource clock) {
        Settings.Alertmanager settings = configured.settings().alertmanager();
        return new AlertmanagerWatcher(
                new AlertmanagerWatcher.Settings(
                        settings.urls(),
                        Sorted.copy(settings.receivers()),
                        settings.every(),
                        settings.timeout()),
                configured.settings().webhook(),
                signal -> loop.get().offer(signal),
                () -> Optional.ofNullable(loop.get().picture().alertsWantedAt()),
                clock);
    }

    @Produces
    @Singleton
    PrometheusWatcher prometheus(
            Configured configured, Provider<EngineLoop> loop, InstantSource clock) {
        PrometheusSettings settings = configured.settings().prometheus();
        return new PrometheusWatcher(
                new PrometheusWatcher.Settings(
                        settings.url(),
                        configured.prometheusToken(),
                        settings.every(),
                        settings.timeout()),
                () -> services(loop.get().picture()),
                signal -> loop.get().offer(signal),
                clock);
    }

    private static List<Service> services(Picture picture) {
        return picture.facts().stream()
                .filter(Service.class::isInstance)
                .map(Service.class::cast)
                .toList();
    }
}
