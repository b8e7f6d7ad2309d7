package io.lakebaseops.console;

import io.lakebaseops.agents.health.archival.ArchiveBoard;
import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.agents.health.operations.CostBoard;
import io.lakebaseops.agents.health.sync.SyncMonitor;
import io.lakebaseops.lakehouse.history.FleetHistory;
import io.lakebaseops.lakehouse.history.PastDeeds;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.FleetViews;
import io.lakebaseops.state.Outbox;

/// The services of the Health agent's screens: Overview, Sync, Archive and Cost.
///
/// @param board the newest values of each metric and its series
/// @param metrics what is measured, with limits, gauges and evidence of what is watched
/// @param alerts open alerts, past ones and mutes
/// @param outbox who was told of an alert, and what could not be sent
/// @param archive cold rows as last counted, archivals, and plans about them
/// @param sync tables that are synced to Delta
/// @param fleet stored metrics of all servers at once
/// @param fleetViews filters of the fleet kept under a name
/// @param past alerts and archivals that were generated for demonstration, apart from real ones
/// @param cost stored bills, what other timeouts would cost, and the capacity forecast
public record HealthServices(
        HealthBoard board,
        MetricDefinitions metrics,
        Alerts alerts,
        Outbox outbox,
        ArchiveBoard archive,
        SyncMonitor sync,
        CostBoard cost,
        FleetHistory fleet,
        FleetViews fleetViews,
        PastDeeds past) {}
