/// The queue of changes that wait for a person, and their history.
@NullMarked
package io.lakebaseops.console.approvals;

import org.jspecify.annotations.NullMarked;
