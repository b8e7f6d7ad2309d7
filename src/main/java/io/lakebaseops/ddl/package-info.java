/// What statements of DDL lock and rewrite, told from their parse trees.
@NullMarked
package io.lakebaseops.ddl;

import org.jspecify.annotations.NullMarked;
