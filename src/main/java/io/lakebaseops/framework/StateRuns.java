package io.lakebaseops.framework;

import io.lakebaseops.state.ToolRunStore;

/// Records tool runs in the state database.
public final class StateRuns implements RunRecorder {
    private final ToolRunStore store;

    public StateRuns(ToolRunStore store) {
        this.store = store;
    }

    @Override
    public void record(ToolReport report) {
        store.put(
                new ToolRunStore.ToolRow(
                        report.runId(),
                        report.tool(),
                        report.target().key(),
                        report.actor().name(),
                        report.status().name(),
                        report.source().name(),
                        report.findings().size(),
                        OutputJson.tree(
                                        report.plans().stream()
                                                .map(p -> p.id().toString())
                                                .toList())
                                .toString(),
                        report.data() == null ? null : OutputJson.tree(report.data()).toString(),
                        report.error(),
                        report.startedAt(),
                        report.duration().toMillis()));
    }
}
