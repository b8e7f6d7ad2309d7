package io.lakebaseops.lakebase;

import com.databricks.sdk.service.postgres.BranchStatusState;
import com.databricks.sdk.service.postgres.CreateProjectRequest;
import com.databricks.sdk.service.postgres.Project;

import io.lakebaseops.local.LocalLakebase;
import io.lakebaseops.local.api.SdkFixture;

import org.awaitility.Awaitility;

import java.time.Duration;

/// Makes projects on a Local Lakebase; the console itself has no call for that yet.
final class ProjectMaker implements AutoCloseable {
    private final com.databricks.sdk.WorkspaceClient client;

    ProjectMaker(LocalLakebase lakebase) {
        client = SdkFixture.client(lakebase.host(), lakebase.token());
    }

    void project(String id) {
        client.postgres()
                .createProject(
                        new CreateProjectRequest().setProjectId(id).setProject(new Project()));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> ready("projects/" + id + "/branches/production"));
    }

    private boolean ready(String branch) {
        var state = client.postgres().getBranch(branch).getStatus().getCurrentState();
        var endpoint = client.postgres().getEndpoint(branch + "/endpoints/primary");
        return state == BranchStatusState.READY && endpoint.getStatus().getPendingState() == null;
    }

    @Override
    public void close() {}
}
