/// People told about alerts: channels, what a message says, and the outbox that is worked off.
@NullMarked
package io.lakebaseops.notify;

import org.jspecify.annotations.NullMarked;
