/// Pieces several screens are made of: gauges, charts, tables, SQL text.
@NullMarked
package io.lakebaseops.console.parts;

import org.jspecify.annotations.NullMarked;
