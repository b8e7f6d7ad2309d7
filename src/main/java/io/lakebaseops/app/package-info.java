/// Main, the hand-written composition root, and orderly shutdown.
@NullMarked
package io.lakebaseops.app;

import org.jspecify.annotations.NullMarked;
