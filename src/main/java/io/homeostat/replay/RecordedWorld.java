package io.homeostat.replay;

import io.homeostat.engine.Memo;
import io.homeostat.engine.Past;
import io.homeostat.engine.Signal;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Aspect;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Provenance;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.fact.Tracking;
import io.homeostat.fact.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The world as it was recorded, change by change, and the looks that would have shown each change.
final class RecordedWorld {
    private static final String BY_HAND = "by-hand/service/";
    private static final String CHANGED = "changed/service/";
    private static final String RESET = "reset/";
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final SortedMap<String, Service> services = new TreeMap<>();
    private final SortedMap<String, Node> nodes = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Task>> tasks = new TreeMap<>();
    private final SortedMap<String, String> serviceOfTask = new TreeMap<>();
    private final SortedMap<String, Alert> alerts = new TreeMap<>();
    private Instant lastBegan = Instant.MIN;

    /// Takes over what is known in the beginning.
    ///
    /// @return the looks without which an engine does not believe it
    List<Signal> begin(List<Memo> known, Instant at) {
        List<Signal> looks = new ArrayList<>();
        for (Memo memo : known) {
            if (memo instanceof Memo.Known(Fact fact)) {
                keep(fact);
                if (fact instanceof Watcher watcher && watcher.isSeeing()) {
                    looks.add(new Signal.WatcherLooked(watcher.name(), at, FOR_EVER));
                } else if (fact instanceof Tracking tracking) {
                    looks.add(recorded(tracking));
                }
            }
        }
        return looks;
    }

    boolean hasAlerts() {
        return !alerts.isEmpty();
    }

    /// The looks that would have shown what this turn recorded, at its instant.
    List<Signal> looks(Past.Recorded turn) {
        Looking looking = new Looking(turn.at());
        for (Memo memo : turn.kept()) {
            if (memo instanceof Memo.Known(Fact fact)) {
                keep(fact);
                looking.kept(fact);
            }
        }
        for (Turn.Dropped dropped : turn.dropped()) {
            if (dropped.kind() == Memo.Known.class) {
                looking.dropped(Subject.parse(dropped.key()));
            }
        }
        List<Signal> looks = new ArrayList<>(changesByOthers(turn));
        looks.addAll(looking.looks());
        RecordedListing.of(turn, alerts).ifPresent(looks::add);
        return looks;
    }

    /// Collects what is looked at because of one turn.
    private final class Looking {
        private final Instant at;
        private final List<Signal> looks = new ArrayList<>();
        private final List<Service> seen = new ArrayList<>();
        private final List<String> gone = new ArrayList<>();
        private final SortedSet<String> ofServices = new TreeSet<>();
        private boolean ofNodes;

        Looking(Instant at) {
            this.at = at;
        }

        void kept(Fact fact) {
            if (fact instanceof Service service) {
                seen.add(service);
            } else if (fact instanceof Task task) {
                ofServices.add(task.service());
            } else if (fact instanceof Node) {
                ofNodes = true;
            } else if (fact instanceof Watcher watcher) {
                looks.addAll(RecordedWorld.looks(watcher, at));
            } else if (fact instanceof Tracking tracking) {
                looks.add(recorded(tracking));
            }
        }

        void dropped(Subject subject) {
            String name = subject.name();
            switch (subject.kind()) {
                case SERVICE -> {
                    services.remove(name);
                    gone.add(name);
                }
                case TASK -> {
                    String service = serviceOfTask.remove(name);
                    if (service != null) {
                        tasksOf(service).remove(name);
                        ofServices.add(service);
                    }
                }
                case NODE -> {
                    nodes.remove(name);
                    ofNodes = true;
                }
                case ALERT -> alerts.remove(name);
                case WATCHER ->
                        kept(
                                new Watcher(
                                        name,
                                        Watcher.Sight.BLIND,
                                        at,
                                        "it was not known any more"));
                case TRACKING -> looks.add(new Signal.TrackingRecorded(name, null));
                case CUSTOM, REQUEST, CLUSTER, RULE, DEPLOYMENT -> {}
            }
        }

        List<Signal> looks() {
            Instant began = began(at);
            if (!seen.isEmpty() || !gone.isEmpty()) {
                looks.add(new Signal.ServicesSeen(began, false, seen, gone));
            }
            if (ofNodes) {
                looks.add(new Signal.NodesSeen(began, List.copyOf(nodes.values())));
            }
            for (String service : ofServices) {
                looks.add(tasksSeen(service, began));
            }
            return looks;
        }
    }

