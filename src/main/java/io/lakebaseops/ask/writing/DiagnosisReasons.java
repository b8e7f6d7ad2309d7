package io.lakebaseops.ask.writing;

import io.lakebaseops.agents.health.diagnosis.Hypothesis;
import io.lakebaseops.agents.health.operations.DiagnoseRootCause;
import io.lakebaseops.domain.Confidence;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a diagnosis says for and against its first cause, and what it ruled out.
public record DiagnosisReasons(
        List<String> pro,
        List<String> contra,
        List<String> ruledOut,
        @Nullable Confidence confidence) {
    public static final DiagnosisReasons NONE =
            new DiagnosisReasons(List.of(), List.of(), List.of(), null);

    public DiagnosisReasons {
        pro = List.copyOf(pro);
        contra = List.copyOf(contra);
        ruledOut = List.copyOf(ruledOut);
    }

    public static DiagnosisReasons of(DiagnoseRootCause.Output diagnosis) {
        var first = diagnosis.causes().isEmpty() ? null : diagnosis.causes().getFirst();
        if (first == null) {
            return new DiagnosisReasons(List.of(), List.of(), diagnosis.ruledOut(), null);
        }
        return new DiagnosisReasons(
                first.evidence(), first.against(), diagnosis.ruledOut(), confidence(first));
    }

    private static Confidence confidence(Hypothesis first) {
        return new Confidence(first.confidence(), "weight of what speaks for and against it");
    }
}
