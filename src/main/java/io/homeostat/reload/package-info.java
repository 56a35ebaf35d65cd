/// Takes new rules in without a restart: reads them, refuses what is wrong, and lets what is right
/// take over between two turns.
///
/// May depend on: the core, `scenario`.
@NullMarked
package io.homeostat.reload;

import org.jspecify.annotations.NullMarked;
