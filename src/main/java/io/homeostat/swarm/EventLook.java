package io.homeostat.swarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens to events until the stream ends, which counts as a failed look: between two streams
/// anything may have happened, so each stream begins with full looks.
final class EventLook implements Rounds.Look {
    private static final Logger LOG = LoggerFactory.getLogger(EventLook.class);
    private static final String PATH =
            "/events?filters="
                    + Docker.encoded(
                            "{\"scope\":{\"swarm\":true},\"type\":{\"node\":true,\"service\":true}}");

    private final Docker docker;
    private final Sightings sightings;
    private final InstantSource clock;
    private final Duration silence;
    private final Runnable lookAtAll;
    private final Runnable lookAtNodes;
    private volatile boolean alive;
    private volatile @Nullable EventStream current;

    /// @param lookAtAll asks for a full look at everything
    /// @param lookAtNodes asks for a look at the nodes
    EventLook(
            Docker docker,
            Sightings sightings,
            InstantSource clock,
            Duration silence,
            Runnable lookAtAll,
            Runnable lookAtNodes) {
        this.docker = docker;
        this.sightings = sightings;
        this.clock = clock;
        this.silence = silence;
        this.lookAtAll = lookAtAll;
        this.lookAtNodes = lookAtNodes;
    }

    /// True while events arrive as they happen.
    boolean isAlive() {
        return alive;
    }

    @Override
    public Duration take() throws DockerException, InterruptedException {
        long before = docker.timesLeft();
        try (EventStream stream = new EventStream(docker.open(PATH))) {
            current = stream;
            if (docker.timesLeft() != before) {
                return Duration.ZERO;
            }
            alive = true;
            lookAtAll.run();
            listen(stream);
            return Duration.ZERO;
        } catch (IOException e) {
            throw DockerException.unanswered("closing Docker's event stream failed", e);
        } finally {
            alive = false;
            current = null;
        }
    }

    /// Ends the stream that is open, so that the next is opened at the Docker that is in use now.
    /// One that was cut off would be silent for ever.
    void reopen() {
        EventStream stream = current;
        if (stream != null) {
            alive = false;
            stream.end("another Docker is asked from now on");
        }
    }

    /// Returns when the stream was silent for so long that it may be dead without our knowing.
    private void listen(EventStream stream) throws DockerException, InterruptedException {
        while (true) {
            switch (stream.next(silence)) {
                case EventStream.Given.Line line -> take(line.json());
                case EventStream.Given.Silence _ -> {
                    return;
                }
                case EventStream.Given.Ended ended ->
                        throw DockerException.unanswered(
                                "Docker's event stream ended (%s); it is opened anew"
                                        .formatted(ended.reason()),
                                new IOException(ended.reason()));
            }
        }
    }

    private void take(String line) throws InterruptedException {
        JsonNode event;
        try {
            event = Json.read(line);
        } catch (JsonProcessingException e) {
            LOG.warn("an event cannot be read, so everything is looked at anew: {}", e.toString());
            lookAtAll.run();
            return;
        }
        String type = event.path("Type").asText("");
        if (type.equals("node")) {
            lookAtNodes.run();
        } else if (type.equals("service")) {
            service(event.path("Action").asText(""), event.path("Actor").path("ID").asText(""));
        }
    }

    private void service(String happened, String id) throws InterruptedException {
        Instant began = clock.instant();
        if (happened.equals("remove")) {
            sightings.removed(began, id);
            return;
        }
        try {
            sightings.one(began, docker.get("/services/" + Docker.encoded(id)));
        } catch (DockerException e) {
            if (e.status() != 404) {
                LOG.warn("service {} changed and cannot be looked at: {}", id, e.reason());
                lookAtAll.run();
            }
        }
    }
}
