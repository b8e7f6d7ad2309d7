/// Our own PostgreSQL database for what changes: findings, plans, decisions, audit chain, runs.
@NullMarked
package io.lakebaseops.state;

import org.jspecify.annotations.NullMarked;
