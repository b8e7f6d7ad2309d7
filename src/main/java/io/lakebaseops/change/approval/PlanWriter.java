package io.lakebaseops.change.approval;

import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.state.StateJson;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Writes plans as the JSON that is stored, and reads it back to see that it says the same plan.
///
/// Reading back costs more than all else. Components of records survive by their type, so of plans
/// that are built of the same types the first is read back; a plan with other cells than texts,
/// whole numbers and truth values in its preconditions always is.
final class PlanWriter {
    private static final Set<Class<?>> PLAIN =
            Set.of(String.class, Long.class, Integer.class, Boolean.class);

    private final Set<List<Class<?>>> readBack = new HashSet<>();

    /// Empty when it cannot be read back as it was.
    Optional<String> written(ChangePlan plan, PlanFingerprint fingerprint) {
        var body = StateJson.write(plan);
        var types = new ArrayList<Class<?>>();
        boolean plain = types(plan, types);
        if (plain && readBack.contains(types)) {
            return Optional.of(body);
        }
        if (!StateJson.read(body, ChangePlan.class).fingerprint().equals(fingerprint)) {
            return Optional.empty();
        }
        readBack.add(types);
        return Optional.of(body);
    }

    /// @return are all cells plain?
    private static boolean types(ChangePlan plan, List<Class<?>> types) {
        plan.steps().forEach(s -> types.add(type(s)));
        plan.undo().steps().forEach(s -> types.add(type(s)));
        plan.undo().proofs().forEach(p -> types.add(p.getClass()));
        plan.proofs().forEach(p -> types.add(p.getClass()));
        boolean plain = true;
        for (var precondition : plan.preconditions()) {
            types.add(precondition.getClass());
            plain &= types(precondition, types);
        }
        return plain;
    }

    private static Class<?> type(Step step) {
        return step instanceof Step.ApiStep api ? api.act().getClass() : step.getClass();
    }

    private static boolean types(Precondition precondition, List<Class<?>> types) {
        return switch (precondition) {
            case Precondition.SqlRows rows ->
                    rows.expected().list().stream()
                            .flatMap(row -> row.values().stream())
                            .allMatch(PlanWriter::isPlain);
            case Precondition.StillTrue still -> {
                types.add(still.proof().getClass());
                yield true;
            }
            case Precondition.BranchState _,
                    Precondition.BranchAsSeen _,
                    Precondition.CatalogState _,
                    Precondition.GrantsAsSeen _ ->
                    true;
        };
    }

    private static boolean isPlain(@Nullable Object cell) {
        return cell == null || PLAIN.contains(cell.getClass());
    }
}
