/// The short commands: rules and scenarios are tried here, a running Homeostat is asked over HTTP.
///
/// May depend on: the core, `scenario`.
@NullMarked
package io.homeostat.cli;

import org.jspecify.annotations.NullMarked;
