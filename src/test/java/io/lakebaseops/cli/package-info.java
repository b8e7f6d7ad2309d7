/// Proves what scripts and people see at the command line.
@NullMarked
package io.lakebaseops.cli;

import org.jspecify.annotations.NullMarked;
