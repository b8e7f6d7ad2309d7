/// The frame around the screens: rail, top bar, palette, running work.
@NullMarked
package io.lakebaseops.console.shell;

import org.jspecify.annotations.NullMarked;
