package io.homeostat.guard;

import org.jspecify.annotations.Nullable;

/// Where we ourselves run, so that we do not saw off the branch.
///
/// @param service the name of the service that we are a task of; null when we do not run in the
///   cluster
/// @param node the ID of the node that we run on; null when that is no node of the cluster
public record Place(@Nullable String service, @Nullable String node) {
    public static final Place OUTSIDE = new Place(null, null);
}
