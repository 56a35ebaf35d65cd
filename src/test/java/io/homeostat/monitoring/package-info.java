/// The files of `deploy/monitoring`, held against Prometheus' and Alertmanager's own tools.
@NullMarked
package io.homeostat.monitoring;

import org.jspecify.annotations.NullMarked;
