package io.lakebaseops.change.approval;

import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.acts.Destructive;
import io.lakebaseops.state.CreatedResources;

import java.util.List;

/// The way back of a plan with the uids of what it made. When a plan is written nobody knows which
/// uid its branch will get; when it is taken back, only that very branch may go.
final class MadeSteps {
    private MadeSteps() {}

    static List<Step> exact(FiledPlan filed, CreatedResources created) {
        var made = created.of(filed.id());
        return filed.plan().undo().steps().stream()
                .map(
                        step -> {
                            var exact = step;
                            for (var one : made) {
                                exact =
                                        exact
                                                        instanceof
                                                        Step.ApiStep(
                                                                var title,
                                                                Destructive act,
                                                                var reversibility)
                                                ? new Step.ApiStep(
                                                        title, act.on(one), reversibility)
                                                : exact;
                            }
                            return exact;
                        })
                .toList();
    }
}
