package io.lakebaseops.console.settings;

import java.util.function.Supplier;

/// What only the Settings screen needs.
///
/// @param installation blocking
public record SettingsServices(
        ThresholdDesk thresholds,
        ChannelDesk channels,
        AutonomyDesk autonomy,
        Supplier<Installation> installation) {}
