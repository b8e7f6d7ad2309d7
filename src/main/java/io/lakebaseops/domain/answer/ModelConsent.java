package io.lakebaseops.domain.answer;

/// What a person is asked before a question goes to a language model for the first time.
///
/// @param server where it would go
/// @param text the request as it would leave, whole
public record ModelConsent(String server, String model, String text) {}
