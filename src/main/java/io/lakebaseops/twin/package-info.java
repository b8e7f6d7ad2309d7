/// The planner twin: a PostgreSQL of our own that plans like a watched database, without its rows.
@NullMarked
package io.lakebaseops.twin;

import org.jspecify.annotations.NullMarked;
