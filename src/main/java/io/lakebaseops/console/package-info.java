/// The desktop console: what a DBA sees and does.
@NullMarked
package io.lakebaseops.console;

import org.jspecify.annotations.NullMarked;
