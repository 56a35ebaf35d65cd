package io.homeostat.engine;

import io.homeostat.action.Action;
import io.homeostat.action.Expectation;
import io.homeostat.action.Undertaking;
import io.homeostat.fact.Node;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// What the cluster, as it was last seen, says to what an action is to bring about.
final class PostCondition {
    private final Memory memory;

    PostCondition(Memory memory) {
        this.memory = memory;
    }

    /// The alerts that must end as well, by their fingerprints. A scaling was one step and is
    /// judged by its replicas alone.
    static SortedSet<String> alerts(Expectation expected) {
        return switch (expected) {
            case Expectation.FreshTasks fresh -> fresh.alerts();
            case Expectation.AllRun run -> run.alerts();
            case Expectation.Replicas _, Expectation.NodeIs _, Expectation.Delivered _ ->
                    Collections.emptySortedSet();
        };
    }

    /// Why the expectation can no longer come true because something newer is wanted; empty when it
    /// can.
    String superseded(Undertaking undertaking) {
        if (undertaking.action() instanceof Action.SetAvailability set) {
            return superseded(set);
        }
        Service service = memory.service(undertaking.subject().name());
        if (service == null) {
            return undertaking.subject() + " is gone";
        }
        Integer replicas = service.replicas();
        if (undertaking.action() instanceof Action.ScaleService scale
                && !memory.awaitsSight(scale.subject())
                && (replicas == null || replicas != scale.to())) {
            return "%s wants %s replicas now".formatted(service.name(), replicas);
        }
        if (undertaking.action() instanceof Action.DeployService deploy
                && !memory.awaitsSight(deploy.subject())
                && !service.image().equals(deploy.image())) {
            return "%s is specified with %s now".formatted(service.name(), service.image());
        }
        return "";
    }

    private String superseded(Action.SetAvailability set) {
        Node node = memory.node(set.node());
        if (node == null) {
            return set.subject() + " is gone";
        }
        return !memory.awaitsSight(set.subject()) && node.availability() != set.to()
                ? "%s is %s now".formatted(set.subject(), node.availability())
                : "";
    }

    boolean holds(Expectation expected) {
        return switch (expected) {
            case Expectation.Replicas replicas ->
                    !memory.awaitsSight(Subject.service(replicas.service()))
                            && running(replicas.service()).size() == replicas.count();
            case Expectation.FreshTasks fresh -> {
                Service service = memory.service(fresh.service());
                SortedSet<String> running = running(fresh.service());
                yield service != null
                        && !memory.awaitsSight(service.subject())
                        && !service.updating()
                        && running.size() >= wanted(service, fresh)
                        && Collections.disjoint(running, fresh.before());
            }
            case Expectation.AllRun run -> allRun(run);
            case Expectation.NodeIs wanted -> nodeIs(wanted);
            case Expectation.Delivered _ -> true;
        };
    }

    private boolean allRun(Expectation.AllRun run) {
        Service service = memory.service(run.service());
        if (service == null || memory.awaitsSight(service.subject()) || service.updating()) {
            return false;
        }
        Integer replicas = service.replicas();
        int wanted = replicas == null ? run.before() : replicas;
        int asSpecified = 0;
        for (Task task : memory.tasks(service.name())) {
            if (task.running()) {
                if (!task.image().equals(service.image())) {
                    return false;
                }
                asSpecified++;
            }
        }
        return asSpecified >= wanted;
    }

    private boolean nodeIs(Expectation.NodeIs wanted) {
        Node node = memory.node(wanted.node());
        if (node == null
                || memory.awaitsSight(node.subject())
                || node.availability() != wanted.availability()) {
            return false;
        }
        return wanted.availability() != Node.Availability.DRAIN || runningOn(node.id()) == 0;
    }

    private int runningOn(String node) {
        return (int) memory.tasksOn(node).stream().filter(Task::running).count();
    }

    /// A global service has as many tasks as before, for no specification says how many.
    private static int wanted(Service service, Expectation.FreshTasks fresh) {
        Integer replicas = service.replicas();
        return replicas == null ? fresh.before().size() : replicas;
    }

    private SortedSet<String> running(String service) {
        SortedSet<String> ids = new TreeSet<>();
        for (Task task : memory.tasks(service)) {
            if (task.running()) {
                ids.add(task.id());
            }
        }
        return ids;
    }

    /// Why it cannot come true any more, long before it is too late; empty when it still can. An
    /// update that has paused goes on only when somebody writes the service again.
    String failed(Undertaking undertaking) {
        Service service = memory.service(undertaking.subject().name());
        boolean isPaused =
                undertaking.action() instanceof Action.DeployService
                        && service != null
                        && !memory.awaitsSight(service.subject())
                        && service.update() == Service.Update.PAUSED;
        return isPaused ? "Swarm has paused the update, because tasks failed" : "";
    }

    /// What was expected and what was found, in a sentence.
    String missed(Undertaking undertaking) {
        int running =
                switch (undertaking.action()) {
                    case Action.OnNode node -> runningOn(node.node());
                    case Action.OnService service -> running(service.service()).size();
                    case Action.PostNotice _ -> 0;
                };
        return "expected was that %s; %d run".formatted(undertaking.expectation().text(), running);
    }

    /// True when something that ran before the action does not run after it.
    boolean isWorse(Undertaking undertaking) {
        Expectation expected = undertaking.expectation();
        int running = running(undertaking.subject().name()).size();
        return switch (undertaking.action()) {
            case Action.ScaleService scale -> running < Math.min(scale.from(), scale.to());
            case Action.RestartService _ ->
                    expected instanceof Expectation.FreshTasks fresh
                            && running < fresh.before().size();
            case Action.RollbackService _, Action.DeployService _ ->
                    expected instanceof Expectation.AllRun run && running < run.before();
            case Action.SetAvailability _, Action.PostNotice _ -> false;
        };
    }
}
