package io.homeostat.app;

import io.homeostat.alertmanager.AlertmanagerWatcher;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.StoreException;
import io.homeostat.fact.Autonomy;
import io.homeostat.prometheus.PrometheusWatcher;
import io.homeostat.reload.RuleReload;
import io.homeostat.reload.RuleWatch;
import io.homeostat.rules.Rulebook;
import io.homeostat.store.SqlStore;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of the process: start everything, say what runs where, wait, stop in order.
@Singleton
final class Program implements QuarkusApplication {
    private static final Logger LOG = LoggerFactory.getLogger(Program.class);
    private static final int AFTER_THE_DOOR_IS_SHUT = 2;
    private static final int FAREWELLS_PER_STOP = 4;

    private final Configured configured;
    private final SqlStore store;
    private final EngineLoop loop;
    private final ClusterConnection cluster;
    private final AlertmanagerWatcher alertmanager;
    private final PrometheusWatcher prometheus;
    private final Rulebook rulebook;
    private final RuleReload reload;
    private final RuleWatch watch;
    private final Provider<Story> story;
    private final InstantSource clock;
    private final PrintStream out = System.out;

    Program(
            Configured configured,
            SqlStore store,
            EngineLoop loop,
            ClusterConnection cluster,
            AlertmanagerWatcher alertmanager,
            PrometheusWatcher prometheus,
            Rulebook rulebook,
            RuleReload reload,
            RuleWatch watch,
            Provider<Story> story,
            InstantSource clock) {
        this.configured = configured;
        this.store = store;
        this.loop = loop;
        this.cluster = cluster;
        this.alertmanager = alertmanager;
        this.prometheus = prometheus;
        this.rulebook = rulebook;
        this.reload = reload;
        this.watch = watch;
        this.story = story;
        this.clock = clock;
    }

    @Override
    public int run(String... arguments) throws Exception {
        store.keepRulebook(rulebook.hash(), rulebook.sources(), clock.instant());
        store.keepTerms(ReplaySettings.terms(configured.settings()), clock.instant());
        Mode mode = Mode.current();
        if (mode == Mode.DEMO) {
            story.get().begin();
        }
        introduce(mode);
        loop.start();
        cluster.connect();
        alertmanager.start();
        prometheus.start();
        reload.begin();
        watch.start();
        Hangup.does(() -> reload.wish("SIGHUP"));
        if (mode == Mode.DEMO && story.get().tell()) {
            epilogue();
        }
        Quarkus.waitForExit();
        return 0;
    }

    private void introduce(Mode mode) {
        Settings settings = configured.settings();
        String address = "http://%s:%d".formatted(settings.http().host(), settings.http().port());
        out.printf("Homeostat manages %s%n", cluster.text());
        out.printf(
                "  autonomy  %s, scope %s%n",
                settings.limits().ceiling().word(), settings.limits().scope());
        out.printf(
                "  rules     %d in rulebook %s%n",
                rulebook.rules().size(), rulebook.hash().substring(0, 12));
        out.printf(
                "  listening %s%s%n",
                address, configured.tokens().isEmpty() ? " (open, on loopback only)" : "");
        if (!rulebook.faults().isEmpty()) {
            out.printf(
                    "  %d faults in the rules; ./homeostat check shows them%n",
                    rulebook.faults().size());
        }
        if (mode == Mode.SERVE && settings.limits().ceiling() == Autonomy.SHADOW) {
            out.println(
                    "  It only watches: under the ceiling shadow nothing is changed. What it would have done is at "
                            + address
                            + "/api/v1/decisions; raise the ceiling with homeostat.autonomy=ask or auto.");
        }
        if (mode == Mode.DEMO) {
            out.println();
            out.println("A story of faults, in about a minute:");
        }
    }

    private void epilogue() {
        Settings.Http http = configured.settings().http();
        String address = "http://%s:%d".formatted(http.host(), http.port());
        out.println();
        out.println("The story is told, and the cluster lives on. Look at it:");
        for (String path :
                new String[] {"status", "incidents", "decisions", "actions", "facts?type=Alert"}) {
            out.printf("  %s/api/v1/%s%n", address, path);
        }
        out.println("  ./homeostat timeline shop_web");
        out.println("Now break it yourself: ./homeostat demo --break NAME, where NAME is one of");
        story.get().faults().forEach((name, text) -> out.printf("  %-11s %s%n", name, text));
        out.println("Ctrl-C ends it.");
    }

    /// Intake is shut first; then the turn and its effects end. Only when nothing is under way any
    /// more may another process act; so the lease is given up after that, and while the cluster can
    /// still be told. The store is closed last.
    void stop(@Observes @Priority(AFTER_THE_DOOR_IS_SHUT) ShutdownEvent stopping)
            throws InterruptedException, StoreException {
        if (Mode.current() == Mode.DEMO) {
            story.get().close();
        }
        alertmanager.close();
        prometheus.close();
        watch.close();
        reload.close();
        Duration patience = configured.settings().loop().stop();
        Duration farewell = patience.dividedBy(FAREWELLS_PER_STOP);
        boolean ended = loop.stop(patience.minus(farewell));
        if (ended) {
            cluster.giveUpLease(farewell);
        } else {
            LOG.warn(
                    "an action was still under way; the next start settles it by looking at the cluster");
        }
        cluster.close();
        store.close();
    }
}
