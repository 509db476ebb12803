package io.heimdall.examples;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.nio.file.Path;
import java.util.List;

/** Locates three sessions of a workspace with a model file. Arguments: the file and the workspace. */
public final class LocateSessions {
    private LocateSessions() {}

    public static void main(String[] args) throws Exception {
        try (Workspace workspace = Workspace.open(Path.of(args[1]));
                Services services = Services.of(workspace);
                SessionLocalizer model =
                        SessionLocalizer.open(Path.of(args[0]), services.objects(), FeatureCache.none())) {
            List<Session> sessions = workspace.catalog().allSessions().limit(3).toList();
            for (Estimate estimate : model.locate(sessions, done -> {})) {
                System.out.printf(
                        "%s: %.3f, %.3f, 90 %% in %.0f km2%n",
                        estimate.sessionId(),
                        estimate.location().latitude(),
                        estimate.location().longitude(),
                        estimate.density().region(0.9).areaKm2());
            }
        }
    }
}
