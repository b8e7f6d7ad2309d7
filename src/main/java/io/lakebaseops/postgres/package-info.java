/// JDBC side: targets, pools, credentials, capability probe, read and write sessions, the SQL
/// library.
@NullMarked
package io.lakebaseops.postgres;

import org.jspecify.annotations.NullMarked;
