package io.homeostat.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which version of Docker's API is spoken.
final class ApiVersion {
    private static final int MAJOR = 1;
    private static final int LEAST_MINOR = 41;
    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

    private ApiVersion() {}

    /// The daemon's own version, when it is new enough.
    ///
    /// @param version the answer to `GET /version`
    static String usable(JsonNode version, URI host) throws DockerException {
        String said = version.path("ApiVersion").asText("");
        Matcher form = FORM.matcher(said);
        if (!form.matches()) {
            throw DockerException.answered(
                    0,
                    "%s does not say which version of Docker's API it speaks; is it Docker?"
                            .formatted(host));
        }
        int major = Integer.parseInt(form.group(1));
        int minor = Integer.parseInt(form.group(2));
        if (major < MAJOR || (major == MAJOR && minor < LEAST_MINOR)) {
            throw DockerException.answered(
                    0,
                    "Docker at %s speaks API %s; needed is %d.%d or newer: update it to Docker 20.10 or later"
                            .formatted(host, said, MAJOR, LEAST_MINOR));
        }
        return said;
    }
}
