/// How many replicas metrics ask for: the algorithm of Kubernetes' HorizontalPodAutoscaler, as its
/// documentation says it, as functions of numbers.
///
/// May depend on: `fact`.
@NullMarked
package io.homeostat.tracking;

import org.jspecify.annotations.NullMarked;
