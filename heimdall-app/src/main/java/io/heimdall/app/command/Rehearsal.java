package io.heimdall.app.command;

import io.heimdall.app.Heimdall;
import io.heimdall.dataset.Workspace;
import io.heimdall.export.ModelDescription;
import io.heimdall.export.OnnxExporter;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.model.weights.Weights;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.input.SetProducer;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.TrackedRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves one prediction of an untrained network, in a folder of its own, and ends. The launcher runs it once after a build, so
 * that Java keeps the classes that commands and the service need: they then start in about two thirds of the time.
 */
final class Rehearsal {
    private static final Pattern URL = Pattern.compile("http://\\S+:\\d+");
    private static final int STATIONS = 3;
    private static final int REQUESTS = 2;

    private Rehearsal() {}

    /** Runs it in the empty folder that is the only argument. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path workspace = folder.resolve("workspace");
        register(workspace, folder.resolve("model"));
        String url = serve(workspace);
        for (int i = 0; i < REQUESTS; i++) {
            post(url + "/predict");
        }
        System.exit(Heimdall.DONE); // as Ctrl-C ends the service
    }

    private static String serve(Path workspace) throws IOException {
        PipedOutputStream pipe = new PipedOutputStream();
        BufferedReader printed =
                new BufferedReader(new InputStreamReader(new PipedInputStream(pipe), StandardCharsets.UTF_8));
        PrintStream print = new PrintStream(pipe, true, StandardCharsets.UTF_8);
        String[] words = {"serve", "--workspace", workspace.toString(), "--port", "0"};
        Thread service = new Thread(() -> System.exit(Heimdall.run(words, Map.of(), print, print)), "rehearsal");
        service.setDaemon(true);
        service.start();
        while (true) {
            Matcher url = URL.matcher(printed.readLine());
            if (url.find()) {
                return url.group();
            }
        }
    }

    private static void register(Path workspace, Path model) throws IOException {
        InputSpec input = new SetProducer().example();
        NetworkSpec network = Networks.named("set").network(input);
        ModelDescription description = new ModelDescription(
                input.reading(network.inputs()),
                network.output(),
                new PlaneScale(new LocalPlane(45, 8), AffineMap.scaling(50_000)),
                1,
                "0".repeat(32),
                Map.of());
        Files.createDirectories(model);
        OnnxExporter.write(model.resolve("model.onnx"), network, Weights.initial(network, 1), description);
        try (Workspace opened = Workspace.create(workspace);
                Services services = Services.of(opened)) {
            TrackedRun run = services.tracker().start(new RunInfo("rehearsal", "rehearsal", Map.of()));
            run.artifact(model, "model");
            run.finish(RunStatus.FINISHED);
            services.tracker().registerModel(TrainingSettings.MODEL_NAME, run.id(), "model");
        }
    }

    private static void post(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(body().getBytes(StandardCharsets.UTF_8));
        connection.getInputStream().readAllBytes();
    }

    private static String body() {
        String spectrogram = list("[" + "-60,".repeat(LocalizationNet.FRAMES - 1) + "-60]", LocalizationNet.BANDS);
        return "{\"inputs\": {\"mel_spectrogram\": " + list(spectrogram, STATIONS)
                + ", \"station_position\": " + list("[45.07, 7.69]", STATIONS)
                + ", \"heard\": " + list("true", STATIONS) + ", \"recorded\": " + list("true", STATIONS)
                + ", \"in_service\": " + list("true", STATIONS) + ", \"level_db\": " + list("-60", STATIONS)
                + ", \"station_index\": " + list("0", STATIONS) + ", \"frequency_hz\": 145000000}}";
    }

    private static String list(String value, int length) {
        return Collections.nCopies(length, value).toString();
    }
}
