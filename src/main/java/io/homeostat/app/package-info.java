/// Puts the house together: settings, wiring, start and stop. Nobody depends on it.
///
/// May depend on: everything.
@NullMarked
package io.homeostat.app;

import org.jspecify.annotations.NullMarked;
