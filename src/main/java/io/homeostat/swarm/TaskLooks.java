package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Sorted;
import io.homeostat.fact.Task;
import io.homeostat.fact.Watcher;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at tasks. Their states emit no events, so they are polled: all of them at a pace that they
/// can bear, and those of some services quickly.
final class TaskLooks {
    private static final Logger LOG = LoggerFactory.getLogger(TaskLooks.class);

    private final Docker docker;
    private final Sightings sightings;
    private final SwarmSettings settings;
    private final InstantSource clock;
    private final Consumer<Signal.Volatile> sink;
    private final Emptiness emptiness;
    private volatile SortedSet<String> closely = Collections.emptySortedSet();

    TaskLooks(
            Docker docker,
            Sightings sightings,
            SwarmSettings settings,
            InstantSource clock,
            Consumer<Signal.Volatile> sink) {
        this.docker = docker;
        this.sightings = sightings;
        this.settings = settings;
        this.clock = clock;
        this.sink = sink;
        this.emptiness = new Emptiness(docker, "tasks");
    }

    void watchClosely(Collection<String> services) {
        closely = Sorted.copy(services);
    }

    /// Looks at all tasks. Before the services are known their tasks would be nobody's.
    Duration all() throws DockerException, InterruptedException {
        if (!sightings.complete()) {
            return settings.retryFirst();
        }
        Instant began = clock.instant();
        long start = System.nanoTime();
        List<Task> tasks = facts(emptiness.checked(docker.get("/tasks")));
        Duration pause = pauseAfter(Duration.ofNanos(System.nanoTime() - start));
        sink.accept(new Signal.TasksSeen(began, null, tasks));
        sink.accept(
                new Signal.WatcherLooked(
                        Watcher.TASKS, began, pause.multipliedBy(3).plus(settings.answer())));
        return pause;
    }

    /// Looks at the tasks of the services that are watched closely. An empty answer is left to the
    /// look at all.
    Duration some() throws DockerException, InterruptedException {
        for (String service : closely) {
            String id = sightings.idOf(service);
            if (id == null) {
                continue;
            }
            Instant began = clock.instant();
            JsonNode list =
                    docker.get(
                            "/tasks?filters="
                                    + Docker.encoded("{\"service\":{\"%s\":true}}".formatted(id)));
            if (!list.isEmpty()) {
                sink.accept(new Signal.TasksSeen(began, service, facts(list)));
            }
        }
        return settings.closely();
    }

    private Duration pauseAfter(Duration took) {
        Duration pause = took.multipliedBy(settings.tasksFactor());
        if (pause.compareTo(settings.tasksLeast()) < 0) {
            return settings.tasksLeast();
        }
        return pause.compareTo(settings.tasksMost()) > 0 ? settings.tasksMost() : pause;
    }

    private List<Task> facts(JsonNode list) {
        List<Task> tasks = new ArrayList<>();
        for (JsonNode task : list) {
            try {
                tasks.add(TaskReading.read(task, sightings::nameOf));
            } catch (IllegalArgumentException | DateTimeException e) {
                LOG.debug("task {} cannot be read: {}", task.path("ID").asText(""), e.toString());
            }
        }
        return tasks;
    }
}
