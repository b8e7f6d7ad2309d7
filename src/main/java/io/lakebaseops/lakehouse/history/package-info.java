/// Answers read from the history: the load by wait class, what statements cost in a time range, and
/// where nothing was measured. Sums are made by the lakehouse; what comes back is as long as what
/// is drawn, whatever the length of the history.
@NullMarked
package io.lakebaseops.lakehouse.history;

import org.jspecify.annotations.NullMarked;
