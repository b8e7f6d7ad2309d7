/// Is the copy in the lakehouse the same: pairs, a check under way, and keys that differ.
@NullMarked
package io.lakebaseops.console.sync;

import org.jspecify.annotations.NullMarked;
