/// Is the copy in the lakehouse the same? Counts, freshness and differing keys of each pair.
@NullMarked
package io.lakebaseops.agents.health.sync;

import org.jspecify.annotations.NullMarked;
