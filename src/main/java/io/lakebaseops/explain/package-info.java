/// Execution plans as PostgreSQL 13 to 18 prints them: read from text, JSON or YAML, measured node
/// by node, and diagnosed without a language model. Knows no other room.
@NullMarked
package io.lakebaseops.explain;

import org.jspecify.annotations.NullMarked;
