package io.homeostat.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.homeostat.engine.StoreException;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.channels.ClosedChannelException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a problem of everything that goes wrong while a request is answered.
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_SECONDS = "5";

    @ServerExceptionMapper
    public Response refused(WebApplicationException refused, UriInfo uri) {
        int status = refused.getResponse().getStatus();
        Response.ResponseBuilder response = problem(status, detail(refused), uri);
        copy(refused, HttpHeaders.RETRY_AFTER, response);
        copy(refused, HttpHeaders.ALLOW, response);
        return response.build();
    }

    @ServerExceptionMapper
    public Response unread(JacksonException unread, UriInfo uri) {
        return problem(400, detail(unread), uri).build();
    }

    /// Quarkus has a mapper of its own for these, which a more general one would not replace.
    @ServerExceptionMapper
    public Response mismatched(MismatchedInputException unread, UriInfo uri) {
        return problem(400, detail(unread), uri).build();
    }

    @ServerExceptionMapper
    public Response unstored(StoreException failed, UriInfo uri) {
        // The store says loudly what is wrong, once and not for each request.
        LOG.debug("{} could not be answered: {}", uri.getPath(), failed.getMessage());
        return problem(503, "the store does not answer now; try again", uri)
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable fault, UriInfo uri) {
        if (isGone(fault)) {
            LOG.info(
                    "{} was not answered: the sender went away before its body was read",
                    uri.getPath());
            return problem(400, "the body did not come whole", uri).build();
        }
        LOG.error("{} could not be answered", uri.getPath(), fault);
        return problem(500, "this is a fault of Homeostat's; its log says what happened", uri)
                .build();
    }

    /// True when nobody is there any more to be answered, which is no fault of ours.
    private static boolean isGone(Throwable fault) {
        for (Throwable each = fault; each != null; each = each.getCause()) {
            if (each instanceof HttpClosedException || each instanceof ClosedChannelException) {
                return true;
            }
        }
        return false;
    }

    private static Response.ResponseBuilder problem(int status, String detail, UriInfo uri) {
        return Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(status, detail, uri.getRequestUri().getRawPath()));
    }

    private static void copy(
            WebApplicationException from, String header, Response.ResponseBuilder to) {
        String value = from.getResponse().getHeaderString(header);
        if (value != null) {
            to.header(header, value);
        }
    }

    private static String detail(WebApplicationException refused) {
        if (refused.getCause() instanceof JacksonException unread) {
            return detail(unread);
        }
        if (refused instanceof NotAllowedException) {
            return "this address does not know that method";
        }
        if (refused instanceof NotSupportedException) {
            return "send JSON, with Content-Type application/json";
        }
        if (refused instanceof NotFoundException && isBare(refused)) {
            return "there is nothing at this address; /q/openapi lists what there is";
        }
        return String.valueOf(refused.getMessage());
    }

    /// True when the exception says no more than its status.
    private static boolean isBare(WebApplicationException refused) {
        String message = refused.getMessage();
        return message == null || message.startsWith("HTTP 404") || message.startsWith("Unable to");
    }

    private static String detail(JacksonException unread) {
        @Nullable JsonLocation location = unread.getLocation();
        String place =
                location == null
                        ? ""
                        : " (line %d, column %d)"
                                .formatted(location.getLineNr(), location.getColumnNr());
        return "the body could not be read: " + firstLine(unread.getOriginalMessage()) + place;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
