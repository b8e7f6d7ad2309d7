package io.lakebaseops.state;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.answer.Exhibit;
import io.lakebaseops.domain.answer.NextStep;
import io.lakebaseops.domain.plan.ApiAct;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Verification;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// The stored form of our records: one canonical JSON per value: fixed property order, pure
/// ASCII, durations and instants as ISO text, members of a sealed family told apart by `kind`.
///
/// Reading back gives records that print the same as the written ones, which is what plan
/// fingerprints are made from.
public final class StateJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .addModule(cells())
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    // Lone surrogates and control characters survive any encoding this way.
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                    .addMixIn(Step.class, ByKind.class)
                    .addMixIn(ApiAct.class, ByKind.class)
                    .addMixIn(Precondition.class, ByKind.class)
                    .addMixIn(Postcondition.class, ByKind.class)
                    .addMixIn(Verification.class, ByKind.class)
                    .addMixIn(Exhibit.class, ByKind.class)
                    .addMixIn(NextStep.class, ByKind.class)
                    .addMixIn(Evidence.class, CellParameters.class)
                    .build();

    static {
        JsonNames.acts().forEach(MAPPER::registerSubtypes);
        MAPPER.registerSubtypes(
                new NamedType(Step.SqlStep.class, "sql"),
                new NamedType(Step.ScriptStep.class, "script"),
                new NamedType(Step.ApiStep.class, "api"),
                new NamedType(Step.ArchiveStep.class, "archive"),
                new NamedType(Precondition.CatalogState.class, "catalog_state"),
                new NamedType(Precondition.GrantsAsSeen.class, "grants_as_seen"),
                new NamedType(Postcondition.CatalogRegistered.class, "catalog_registered"),
                new NamedType(Postcondition.CatalogGone.class, "catalog_gone"),
                new NamedType(Postcondition.CatalogGrants.class, "catalog_grants"),
                new NamedType(Precondition.SqlRows.class, "sql_rows"),
                new NamedType(Precondition.BranchState.class, "branch_state"),
                new NamedType(Precondition.StillTrue.class, "still_true"),
                new NamedType(Precondition.BranchAsSeen.class, "branch_as_seen"),
                new NamedType(Postcondition.ArchivedRows.class, "archived_rows"),
                new NamedType(Postcondition.SqlFigure.class, "sql_figure"),
                new NamedType(Postcondition.BranchReady.class, "branch_ready"),
                new NamedType(Postcondition.BranchGone.class, "branch_gone"),
                new NamedType(Postcondition.BranchProtected.class, "branch_protected"),
                new NamedType(Postcondition.BranchExpires.class, "branch_expires"),
                new NamedType(Postcondition.EndpointSuspends.class, "endpoint_suspends"),
                new NamedType(Verification.Confirmed.class, "confirmed"),
                new NamedType(Verification.NotConfirmed.class, "not_confirmed"),
                new NamedType(Verification.Inconclusive.class, "inconclusive"),
                new NamedType(Exhibit.ResultTable.class, "table"),
                new NamedType(Exhibit.ResultChart.class, "chart"),
                new NamedType(Exhibit.ResultText.class, "text"),
                new NamedType(NextStep.FilePlan.class, "file_plan"),
                new NamedType(NextStep.OpenScreen.class, "open_screen"),
                new NamedType(NextStep.AskFurther.class, "ask_further"));
    }

    private StateJson() {}

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot be written as JSON: " + value, e);
        }
    }

    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a " + type.getSimpleName() + ": " + json, e);
        }
    }

    /// Cells of results have no declared type, so they are written by their value.
    private static SimpleModule cells() {
        return new SimpleModule("cells")
                .addSerializer(Rows.class, new StateValueConverter.RowsOut())
                .addDeserializer(Rows.class, new StateValueConverter.RowsIn());
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface ByKind {}

    /// Evidence keeps the parameters of its query as cells too.
    @SuppressWarnings("UnusedMethod") // Jackson reads what stands on it
    private abstract static class CellParameters {
        @JsonSerialize(using = StateValueConverter.MapOut.class)
        @JsonDeserialize(using = StateValueConverter.MapIn.class)
        abstract Map<String, @Nullable Object> parameters();
    }
}
