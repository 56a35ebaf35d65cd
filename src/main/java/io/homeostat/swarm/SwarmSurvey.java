package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// One look at a swarm, as JSON and without loss, by those who only want to see: it asks nothing
/// but GETs, needs no lease, and has one deadline for all of it.
public final class SwarmSurvey implements AutoCloseable {
    private final Endpoint docker;
    private final Deadline deadline;

    /// @param host the address of a manager: `unix:///var/run/docker.sock` or `tcp://host:2375`
    /// @param time how long all that is asked may take together
    /// @throws IllegalArgumentException when that is no address of Docker
    public SwarmSurvey(URI host, Duration time) {
        SwarmSettings.checkAddress(host);
        this.docker = new Endpoint(host, time);
        this.deadline = Deadline.in(time);
    }

    /// All services.
    ///
    /// @throws IOException when Docker does not answer, or is no manager; its message says what to
    ///   do
    public List<JsonNode> services() throws IOException, InterruptedException {
        return list("/services");
    }

    /// All nodes.
    ///
    /// @throws IOException as [#services]
    public List<JsonNode> nodes() throws IOException, InterruptedException {
        return list("/nodes");
    }

    /// What this Docker knows of these images; those that it does not have, or does not show, are
    /// left out.
    ///
    /// @throws IOException when Docker does not answer
    public SortedMap<String, JsonNode> images(SortedSet<String> names)
            throws IOException, InterruptedException {
        SortedMap<String, JsonNode> images = new TreeMap<>();
        SortedMap<String, Future<Optional<JsonNode>>> asked = new TreeMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            names.forEach(name -> asked.put(name, threads.submit(() -> image(name))));
        }
        for (Map.Entry<String, Future<Optional<JsonNode>>> each : asked.entrySet()) {
            try {
                each.getValue().get().ifPresent(image -> images.put(each.getKey(), image));
            } catch (ExecutionException failed) {
                throw new IOException(reason(failed), failed);
            }
        }
        return images;
    }

    @Override
    public void close() throws IOException {
        docker.close();
    }

    private Optional<JsonNode> image(String name) throws DockerException, InterruptedException {
        try {
            return Optional.of(docker.get("/images/" + Docker.encoded(name) + "/json", deadline));
        } catch (DockerException e) {
            if (e.status() / 100 == 4) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private List<JsonNode> list(String path) throws IOException, InterruptedException {
        JsonNode answer;
        try {
            answer = docker.get(path, deadline);
        } catch (DockerException e) {
            throw new IOException(e.reason(), e);
        }
        if (!answer.isArray()) {
            throw new IOException(
                    "Docker at %s answers %s with something else than a list; is it Docker?"
                            .formatted(docker.host(), path));
        }
        List<JsonNode> list = new ArrayList<>();
        answer.forEach(list::add);
        return list;
    }

    private static String reason(ExecutionException failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
