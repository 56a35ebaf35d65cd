/// What is wrong and who knows: incidents from first symptom to all-clear, and the account of every
/// firing alert.
///
/// May depend on: `fact`, `action`, `guard`.
@NullMarked
package io.homeostat.incident;

import org.jspecify.annotations.NullMarked;
