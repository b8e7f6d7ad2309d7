/// The help page of each screen: texts from `resources/help`, with the figures of the product in
/// them.
@NullMarked
package io.lakebaseops.console.help;

import org.jspecify.annotations.NullMarked;
