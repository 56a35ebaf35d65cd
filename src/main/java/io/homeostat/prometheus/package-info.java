/// What Prometheus tells us of the metrics that services name by their labels.
///
/// May depend on: `fact`, `tracking`, `action`, `guard`, `incident`, `engine`.
@NullMarked
package io.homeostat.prometheus;

import org.jspecify.annotations.NullMarked;
