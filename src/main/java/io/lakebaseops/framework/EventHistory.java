package io.lakebaseops.framework;

import java.util.List;

/// What happened lately? Kept in memory for the timeline.
public interface EventHistory {
    /// Newest first.
    List<OpsEvent> recent(int limit);
}
