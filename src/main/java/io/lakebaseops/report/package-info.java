/// The report as a document: sections of figures, tables and charts, written as one HTML file and
/// as PDF. It knows nothing of screens, servers or where a figure comes from.
@NullMarked
package io.lakebaseops.report;

import org.jspecify.annotations.NullMarked;
