/// The report of a server: its head, the sections of all screens, and where it is written.
@NullMarked
package io.lakebaseops.console.report;

import org.jspecify.annotations.NullMarked;
