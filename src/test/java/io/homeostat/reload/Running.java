package io.homeostat.reload;

import io.homeostat.engine.AlertSubjects;
import io.homeostat.engine.Effects;
import io.homeostat.engine.Engine;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Lease;
import io.homeostat.engine.Observer;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Autonomy;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.guard.GuardRail;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Scope;
import io.homeostat.rules.Rulebook;
import io.homeostat.scenario.RuleFiles;
import io.homeostat.simulated.SimulatedCluster;
import io.homeostat.slack.LoggedNotices;
import io.homeostat.store.SqlStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The real engine and store around rule files that a test writes, on a simulated cluster.
final class Running implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(30);

    static final String UP =
            """
            rule "up"
                @autonomy( "auto" )
            when
                $alert : Alert( firing, name == "HighLoad", $service : service != null )
            then
                insertLogical( scaleUp( $service ).because( $alert ) );
            end
            """;

    final Path directory;
    final List<Turn> turns = new CopyOnWriteArrayList<>();
    final List<Duration> took = new CopyOnWriteArrayList<>();
    final List<String> told = new CopyOnWriteArrayList<>();
    final EngineLoop loop;
    final RuleReload reload;
    final RuleSource source;
    private final InstantSource clock = InstantSource.system();
    private final SqlStore store;
    private final SimulatedCluster cluster =
            new SimulatedCluster(clock, SimulatedCluster.Pace.DEFAULT);

    Running(Path directory, Optional<Path> scenarios) {
        this.directory = directory;
        cluster.addNode("n1", Node.Role.MANAGER, Map.of());
        cluster.addService(
                "shop_web",
                Service.Mode.REPLICATED,
                2,
                "web:1",
                Map.of("com.df.scaleMin", "2", "com.df.scaleMax", "5"));
        try {
            store = SqlStore.inMemory("test");
            loop = loop(Rulebook.compile(RuleFiles.read(directory)));
        } catch (StoreException | IOException broken) {
            throw new IllegalStateException(broken);
        }
        source = new RuleSource(Optional.of(directory), Duration.ofMillis(5));
        reload = new RuleReload(loop, store, source, new Rehearsal(scenarios), clock);
        loop.start();
        reload.begin();
    }

    private EngineLoop loop(Rulebook rulebook) {
        Engine.Charter charter =
                new Engine.Charter(
                        rulebook,
                        GuardRail.standard(),
                        Limits.DEFAULT.reaching(Autonomy.AUTO, Scope.of(Scope.Kind.ALL), 100),
                        AlertSubjects.DEFAULT,
                        Sorted.copy(List.of("info")),
                        Sorted.copy(List.of("Watchdog")),
                        "test");
        Effects effects =
                new Effects(
                        cluster,
                        new LoggedNotices("test", told::add),
                        store,
                        store,
                        new Effects.Gate(Optional::empty, Lease.UNSHARED, Duration.ofSeconds(10)),
                        clock,
                        new Noted(),
                        Duration.ofMillis(50));
        return new EngineLoop(
                charter,
                store,
                store,
                effects,
                clock,
                new EngineLoop.Pace(1000, 100, Duration.ofMillis(100), Duration.ofMillis(50)),
                new Noted());
    }

    void write(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    void seeCluster() {
        cluster.advance(clock.instant()).stream().forEach(loop::offer);
    }

    void fires(String... names) throws StoreException {
        Instant now = clock.instant();
        List<Signal.ReportedAlert> alerts = new ArrayList<>();
        for (String name : names) {
            alerts.add(
                    new Signal.ReportedAlert(
                            name,
                            true,
                            now,
                            null,
                            new TreeMap<>(Map.of("alertname", name, "service", "shop_web")),
                            new TreeMap<>()));
        }
        store.accept(new Signal.AlertsReceived(now, "homeostat", alerts, 0, 0, ""));
        loop.wake();
    }

    Attempt reload() {
        return reload.reload("ann").join();
    }

    List<String> lines() {
        return turns.stream().flatMap(turn -> turn.lines().stream()).map(Turn.Line::text).toList();
    }

    @Override
    public void close() {
        reload.close();
        try {
            loop.stop(Duration.ofSeconds(10));
            store.close();
        } catch (StoreException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Noted implements Observer {
        @Override
        public void turned(Turn turn, int signals, Duration length) {
            turns.add(turn);
            took.add(length);
        }

        @Override
        public void rebuilt(String reason) {}

        @Override
        public void quarantined(String reason) {}

        @Override
        public void reported(String kind, String report, Duration took) {}
    }
}
