/// The short commands: rules and scenarios are tried here, a running Homeostat is asked over HTTP,
/// its database is copied and put back as the file that it is.
///
/// May depend on: the core, `scenario`, `store`.
@NullMarked
package io.homeostat.cli;

import org.jspecify.annotations.NullMarked;
