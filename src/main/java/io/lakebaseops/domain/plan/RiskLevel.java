package io.lakebaseops.domain.plan;

/// LOW runs by itself; MEDIUM needs one approval; HIGH also the object's name typed and a reason.
public enum RiskLevel {
    LOW,
    MEDIUM,
    HIGH
}
