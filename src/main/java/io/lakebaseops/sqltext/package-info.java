/// SQL text read with PostgreSQL 17's own grammar: parse trees, names, masking, scripts.
@NullMarked
package io.lakebaseops.sqltext;

import org.jspecify.annotations.NullMarked;
