package io.lakebaseops.state;

import java.util.List;

/// The views of the fleet that people keep under a name: a filter and a grouping.
public interface FleetViews {
    /// @param filter as it is typed
    /// @param grouping what the cards are grouped by
    record View(String name, String filter, String grouping) {}

    /// By name.
    List<View> of(String owner);

    /// One of this name is replaced.
    void keep(String owner, View view);

    void forget(String owner, String name);
}
