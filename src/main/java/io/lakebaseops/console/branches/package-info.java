/// Branches of a project as a graph over time, what can be done to each, and the pages below:
/// schema diff, migration test, and the tools that set projects up.
@NullMarked
package io.lakebaseops.console.branches;

import org.jspecify.annotations.NullMarked;