    private static Signal recorded(Tracking tracking) {
        return new Signal.TrackingRecorded(tracking.service().name(), tracking);
    }

    private void keep(Fact fact) {
        if (fact instanceof Service service) {
            services.put(service.name(), service);
        } else if (fact instanceof Node node) {
            nodes.put(node.id(), node);
        } else if (fact instanceof Task task) {
            tasksOf(task.service()).put(task.id(), task);
            serviceOfTask.put(task.id(), task.service());
        } else if (fact instanceof Alert alert && !alert.isOwn()) {
            alerts.put(alert.fingerprint(), alert);
        }
    }

    private SortedMap<String, Task> tasksOf(String service) {
        return tasks.computeIfAbsent(service, _ -> new TreeMap<>());
    }

    private Signal tasksSeen(String service, Instant began) {
        return new Signal.TasksSeen(began, service, List.copyOf(tasksOf(service).values()));
    }

    /// One more look at a subject that was written to: nothing is decided on it before it was seen
    /// again.
    List<Signal> look(Subject subject, Instant at) {
        Instant began = began(at);
        return switch (subject.kind()) {
            case SERVICE -> {
                Service service = services.get(subject.name());
                yield service == null
                        ? List.of()
                        : List.of(
                                new Signal.ServicesSeen(began, false, List.of(service), List.of()),
                                tasksSeen(service.name(), began));
            }
            case NODE -> List.of(new Signal.NodesSeen(began, List.copyOf(nodes.values())));
            case TASK, ALERT, WATCHER, CUSTOM, TRACKING, REQUEST, CLUSTER, RULE, DEPLOYMENT ->
                    List.of();
        };
    }

    /// What is absent is gone only if it was last seen before the look began, so no two looks begin
    /// at one instant.
    private Instant began(Instant at) {
        lastBegan = at.isAfter(lastBegan) ? at : lastBegan.plusNanos(1);
        return lastBegan;
    }

    private static List<Signal> looks(Watcher watcher, Instant at) {
        return watcher.isSeeing()
                ? List.of(new Signal.WatcherLooked(watcher.name(), at, FOR_EVER))
                : List.of(
                        new Signal.WatcherLooked(watcher.name(), at, Duration.ZERO),
                        new Signal.WatcherFailed(watcher.name(), at, watcher.reason()));
    }

    /// What people and deployments changed of services, as far as it left a trace.
    private static List<Signal> changesByOthers(Past.Recorded turn) {
        List<Signal> changes = new ArrayList<>();
        for (Memo memo : turn.kept()) {
            if (!(memo instanceof Memo.Mark(String key, Instant at))) {
                continue;
            }
            int side = key.lastIndexOf('/');
            if (key.startsWith(BY_HAND) && side > BY_HAND.length()) {
                changes.add(
                        new Signal.ServiceChanged(
                                key.substring(BY_HAND.length(), side),
                                at,
                                Provenance.PERSON,
                                path(Aspect.valueOf(key.substring(side + 1)))));
            } else if (key.startsWith(CHANGED)) {
                String[] parts = key.substring(CHANGED.length()).split("/", -1);
                changes.add(
                        new Signal.ServiceChanged(
                                parts[0],
                                at,
                                Provenance.valueOf(parts[1]),
                                path(Aspect.valueOf(parts[2]))));
            } else if (key.startsWith(RESET)) {
                changes.add(
                        new Signal.ServiceChanged(
                                key.substring(RESET.length()),
                                at,
                                Provenance.DEPLOYMENT,
                                path(Aspect.REPLICAS)));
            }
        }
        return changes;
    }

    /// A path in Docker's `Spec` that is of this side.
    private static SortedSet<String> path(Aspect aspect) {
        return Sorted.copy(
                List.of(
                        switch (aspect) {
                            case REPLICAS -> "Mode.Replicated.Replicas";
                            case IMAGE -> "TaskTemplate.ContainerSpec.Image";
                            case CONFIG -> "TaskTemplate.ContainerSpec.Env";
                            case LABELS -> "Labels";
                            case OTHER, AVAILABILITY -> "EndpointSpec";
                        }));
    }
}
