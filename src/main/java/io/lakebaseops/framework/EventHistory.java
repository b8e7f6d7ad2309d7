package io.lakebaseops.framework;

import java.util.List;

/// The latest events, kept in memory for the timeline.
public interface EventHistory {
    /// Newest first.
    List<OpsEvent> recent(int limit);
}
