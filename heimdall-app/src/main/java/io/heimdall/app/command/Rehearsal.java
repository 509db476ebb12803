package io.heimdall.app.command;

import io.heimdall.app.Explanation;
import io.heimdall.app.Heimdall;
import io.heimdall.dataset.Workspace;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.input.SetProducer;
import io.heimdall.pipeline.modelfile.UntrainedModel;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
    private static final int PATIENCE_MILLIS = 30_000;

    private Rehearsal() {}

    /** Runs it in the empty folder that is the only argument, and ends the JVM: threads of the service would keep it. */
    public static void main(String[] arguments) {
        int exit = Heimdall.FAILED;
        try {
            rehearse(Path.of(arguments[0]));
            exit = Heimdall.DONE;
        } catch (IOException | RuntimeException e) {
            System.err.println("the rehearsal failed: " + Explanation.of(e));
        }
        System.exit(exit); // as Ctrl-C ends the service
    }

    private static void rehearse(Path folder) throws IOException {
        Path workspace = folder.resolve("workspace");
        try (Workspace opened = Workspace.create(workspace);
                Services services = Services.of(opened)) {
            UntrainedModel.of("set", new SetProducer().example())
                    .register(services.tracker(), TrainingSettings.MODEL_NAME, folder.resolve("model"));
        }
        String url = serve(workspace);
        for (int i = 0; i < REQUESTS; i++) {
            post(url + "/predict");
        }
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

    private static void post(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
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
