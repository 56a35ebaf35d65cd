package io.homeostat.doctor;

import java.util.Optional;

/// Finds images that are not what they are called: by the tag `latest` or none, or by a tag that
/// was not resolved to a digest when the service was deployed.
final class UnpinnedImage implements ServiceCheck {
    /// What a stack file said, before Docker resolved it.
    private static final String AS_WRITTEN = "com.docker.stack.image";

    @Override
    public Optional<Finding> of(DeployedService service) {
        ImageReference running = ImageReference.of(service.image());
        if (running.name().isEmpty()) {
            return Optional.empty();
        }
        ImageReference written =
                ImageReference.of(service.labels().getOrDefault(AS_WRITTEN, service.image()));
        if (written.isSameTag(running) && written.isMoving()) {
            return service.found(
                    Ailment.MOVING_TAG,
                    "its image is %s, which is whatever was pushed last".formatted(shown(written)),
                    service.inStackFile(pinned(running)));
        }
        if (!running.digest().isEmpty()) {
            return Optional.empty();
        }
        return service.found(
                Ailment.NO_DIGEST,
                "its image %s has no digest: the registry was not asked when it was deployed"
                        .formatted(shown(running)),
                service.inStackFile(pinned(running)));
    }

    private static String shown(ImageReference image) {
        return image.name() + (image.tag().isEmpty() ? " without a tag" : ":" + image.tag());
    }

    private static String pinned(ImageReference image) {
        boolean named = !image.tag().isEmpty() && !image.tag().equals("latest");
        return "image: %s:%s@%s"
                .formatted(
                        image.name(),
                        named ? image.tag() : "VERSION",
                        named || image.digest().isEmpty() ? "sha256:DIGEST" : image.digest());
    }
}
