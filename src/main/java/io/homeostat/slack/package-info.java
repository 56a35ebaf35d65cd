/// People, by Slack: one message per incident and channel, edited as the incident goes on. The only
/// room with Slack's SDK.
///
/// May depend on: `fact`, `action`.
@NullMarked
package io.homeostat.slack;

import org.jspecify.annotations.NullMarked;
