/// The past of the demo: 90 days of generated history, marked as simulated in every row.
@NullMarked
package io.lakebaseops.app.past;

import org.jspecify.annotations.NullMarked;
