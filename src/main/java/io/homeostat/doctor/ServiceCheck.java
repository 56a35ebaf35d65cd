package io.homeostat.doctor;

import java.util.Optional;

/// Looks for one ailment of services.
@FunctionalInterface
interface ServiceCheck {
    /// @return what is wrong; empty when nothing is, or when it cannot be wrong with such a service
    Optional<Finding> of(DeployedService service);
}
