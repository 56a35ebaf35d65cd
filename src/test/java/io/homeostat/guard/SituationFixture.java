package io.homeostat.guard;

import io.homeostat.action.PolicyObjection;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Aspect;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.fact.Tracking;
import io.homeostat.fact.Watcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A situation made by hand. At first everything sees, nothing ever happened, and the ceiling and
/// the scope are as wide as can be.
final class SituationFixture implements Situation {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Map<String, Service> services = new TreeMap<>();
    private final Map<String, Node> nodes = new TreeMap<>();
    private final Map<String, Alert> alerts = new TreeMap<>();
    private final Map<String, Watcher> watchers = new TreeMap<>();
    private final Map<String, Tracking> trackings = new TreeMap<>();
    private final Map<String, Instant> instants = new TreeMap<>();
    private final Map<Subject, Undertaking> unsettled = new TreeMap<>();
    private final Map<String, Task> tasks = new TreeMap<>();
    private final List<PolicyObjection> objections = new ArrayList<>();
    private final List<Instant> actions = new ArrayList<>();
    private final Set<Subject> awaited = new HashSet<>();
    private final List<Freeze> freezes = new ArrayList<>();
    private final List<Approval> approvals = new ArrayList<>();
    private Limits limits = Limiting.open();
    private @Nullable KnownGood good;
    private Place place = Place.OUTSIDE;

    SituationFixture() {
        for (String name : List.of(Watcher.SERVICES, Watcher.TASKS, Watcher.NODES)) {
            watchers.put(name, new Watcher(name, Watcher.Sight.SEEING, NOW, ""));
        }
    }

    SituationFixture with(Service service) {
        services.put(service.name(), service);
        return this;
    }

    SituationFixture with(Node node) {
        nodes.put(node.id(), node);
        return this;
    }

    SituationFixture with(Limits changed) {
        limits = changed;
        return this;
    }

    SituationFixture with(Freeze freeze) {
        freezes.add(freeze);
        return this;
    }

    SituationFixture with(Undertaking undertaking) {
        unsettled.put(undertaking.subject(), undertaking);
        return this;
    }

    SituationFixture at(Place changed) {
        place = changed;
        return this;
    }

    SituationFixture blind(String watcher, String reason) {
        watchers.put(watcher, new Watcher(watcher, Watcher.Sight.BLIND, NOW, reason));
        return this;
    }

    SituationFixture without(String watcher) {
        watchers.remove(watcher);
        return this;
    }

    SituationFixture awaiting(Subject subject) {
        awaited.add(subject);
        return this;
    }

    SituationFixture good(String content, String image) {
        good = new KnownGood(content, image, NOW);
        return this;
    }

    SituationFixture acted(String rule, Subject subject, boolean inShadow, Instant at) {
        instants.put("acted " + rule + subject + inShadow, at);
        return this;
    }

    SituationFixture scaled(String service, Instant at) {
        instants.put("scaled " + service, at);
        return this;
    }

    SituationFixture tookEffect(String kind, Subject subject, boolean inShadow, Instant at) {
        instants.put("effect " + kind + subject + inShadow, at);
        return this;
    }

    SituationFixture firing(String fingerprint, String name, Instant confirmedAt) {
        alerts.put(
                fingerprint,
                new Alert(
                        fingerprint,
                        name,
                        Alert.Status.FIRING,
                        confirmedAt,
                        Sorted.copy(Map.of("alertname", name)),
                        Sorted.copy(Map.<String, String>of()),
                        null,
                        null));
        instants.put("confirmed " + fingerprint, confirmedAt);
        return this;
    }

    SituationFixture told(Subject fact, Instant at) {
        instants.put("told " + fact, at);
        return this;
    }

    SituationFixture down(String node, Instant since) {
        instants.put("down " + node, since);
        return this;
    }

    SituationFixture storming(Instant since) {
        instants.put("storm", since);
        return this;
    }

    SituationFixture calm(Instant since) {
        instants.put("calm", since);
        return this;
    }

    SituationFixture attempted(int times) {
        attempts = times;
        return this;
    }

    SituationFixture notBefore(String kind, Subject subject, Instant at) {
        instants.put("not before " + kind + subject, at);
        return this;
    }

    private int attempts;
    private final SortedMap<String, String> hindrances = new TreeMap<>();

