/// What the control plane remembers, how it is kept on disk, and the rules a change must obey.
@NullMarked
package io.lakebaseops.local.api.state;

import org.jspecify.annotations.NullMarked;
