package io.homeostat.guard;

import io.homeostat.action.Action;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Task;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an action takes out at its worst moment of what is well now. What starts before it stops,
/// what adds, and what happens to something that is out anyway costs nothing.
///
/// @param nodes how many nodes
/// @param tasks how many tasks, by the name of their service
record Disruption(int nodes, SortedMap<String, Integer> tasks) {
    private static final Disruption NONE = new Disruption(0, Sorted.copy(Map.of()));

    Disruption {
        tasks = Sorted.copy(tasks);
    }

    /// True when nothing that is well is taken out.
    boolean isFree() {
        return nodes == 0 && tasks.isEmpty();
    }

    static Disruption of(@Nullable Action action, Situation situation) {
        return switch (action) {
            case null -> NONE;
            // Tasks that are not wanted any more are not missed.
            case Action.ScaleService _, Action.PostNotice _ -> NONE;
            case Action.RestartService(String service, long _) -> renewing(service, situation);
            case Action.DeployService deploy -> renewing(deploy.service(), situation);
            case Action.RollbackService back -> goingBack(back.service(), situation);
            case Action.SetAvailability set ->
                    switch (set.to()) {
                        case ACTIVE -> NONE;
                        case PAUSE -> pausing(set.node(), situation);
                        case DRAIN -> draining(set.node(), situation);
                    };
        };
    }

    private static Disruption renewing(String name, Situation situation) {
        Service service = situation.service(name);
        return service == null
                ? NONE
                : renewing(service, Crew.of(service, situation).well().size());
    }

    /// Tasks of the image that comes back are of the specification that comes back, and stay; with
    /// the same image in both, nobody can tell.
    private static Disruption goingBack(String name, Situation situation) {
        Service service = situation.service(name);
        if (service == null) {
            return NONE;
        }
        KnownGood good = situation.knownGood(name);
        String back = good == null ? service.image() : good.image();
        int left =
                (int)
                        Crew.of(service, situation).well().stream()
                                .filter(task ->
                                        back.equals(service.image()) || !task.image().equals(back))
                                .count();
        return renewing(service, left);
    }

    /// Swarm takes so many at once as the service's own update settings say; 0 means all.
    private static Disruption renewing(Service service, int well) {
        if (!service.stopFirst()) {
            return NONE;
        }
        int atOnce = service.parallelism() == 0 ? well : Math.min(service.parallelism(), well);
        return new Disruption(0, atOnce == 0 ? Sorted.copy(Map.of()) : one(service.name(), atOnce));
    }

    private static SortedMap<String, Integer> one(String service, int tasks) {
        return Sorted.copy(Map.of(service, tasks));
    }

    private static Disruption pausing(String id, Situation situation) {
        return new Disruption(nodes(id, situation), Sorted.copy(Map.of()));
    }

    /// Its tasks are stopped at once, and started elsewhere only then.
    private static Disruption draining(String id, Situation situation) {
        SortedMap<String, Integer> tasks = new TreeMap<>();
        for (String name : servicesOn(id, situation)) {
            Service service = situation.service(name);
            if (service != null) {
                int here =
                        (int)
                                Crew.of(service, situation).well().stream()
                                        .filter(task -> id.equals(task.node()))
                                        .count();
                if (here > 0) {
                    tasks.put(name, here);
                }
            }
        }
        return new Disruption(nodes(id, situation), tasks);
    }

    private static List<String> servicesOn(String node, Situation situation) {
        return situation.tasksOn(node).stream()
                .filter(Task::running)
                .map(Task::service)
                .distinct()
                .sorted()
                .toList();
    }

    private static int nodes(String id, Situation situation) {
        Node node = situation.node(id);
        return node == null || Outage.isOut(node) ? 0 : 1;
    }
}
