package io.homeostat.api;

import io.homeostat.engine.StoreException;
import io.homeostat.replay.ReplayFault;
import io.homeostat.replay.ReplayReport;
import io.homeostat.replay.Replays;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What rules would have decided on recorded history.
@Path("/api/v1/rules/replay")
@Tag(name = "rules")
@Singleton
class ReplayResource {
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final int FILES = 1_000;
    private static final int CHARACTERS = 4 << 20;

    private final Replays replays;

    /// @param since how far back from the last turn, as `30d`, which is the default
    /// @param files the rules to replay by their names; those in use when not given
    record Asked(@Nullable String since, @Nullable Map<String, String> files) {}

    ReplayResource(Replays replays) {
        this.replays = replays;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(
            summary = "Replay recorded history through rules",
            description =
                    "Answers what would have been decided otherwise, incident by incident. The"
                            + " recorded world does not react. One at a time: 409 while another is"
                            + " under way.")
    public SequencedMap<String, @Nullable Object> replay(@Nullable Asked body)
            throws StoreException {
        Asked asked = Said.body(body);
        Duration back = Said.span("since", asked.since() == null ? "30d" : asked.since(), LONGEST);
        Map<String, String> files = asked.files();
        if (files != null) {
            check(files);
        }
        CompletableFuture<ReplayReport> report =
                replays.begin(back, files == null ? null : new TreeMap<>(files))
                        .orElseThrow(() ->
                                new ClientErrorException(
                                        "another replay is under way; ask again when it is over",
                                        Response.Status.CONFLICT));
        return await(report).plain();
    }

    private static void check(Map<String, String> files) {
        long characters = 0;
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (!file.getKey().endsWith(".drl") || file.getValue() == null) {
                throw new BadRequestException(
                        "\"files\" has '%s'; it must be names that end in .drl, each with its text"
                                .formatted(file.getKey()));
            }
            characters += file.getValue().length();
        }
        if (files.size() > FILES || characters > CHARACTERS) {
            throw new BadRequestException(
                    "\"files\" has %d files of %d characters; at most %d files of %d characters are taken"
                            .formatted(files.size(), characters, FILES, CHARACTERS));
        }
    }

    private static ReplayReport await(CompletableFuture<ReplayReport> report)
            throws StoreException {
        try {
            return report.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ReplayFault fault) {
                throw new ClientErrorException(String.valueOf(fault.getMessage()), 422, fault);
            }
            if (failed.getCause() instanceof StoreException unread) {
                throw unread;
            }
            throw new IllegalStateException("a replay failed", failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableException("Homeostat is stopping", 5L, stopping);
        }
    }
}
