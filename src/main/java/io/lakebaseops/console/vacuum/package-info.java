/// The Vacuum screen: what keeps dead rows, what runs, and how far every table is from its limits.
@NullMarked
package io.lakebaseops.console.vacuum;

import org.jspecify.annotations.NullMarked;
