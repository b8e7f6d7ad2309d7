package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.MetricsReporter;

import java.time.Clock;
import java.util.List;

/// The engine that Delta Kernel runs on. Its own Parquet and JSON code over our files, without the
/// reporter that would log every snapshot as JSON.
final class LocalEngine extends DefaultEngine {
    static final String NAME = "LakebaseOps";

    LocalEngine(Clock clock, boolean forced) {
        this(new LocalFiles(clock, forced));
    }

    LocalEngine(LocalFiles files) {
        super(files);
    }

    @Override
    public List<MetricsReporter> getMetricsReporters() {
        return List.of();
    }
}
