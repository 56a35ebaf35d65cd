/// Days of a cluster's life in seconds: the real engine, guard rail and rules, on a simulated
/// cluster with bad weather, and invariants that are held against it after every step. One seed,
/// one run.
///
/// Begin with `World`. A [Weather] is one thing that happens from outside, an [Invariant] one
/// promise, and [Homeostat] lives and dies as the process does.
@NullMarked
package io.homeostat.simulation;

import org.jspecify.annotations.NullMarked;
