/// Compares a table of PostgreSQL with its copy in Delta down to the keys that differ: the rows of
/// both sides are added up where they lie, bucket by bucket, and only buckets that differ are read.
@NullMarked
package io.lakebaseops.reconcile;

import org.jspecify.annotations.NullMarked;
