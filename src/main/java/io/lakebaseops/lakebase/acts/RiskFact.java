package io.lakebaseops.lakebase.acts;

/// Why an act is as dangerous as it is.
///
/// @param rule its key among the `acts` of `policy/risk-policy.yaml`, which says how much it weighs
/// @param reason in words, for the person who decides
public record RiskFact(String rule, String reason) {}
