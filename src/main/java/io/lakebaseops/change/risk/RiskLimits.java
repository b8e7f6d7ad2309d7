package io.lakebaseops.change.risk;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.lakebaseops.domain.plan.RiskLevel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// The numbers and floors of the risk policy. The file `policy/risk-policy.yaml` says what each
/// means and why it is as it is.
///
/// @param largeBytes from here on a blocking lock counts as long
/// @param floors least risk per kind of statement; a kind that is missing is HIGH
/// @param acts risk of acts on the control plane by the rule that holds; one missing is HIGH
public record RiskLimits(
        long largeBytes,
        Map<StatementClass, RiskLevel> floors,
        Terminate terminate,
        Map<String, RiskLevel> acts,
        RiskLevel trialBranchSql,
        List<String> disposablePrefixes,
        List<String> productionBranches,
        List<String> stagingBranches,
        ChangeContext.Environment plainTargetEnvironment) {
    private static final String DEFAULTS = "/policy/risk-policy.yaml";

    public RiskLimits {
        floors = Map.copyOf(floors);
        acts = Map.copyOf(acts);
        disposablePrefixes = List.copyOf(disposablePrefixes);
        productionBranches = List.copyOf(productionBranches);
        stagingBranches = List.copyOf(stagingBranches);
        if (largeBytes <= 0) {
            throw new IllegalArgumentException("large_bytes must be above 0");
        }
    }

    /// @param any for statements that name no session state
    public record Terminate(RiskLevel idle, RiskLevel idleInTransaction, RiskLevel any) {}

    RiskLevel floor(StatementClass kind) {
        return floors.getOrDefault(kind, RiskLevel.HIGH);
    }

    RiskLevel act(String rule) {
        return acts.getOrDefault(rule, RiskLevel.HIGH);
    }

    public static RiskLimits defaults() {
        try (var in = RiskLimits.class.getResourceAsStream(DEFAULTS)) {
            if (in == null) {
                throw new IllegalStateException("The class path lacks " + DEFAULTS);
            }
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + DEFAULTS, e);
        }
    }

    public static RiskLimits read(InputStream yaml) throws IOException {
        return YAMLMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .readValue(yaml, RiskLimits.class);
    }
}
