/// The Queries screen: the load over time by what sessions wait for, the statements behind it, and
/// one statement in depth.
@NullMarked
package io.lakebaseops.console.queries;

import org.jspecify.annotations.NullMarked;
