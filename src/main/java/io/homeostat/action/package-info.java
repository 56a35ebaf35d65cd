/// What we can do, as data: a rule's wishes, the actions they become, and how those end.
///
/// May depend on: `fact`.
@NullMarked
package io.homeostat.action;

import org.jspecify.annotations.NullMarked;
