package io.homeostat.crash;

import io.homeostat.standin.DockerStandIn;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What one round brings about, on services and alerts of its own: in another order and at other
/// instants in each.
final class Load implements AutoCloseable {
    static final int FIRST = 2;
    static final int MOST = 4;
    private static final int SPREAD_MILLIS = 400;
    private static final int REPEAT_MILLIS = 250;
    private static final int PASSING_MILLIS = 1_500;

    private final DockerStandIn docker;
    private final Random random;
    private final String name;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private final Alertmanager.Alert once;
    private final Alertmanager.Alert again;
    private final Alertmanager.Alert unsolved;
    private final Alertmanager.Alert passing;
    private final Person person;

    Load(DockerStandIn docker, Alertmanager alertmanager, Api homeostat, int round, Random random) {
        this.docker = docker;
        this.random = random;
        this.name = "r" + round;
        this.once = alertmanager.alert("Once-" + name, scaling(steady()));
        this.again = alertmanager.alert("Again-" + name, scaling(growing()));
        this.unsolved = alertmanager.alert("Unsolved-" + name, Map.of("severity", "page"));
        this.passing = alertmanager.alert("Passing-" + name, Map.of("severity", "page"));
        this.person = new Person(homeostat, restarted());
    }

    private static Map<String, String> scaling(String service) {
        return Map.of("scale", "up", "receiver", "system", "service", service);
    }

    /// Its alert is said to fire once and then no more, unless the answer was lost.
    String steady() {
        return name + "_web";
    }

    /// Its alert is confirmed again and again: step by step up to its maximum.
    String growing() {
        return name + "_api";
    }

    /// A person wishes it to be restarted.
    String restarted() {
        return name + "_job";
    }

    List<String> services() {
        return List.of(steady(), growing(), restarted());
    }

    Alertmanager.Alert once() {
        return once;
    }

    Alertmanager.Alert again() {
        return again;
    }

    /// No rule wants anything for it, so people hear of it.
    Alertmanager.Alert unsolved() {
        return unsolved;
    }

    /// As unsolved, and resolved soon after.
    Alertmanager.Alert passing() {
        return passing;
    }

    List<Alertmanager.Alert> alerts() {
        return List.of(once, again, unsolved, passing);
    }

    Person person() {
        return person;
    }

    void createServices() {
        Map<String, String> labels =
                Map.of(
                        "homeostat.autonomy", "auto",
                        "homeostat.scale.min", "1",
                        "homeostat.scale.max", String.valueOf(MOST));
        services().forEach(service -> docker.create(service, FIRST, labels));
    }

    void begin() {
        soon(once::fires);
        soon(unsolved::fires);
        soon(person::asks);
        soon(this::repeat);
        soon(() -> {
            passing.fires();
            in(PASSING_MILLIS, passing::resolves);
        });
    }

    private void repeat() {
        again.fires();
        in(REPEAT_MILLIS, this::repeat);
    }

    private void soon(Runnable deed) {
        in(random.nextInt(SPREAD_MILLIS), deed);
    }

    private void in(int millis, Runnable deed) {
        if (!clock.isShutdown()) {
            var _ = clock.schedule(deed, millis, TimeUnit.MILLISECONDS);
        }
    }

    /// True when Docker and those who ask have nothing to wait for. It asks nothing of the program,
    /// so it costs nothing to ask often.
    boolean isAnswered(DockerStandIn swarm) {
        return alerts().stream().allMatch(Alertmanager.Alert::isSaid)
                && person.isAccepted()
                && Evidence.replicas(swarm.service(growing()).path("Spec")) >= MOST;
    }

    /// What fires ends.
    void end() {
        clock.shutdownNow();
        alerts().stream()
                .filter(alert -> !alert.isResolved())
                .forEach(Alertmanager.Alert::resolves);
    }

    void removeServices() {
        services().forEach(docker::remove);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        person.close();
    }
}
