package io.homeostat.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// What went wrong, as RFC 9457 wants it said.
///
/// @param type the kind of problem; `about:blank` where the status says it all
/// @param title the status in words
/// @param detail what happened, and what would be right
/// @param instance the path that was asked for
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String type, String title, int status, String detail, @Nullable String instance) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String detail, @Nullable String instance) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "HTTP " + status : known.getReasonPhrase();
        return new Problem("about:blank", title, status, detail, instance);
    }
}
