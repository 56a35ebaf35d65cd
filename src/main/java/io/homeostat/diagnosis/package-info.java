/// What ails a service, told from what the watchers see: a function of the facts that are held and
/// of the instant, one class per ailment.
///
/// May depend on: `fact`.
@NullMarked
package io.homeostat.diagnosis;

import org.jspecify.annotations.NullMarked;
