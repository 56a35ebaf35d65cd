package io.homeostat.engine;

import io.homeostat.fact.Deployment;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Which images are not deployed again, because what they brought was not good. An image is in
/// quarantine for as long as the deployment that put it there is remembered, or until a later one
/// of it is completed.
public final class Quarantine {
    /// Who asked for an image that came back past us.
    static final String RETURNED = "nobody, it came back";

    private Quarantine() {}

    /// The deployment that put this image of the service into quarantine; null when it is not
    /// there.
    public static @Nullable Deployment of(
            Collection<Deployment> deployments, String service, String image) {
        Deployment last = null;
        for (Deployment each : deployments) {
            boolean counts = each.fault() != null || each.state() == Deployment.State.COMPLETED;
            if (!each.open()
                    && counts
                    && each.service().equals(service)
                    && isSame(each.image(), image)
                    && (last == null || each.since().isAfter(last.since()))) {
                last = each;
            }
        }
        return last == null || last.fault() == null ? null : last;
    }

    static boolean isSame(String one, String other) {
        return digest(one).equals(digest(other));
    }

    /// The digest alone, for one image may have many tags; all of it where there is no digest.
    private static String digest(String image) {
        return image.substring(image.indexOf('@') + 1);
    }
}
