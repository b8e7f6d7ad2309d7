/// Rows moved between a table and its archive, journaled so that a killed move can be continued.
@NullMarked
package io.lakebaseops.change.archival;

import org.jspecify.annotations.NullMarked;
