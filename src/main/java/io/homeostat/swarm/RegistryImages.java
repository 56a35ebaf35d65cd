package io.homeostat.swarm;

import io.homeostat.engine.Images;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Asks Docker, which asks the registry, what a tag leads to. Nothing is pulled.
final class RegistryImages implements Images {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final Docker docker;
    private final RegistryCredentials credentials;

    RegistryImages(Docker docker, RegistryCredentials credentials) {
        this.docker = docker;
        this.credentials = credentials;
    }

    @Override
    public Found resolve(String image) throws InterruptedException {
        ImageName name;
        String shown;
        try {
            name = ImageName.parse(image);
            shown = credentials.header(name);
        } catch (IllegalArgumentException | RegistryCredentials.Unreadable e) {
            return new Found.Refused(String.valueOf(e.getMessage()));
        }
        try {
            String digest =
                    docker.get(
                                    "/distribution/%s/json".formatted(Docker.encoded(name.asked())),
                                    shown)
                            .path("Descriptor")
                            .path("digest")
                            .asText("");
            return DIGEST.matcher(digest).matches()
                    ? new Found.Resolved(name.with(digest))
                    : new Found.Unanswered(
                            "the registry of %s said no digest for it".formatted(name.asked()));
        } catch (DockerException e) {
            return refused(name, shown, e);
        }
    }

    /// Docker hands on what the registry said, with a status that depends on its version.
    private Found refused(ImageName name, @Nullable String shown, DockerException e) {
        String said = e.reason().toLowerCase(Locale.ROOT);
        boolean answered = e.stage() == DockerException.Stage.ANSWERED;
        boolean isNotAllowed =
                e.status() == 401
                        || e.status() == 403
                        || said.contains("unauthorized")
                        || said.contains("authentication required")
                        || said.contains("no basic auth")
                        || said.contains("denied");
        if (answered && isNotAllowed) {
            return new Found.Refused(notAllowed(name, shown, e));
        }
        boolean isNotThere =
                e.status() == 404
                        || e.status() == 400
                        || said.contains("manifest unknown")
                        || said.contains("not found");
        return answered && isNotThere
                ? new Found.Refused(
                        "there is no image %s in the registry %s; push it first, or mend the name: %s"
                                .formatted(name.asked(), name.registry(), e.reason()))
                : new Found.Unanswered(e.reason());
    }

    private String notAllowed(ImageName name, @Nullable String shown, DockerException e) {
        String what =
                shown != null
                        ? "what homeostat.registry.config-file has for it is not accepted; log in anew"
                        : credentials.areConfigured()
                                ? "the file of homeostat.registry.config-file has nothing for it; add what docker login writes"
                                : "no homeostat.registry.config-file is set; name the config.json that docker login writes";
        return "the registry %s does not show %s to us: %s (%s)"
                .formatted(name.registry(), name.asked(), what, e.reason());
    }
}
