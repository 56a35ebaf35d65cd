package io.homeostat.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.engine.EngineLoop;
import io.homeostat.fact.Request;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks the engine what it would decide on a request.
final class Previews {
    private static final int PATIENCE_SECONDS = 5;

    private Previews() {}

    static JsonNode of(EngineLoop loop, Request request) {
        try {
            return Items.decision(loop.preview(request).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException nobody) {
            throw new ServiceUnavailableException(
                    "nothing is decided here now, so nobody can say what would be; /api/v1/status"
                            + " says who leads",
                    (long) PATIENCE_SECONDS,
                    nobody);
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a request could not be judged", broken);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableException(
                    "Homeostat is stopping", (long) PATIENCE_SECONDS, stopping);
        }
    }
}
