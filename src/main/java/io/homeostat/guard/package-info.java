/// What is safe to do: guards judge every wish before it may become an action. One guard, one file.
///
/// May depend on: `fact`, `action`.
@NullMarked
package io.homeostat.guard;

import org.jspecify.annotations.NullMarked;
