package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Settings;
import io.lakebaseops.state.StateJson;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Pull requests in the state database, one setting each. A value begins with the time of its
/// event, by which the database itself keeps the newest.
public final class StoredPullRequests implements PullRequests {
    /// Of one width, so that later is greater as text.
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Settings settings;

    public StoredPullRequests(Settings settings) {
        this.settings = settings;
    }

    @Override
    public boolean heard(TargetId project, PullRequest news, String by) {
        return settings.putNewer(
                key(project) + news.number(),
                TIME.format(news.at()) + " " + StateJson.write(news),
                by);
    }

    @Override
    public Optional<PullRequest> find(TargetId project, long number) {
        return settings.get(key(project) + number).map(StoredPullRequests::read);
    }

    @Override
    public List<PullRequest> all(TargetId project) {
        return settings.startingWith(key(project)).values().stream()
                .map(StoredPullRequests::read)
                .sorted(Comparator.comparingLong(PullRequest::number))
                .toList();
    }

    private static PullRequest read(String value) {
        return StateJson.read(value.substring(value.indexOf(' ') + 1), PullRequest.class);
    }

    private static String key(TargetId t) {
        return "pull_request/%s/%s/".formatted(t.profile(), t.project());
    }
}
