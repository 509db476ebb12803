package io.heimdall.pipeline.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.files.WholeFile;
import io.heimdall.model.backend.CrashLog;
import io.heimdall.model.backend.Processor;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.training.StepMark.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that died over a training since its last checkpoint, in the file {@code deaths.json} of its folder.
 *
 * <p>A process that ends in order takes its name away ({@link Worker}), also where it is told to stop. Whoever finds a name and holds
 * the lock knows that its bearer died: natively aborted, or killed. After three deaths at one step the training is given up.
 *
 * @param folder of the training
 */
record Deaths(Path folder) {
    /** Deaths at one step after which a training is not tried again. */
    static final int MOST = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Deaths.class);
    private static final String FILE = "deaths.json";
    private static final long LARGEST_LOG_BYTES = 16 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    /** Writes down that a process died which has left its name in the folder; not where it is the whole machine that went down. */
    void add(Worker dead) {
        if (!dead.isOfThisBoot()) {
            return;
        }
        try {
            List<Death> all = new ArrayList<>(all());
            all.add(new Death(
                    dead.toString(),
                    StepMark.lastSet(folder).truncatedTo(ChronoUnit.SECONDS),
                    StepMark.read(folder).orElse(new Place(Phase.LOAD, 0)),
                    dead.processor(),
                    dead.crashLog().flatMap(this::kept)));
            write(all);
        } catch (IOException e) {
            LOG.warn("the death of {} cannot be recorded: {}", dead, e.getMessage());
        }
    }

    /** Forgets them all. */
    void forget() {
        try {
            Files.deleteIfExists(folder.resolve(FILE));
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", folder.resolve(FILE), e.getMessage());
        }
    }

    /**
     * Returns why the training is not to be tried again: three processes have died at one step. Deaths on another processor say
     * nothing of this one.
     */
    Optional<String> tooMany() {
        String here = Processor.ofThisMachine().toString();
        Map<Place, List<Death>> byPlace = all().stream()
                .filter(death -> death.processor().equals(here))
                .collect(Collectors.groupingBy(Death::place));
        String run = folder.getFileName().toString();
        Path workspace = folder.resolve("../..").normalize();
        return byPlace.values().stream()
                .filter(alike -> alike.size() >= MOST)
                .findFirst()
                .map(alike -> "run " + run + " is not tried again: its process died " + alike.size() + " times "
                        + alike.get(0).place() + ". The last was " + alike.get(alike.size() - 1)
                        + "\n'heimdall train --workspace " + workspace + " --resume " + run
                        + " --try-again' tries once more");
    }

    /** The crash log is copied, since logs of crashes are swept away and numbers of processes come again. */
    private Optional<CrashLog> kept(Path file) {
        Optional<CrashLog> log = CrashLog.read(file);
        try {
            if (log.isPresent()
                    && !Files.getLastModifiedTime(file)
                            .toInstant()
                            .isBefore(StepMark.lastSet(folder).minusSeconds(1))
                    && Files.size(file) <= LARGEST_LOG_BYTES) {
                Path copy = folder.resolve(file.getFileName());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                return CrashLog.read(copy);
            }
        } catch (IOException e) {
            LOG.debug("The crash log {} is not copied", file, e);
        }
        return Optional.empty();
    }

    List<Death> all() {
        Path file = folder.resolve(FILE);
        List<Death> deaths = new ArrayList<>();
        try {
            if (Files.isRegularFile(file)) {
                JSON.readTree(Files.readAllBytes(file)).forEach(node -> deaths.add(death(node)));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be read: {}", file, e.getMessage());
        }
        return deaths;
    }

    private static Death death(JsonNode node) {
        return new Death(
                node.path("process").asText(),
                Instant.parse(node.path("at").asText()),
                new Place(
                        Phase.valueOf(node.path("phase").asText()),
                        node.path("done").asLong()),
                node.path("processor").asText(),
                Optional.ofNullable(node.get("crash_log"))
                        .map(log -> new CrashLog(
                                Path.of(log.asText()),
                                node.path("cause").asText(),
                                node.path("frame").asText())));
    }

    private void write(List<Death> deaths) throws IOException {
        ArrayNode list = JSON.createArrayNode();
        for (Death death : deaths) {
            ObjectNode node = list.addObject()
                    .put("process", death.process())
                    .put("at", death.at().toString())
                    .put("phase", death.place().phase().name())
                    .put("done", death.place().done())
                    .put("processor", death.processor());
            death.log()
                    .ifPresent(log -> node.put("crash_log", log.file().toString())
                            .put("cause", log.cause())
                            .put("frame", log.frame()));
        }
        WholeFile.write(
                folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(list));
    }
}
