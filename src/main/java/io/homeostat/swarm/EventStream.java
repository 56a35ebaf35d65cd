package io.homeostat.swarm;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// One opened stream of events, read by a thread of its own, so that its silence can be noticed.
final class EventStream implements AutoCloseable {
    private static final int AHEAD = 1_000;

    /// What the stream gave.
    sealed interface Given {
        /// @param json one event
        record Line(String json) implements Given {}

        record Ended(String reason) implements Given {}

        record Silence() implements Given {}
    }

    private final Response response;
    private final BlockingQueue<Given> given = new ArrayBlockingQueue<>(AHEAD);
    private final Thread reader;

    EventStream(Response response) {
        this.response = response;
        this.reader = Thread.ofVirtual().name("swarm events reader").start(this::readAll);
    }

    Given next(Duration silence) throws InterruptedException {
        Given next = given.poll(silence.toNanos(), TimeUnit.NANOSECONDS);
        return next == null ? new Given.Silence() : next;
    }

    /// Makes the stream end for whoever listens to it. What it gave and nobody took is worth
    /// nothing any more: all is looked at anew.
    void end(String reason) {
        do {
            given.clear();
        } while (!given.offer(new Given.Ended(reason)));
    }

    /// Interrupting the reader closes the socket, which is what ends a stream that waits.
    @Override
    public void close() throws IOException {
        reader.interrupt();
        response.close();
    }

    private void readAll() {
        try {
            given.put(new Given.Ended(readLines()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String readLines() throws InterruptedException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(response.getBody(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    given.put(new Given.Line(line));
                }
            }
            return "Docker closed it";
        } catch (IOException | RuntimeException e) {
            return e.getMessage() == null ? e.toString() : e.getMessage();
        }
    }
}
