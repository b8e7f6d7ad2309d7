/// Trying a change on a short-lived branch: what it locks, how long it takes, what gets slower.
@NullMarked
package io.lakebaseops.trial;

import org.jspecify.annotations.NullMarked;
