/// What goes on behind a reply: long-running operations, settling computes, the sweeper, recovery.
@NullMarked
package io.lakebaseops.local.api.work;

import org.jspecify.annotations.NullMarked;
