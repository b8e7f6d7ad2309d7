package io.lakebaseops.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.lakebaseops.local.api.http.Json;

import java.util.List;

/// Address and credentials of a server that is ready, as a client needs them. One line of JSON on
/// the command line.
///
/// @param host base address of the control plane, `http://127.0.0.1:PORT`
/// @param ca file with the certificate that clients trust to verify the endpoints
/// @param project full name of the demo project; empty without one
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ReadyLine(
        String host,
        String token,
        String user,
        String workspaceId,
        String ca,
        String project,
        List<String> branches,
        List<Endpoint> endpoints) {
    public ReadyLine {
        branches = List.copyOf(branches);
        endpoints = List.copyOf(endpoints);
    }

    /// An endpoint that can be connected to.
    public record Endpoint(String name, String host, int port) {}

    public String json() {
        try {
            return Json.MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of strings is always JSON", e);
        }
    }
}
