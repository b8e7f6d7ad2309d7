/// The game day: real faults and harmless look-alikes put on a throw-away server one at a time, and
/// a grade for how the product's own measuring, diagnosis and repair dealt with each.
@NullMarked
package io.lakebaseops.gameday;

import org.jspecify.annotations.NullMarked;
