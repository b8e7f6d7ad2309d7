/// Tests of the schema model on a real PostgreSQL 17.
@NullMarked
package io.lakebaseops.schema;

import org.jspecify.annotations.NullMarked;
