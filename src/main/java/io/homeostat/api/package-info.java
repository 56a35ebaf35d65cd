/// What people and programs may ask and say over HTTP, and who may: resources, problems, the
/// doorkeeper, health.
///
/// May depend on: `fact`, `action`, `guard`, `incident`, `engine`.
@NullMarked
package io.homeostat.api;

import org.jspecify.annotations.NullMarked;
