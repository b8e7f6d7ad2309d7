/// The plan page: one execution plan as a tree, with what is wrong in it and what would mend it.
@NullMarked
package io.lakebaseops.console.plan;

import org.jspecify.annotations.NullMarked;