    @Override
    public Instant now() {
        return NOW;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public SortedMap<String, String> hindrances() {
        return hindrances;
    }

    SituationFixture hindered(String code, String reason) {
        hindrances.put(code, reason);
        return this;
    }

    @Override
    public @Nullable Service service(String name) {
        return services.get(name);
    }

    @Override
    public @Nullable Node node(String id) {
        return nodes.get(id);
    }

    @Override
    public SequencedCollection<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    SituationFixture with(Task task) {
        tasks.put(task.id(), task);
        return this;
    }

    SituationFixture actedAt(Instant... instants) {
        actions.addAll(List.of(instants));
        return this;
    }

    SituationFixture objected(PolicyObjection objection) {
        objections.add(objection);
        return this;
    }

    @Override
    public List<PolicyObjection> policyObjections() {
        return objections;
    }

    @Override
    public @Nullable Instant downSince(String node) {
        return instants.get("down " + node);
    }

    @Override
    public @Nullable Instant stormSince() {
        return instants.get("storm");
    }

    @Override
    public @Nullable Instant calmSince() {
        return instants.get("calm");
    }

    @Override
    public List<Task> tasks(String service) {
        return tasks.values().stream().filter(task -> task.service().equals(service)).toList();
    }

    @Override
    public List<Task> tasksOn(String node) {
        return tasks.values().stream().filter(task -> node.equals(task.node())).toList();
    }

    @Override
    public List<Undertaking> underWay() {
        return List.copyOf(unsettled.values());
    }

    @Override
    public List<Instant> actionsSince(Instant since) {
        return actions.stream().filter(at -> at.isAfter(since)).sorted().toList();
    }

    @Override
    public @Nullable Alert alert(String fingerprint) {
        return alerts.get(fingerprint);
    }

    SituationFixture with(Tracking tracking) {
        trackings.put(tracking.service().name(), tracking);
        return this;
    }

    @Override
    public @Nullable Tracking tracking(String service) {
        return trackings.get(service);
    }

    @Override
    public @Nullable Watcher watcher(String name) {
        return watchers.get(name);
    }

    @Override
    public Collection<Freeze> freezes() {
        return freezes;
    }

    @Override
    public List<Approval> approvals(String incident) {
        return approvals.stream().filter(each -> each.incident().equals(incident)).toList();
    }

    SituationFixture with(Approval approval) {
        approvals.add(approval);
        return this;
    }

    @Override
    public @Nullable Undertaking unsettled(Subject subject) {
        return unsettled.get(subject);
    }

    @Override
    public @Nullable Instant lastAction(String rule, Subject subject, boolean inShadow) {
        return instants.get("acted " + rule + subject + inShadow);
    }

    @Override
    public @Nullable Instant lastScaled(String service) {
        return instants.get("scaled " + service);
    }

    @Override
    public @Nullable Instant lastEffect(String kind, Subject subject, boolean inShadow) {
        return instants.get("effect " + kind + subject + inShadow);
    }

    @Override
    public @Nullable Instant confirmedAt(String fingerprint) {
        return instants.get("confirmed " + fingerprint);
    }

    @Override
    public @Nullable Instant toldAt(Subject fact) {
        return instants.get("told " + fact);
    }

    @Override
    public int attempts(String kind, Subject subject) {
        return attempts;
    }

    @Override
    public @Nullable Instant lastAttempt(String kind, Subject subject) {
        return instants.getOrDefault("attempted", NOW);
    }

    SituationFixture attemptedAt(Instant at) {
        instants.put("attempted", at);
        return this;
    }

    @Override
    public @Nullable Instant notBefore(String kind, Subject subject) {
        return instants.get("not before " + kind + subject);
    }

    SituationFixture changedByHand(Subject subject, Aspect aspect, Instant at) {
        instants.put("by hand " + subject + aspect, at);
        return this;
    }

    @Override
    public @Nullable Instant changedByHand(Subject subject, Aspect aspect) {
        return instants.get("by hand " + subject + aspect);
    }

    private @Nullable Wished rival;
    private @Nullable Wished highestWish;

    SituationFixture rivalled(int replicas, String by) {
        rival = new Wished(replicas, by, null);
        return this;
    }

    SituationFixture wishedLately(int replicas, Instant until) {
        highestWish = new Wished(replicas, "", until);
        return this;
    }

    @Override
    public @Nullable Wished rival(String service, boolean toGrow) {
        return rival;
    }

    @Override
    public @Nullable Wished highestWish(String service) {
        return highestWish;
    }

    @Override
    public boolean awaitsSight(Subject subject) {
        return awaited.contains(subject);
    }

    @Override
    public @Nullable KnownGood knownGood(String service) {
        return good;
    }
}
