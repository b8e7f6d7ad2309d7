/// The lakehouse at home: Delta tables in a directory, written by Delta Kernel and read by DuckDB.
@NullMarked
package io.lakebaseops.lakehouse.delta;

import org.jspecify.annotations.NullMarked;
