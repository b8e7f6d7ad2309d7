package io.lakebaseops.console;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.report.Section;

/// A screen's content as a section of a report: read by the same model and said by the same words
/// as on the screen.
public interface ReportSource {
    /// Blocking.
    Section section(TargetId target);
}
