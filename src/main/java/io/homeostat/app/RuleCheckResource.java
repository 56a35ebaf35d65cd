package io.homeostat.app;

import io.homeostat.rules.RuleFault;
import io.homeostat.rules.RuleReview;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Checks rules that somebody sends, without running them. It is here since an edge does not know
/// rules.
@Path("/api/v1/rules/check")
@Tag(name = "rules")
@Singleton
final class RuleCheckResource {
    private static final int FILES_MAX = 1000;

    /// @param files names, relative to the directory of rules, and texts
    record Asked(@Nullable Map<String, @Nullable String> files) {}

    /// @param undecided by finding, of how many rules it cannot be told
    record Checked(int files, int rules, List<Item> items, SortedMap<String, Integer> undecided) {}

    /// @param finding what was found, such as `never-fires`; empty for what cannot be used
    record Item(
            String file,
            int line,
            int column,
            String severity,
            String finding,
            String message,
            String advice) {
        static Item of(RuleFault fault) {
            return new Item(
                    fault.file(),
                    fault.line(),
                    fault.column(),
                    fault.severity().name().toLowerCase(Locale.ROOT),
                    fault.finding(),
                    fault.message(),
                    fault.advice());
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(
            summary = "Check rules without running them",
            description =
                    "Send {\"files\": {\"web.drl\": \"rule …\"}}. Files of severity \"error\" would"
                            + " not be loaded; warnings are findings. \"undecided\" counts, by"
                            + " finding, the rules of which it cannot be told.")
    public Checked check(@Nullable Asked asked) {
        SortedMap<String, String> files = files(asked);
        RuleReview review = RuleReview.of(files, Optional.empty());
        return new Checked(
                files.size(),
                review.rules(),
                review.faults().stream().map(Item::of).toList(),
                review.undecided());
    }

    private static SortedMap<String, String> files(@Nullable Asked asked) {
        Map<String, @Nullable String> given = asked == null ? null : asked.files();
        if (given == null || given.isEmpty() || given.size() > FILES_MAX) {
            throw new BadRequestException(
                    "\"files\" must have from 1 to %d names and texts, as in {\"files\": {\"web.drl\": \"rule …\"}}"
                            .formatted(FILES_MAX));
        }
        SortedMap<String, String> files = new TreeMap<>();
        given.forEach((name, text) -> {
            if (name.isBlank() || text == null) {
                throw new BadRequestException(
                        "the file \"%s\" has no name or no text".formatted(name));
            }
            files.put(name, text);
        });
        return files;
    }
}
