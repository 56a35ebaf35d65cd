package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The calls we make to the Docker of a swarm, which is one of several managers: the one in use,
/// until it is lost, demoted or cut off from the others. Thread-safe.
///
/// What was left is asked again only when those after it are of no use either. A write goes to a
/// second one only when it certainly did not reach the first.
final class Docker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Docker.class);

    private final SwarmSettings settings;
    private final List<Endpoint> endpoints;
    private final Membership membership = new Membership();
    private final List<Runnable> onLeaving = new CopyOnWriteArrayList<>();
    private volatile Endpoint inUse;
    private volatile Endpoint answeredLast;
    private volatile long timesLeft;
    private String whyLeft = "";

    /// One call to one Docker.
    private interface Call<T> {
        T to(Endpoint endpoint, Deadline deadline) throws DockerException, InterruptedException;
    }

    Docker(SwarmSettings settings) {
        this.settings = settings;
        this.endpoints =
                settings.hosts().stream()
                        .map(host -> new Endpoint(host, settings.connect()))
                        .toList();
        this.inUse = endpoints.getFirst();
        this.answeredLast = inUse;
    }

    /// What is to be done when another Docker is asked from now on. It must return at once.
    void onLeaving(Runnable listener) {
        onLeaving.add(listener);
    }

    /// The Docker whose socket is a file of the machine that we run on; the first, should there be
    /// several.
    @Nullable Endpoint local() {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.host().getScheme().equals("unix")) {
                return endpoint;
            }
        }
        return null;
    }

    /// How often one Docker was left for another.
    long timesLeft() {
        return timesLeft;
    }

    boolean hasSeveral() {
        return endpoints.size() > 1;
    }

    /// @param path below the version: `/services`
    JsonNode get(String path) throws DockerException, InterruptedException {
        return get(path, null);
    }

    /// @param shown the header `X-Registry-Auth`; null for none
    JsonNode get(String path, @Nullable String shown) throws DockerException, InterruptedException {
        return read((endpoint, deadline) -> endpoint.get(path, shown, deadline));
    }

    /// What a task wrote, as Docker sends it. It comes from the node of the task: when no answer
    /// comes, that is no reason to leave the Docker that was asked for it.
    ///
    /// @param lines so many of the last ones
    /// @param most no more bytes than this
    byte[] log(String task, int lines, int most) throws DockerException, InterruptedException {
        return inUse.bytes(
                "/tasks/%s/logs?stdout=true&stderr=true&tail=%d".formatted(encoded(task), lines),
                most,
                Deadline.in(settings.answer()));
    }

    /// What is known of one task: a list of it, or of nothing when it is gone.
    JsonNode task(String id) throws DockerException, InterruptedException {
        String filter = "{\"id\":[\"%s\"]}".formatted(id);
        return get("/tasks?filters=" + encoded(filter));
    }

    /// Opens a stream of events; to be closed by the caller.
    Response open(String path) throws DockerException, InterruptedException {
        return read((endpoint, deadline) -> endpoint.open(path, deadline));
    }

    private <T> T read(Call<T> call) throws DockerException, InterruptedException {
        return call(
                true,
                (endpoint, deadline) ->
                        call.to(
                                endpoint,
                                hasSeveral() ? deadline.butWithin(settings.patience()) : deadline));
    }

    /// Sends it once, however many Dockers there are.
    JsonNode post(String path, JsonNode body) throws DockerException, InterruptedException {
        return post(path, body, null);
    }

    /// @param shown the header `X-Registry-Auth`; null for none
    JsonNode post(String path, JsonNode body, @Nullable String shown)
            throws DockerException, InterruptedException {
        return call(false, (endpoint, deadline) -> endpoint.post(path, body, shown, deadline));
    }

    private <T> T call(boolean repeatable, Call<T> call)
            throws DockerException, InterruptedException {
        Deadline deadline = Deadline.in(settings.answer());
        for (int tried = 1; ; tried++) {
            Endpoint endpoint = inUse;
            boolean sent = false;
            try {
                if (hasSeveral()) {
                    membership.check(endpoint, deadline.butWithin(settings.patience()));
                }
                sent = true;
                T answer = call.to(endpoint, deadline);
                answered(endpoint);
                return answer;
            } catch (DockerException e) {
                boolean mayGoOn = repeatable || !sent || e.isCertainlyNotDone();
                boolean ofNoUse = !sent || e.speaksAgainstDocker();
                if (ofNoUse) {
                    leave(endpoint, e.reason());
                }
                if (!ofNoUse || !mayGoOn || tried >= endpoints.size() || deadline.hasPassed()) {
                    throw sent ? e : e.asUnsent();
                }
            }
        }
    }

    private void leave(Endpoint endpoint, String reason) {
        synchronized (this) {
            if (endpoint != inUse || !hasSeveral()) {
                return;
            }
            timesLeft++;
            inUse = endpoints.get((endpoints.indexOf(endpoint) + 1) % endpoints.size());
            if (endpoint == answeredLast) {
                whyLeft = reason;
            }
        }
        membership.forget(endpoint);
        endpoint.abandonReads();
        onLeaving.forEach(Runnable::run);
    }

    /// Said once, when the next has answered: while none does, the looks say so.
    private void answered(Endpoint endpoint) {
        if (endpoint == answeredLast) {
            return;
        }
        synchronized (this) {
            if (endpoint == answeredLast || endpoint != inUse) {
                return;
            }
            LOG.warn("Docker at {} is asked from now on: {}", endpoint.host(), whyLeft);
            answeredLast = endpoint;
        }
    }

    /// Text as it may stand in a path or a query.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() throws IOException {
        for (Endpoint endpoint : endpoints) {
            endpoint.close();
        }
    }
}
