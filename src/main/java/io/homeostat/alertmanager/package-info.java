/// What Alertmanager tells us: its webhook, taken durably before it is answered, and its own list
/// of alerts, looked at again and again.
///
/// May depend on: `fact`, `action`, `guard`, `incident`, `engine`.
@NullMarked
package io.homeostat.alertmanager;

import org.jspecify.annotations.NullMarked;
