import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.data.ReadableSessions;
import java.nio.file.Path;
import java.util.List;

/** Brings the features of a workspace into its store as a training's first pass does, and prints the seconds that it took. */
public final class PlainFeatures {
    public static void main(String[] args) throws Exception {
        long begun = System.nanoTime();
        try (Workspace workspace = Workspace.open(Path.of(args[0]));
                Services services = Services.of(workspace)) {
            List<Session> sessions = services.catalog().sessions().toList();
            ReadableSessions.of(
                    sessions,
                    new RecordingFeatures(services.objects(), FeatureParameters.network(), services.features()),
                    PipelineListener.NONE);
        }
        System.out.println((System.nanoTime() - begun) / 1e9);
    }
}
