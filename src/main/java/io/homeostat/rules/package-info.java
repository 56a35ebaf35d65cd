/// What we want: the only room with Drools.
///
/// May depend on: `fact`, `action`.
@NullMarked
package io.homeostat.rules;

import org.jspecify.annotations.NullMarked;
