/// Runs scenarios on the real engine, and reads the files that scenarios and rules are written in.
///
/// May depend on: the core, `simulated`, `alertmanager`.
@NullMarked
package io.homeostat.scenario;

import org.jspecify.annotations.NullMarked;
