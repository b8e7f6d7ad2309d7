package io.lakebaseops.agents.provisioning.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.provisioning.branching.Contexts;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;

final class CreateOpsCatalogTest {
    @Test
    void createsEveryTableOnceAndFindsThemPresentLater(@TempDir Path dir) {
        try (var lakehouse = LocalLakehouse.open(dir, Clock.systemUTC())) {
            var tool = new CreateOpsCatalog(lakehouse);
            var input = new CreateOpsCatalog.Input("ops_catalog");
            var first = ToolRig.found(tool.run(input, Contexts.project("p"))).data();
            assertThat(first.usable()).isEqualTo(OpsTables.ALL.size());
            assertThat(first.each())
                    .extracting(CreateOpsCatalog.Table::outcome)
                    .containsOnly("created");
            var second = ToolRig.found(tool.run(input, Contexts.project("p"))).data();
            assertThat(second.each())
                    .extracting(CreateOpsCatalog.Table::outcome)
                    .containsOnly("present");
            assertThat(
                            ToolRig.refused(
                                    tool.run(
                                            new CreateOpsCatalog.Input("other"),
                                            Contexts.project("p"))))
                    .contains("ops_catalog");
        }
    }
}
