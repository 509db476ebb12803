package io.heimdall.app.service;

import io.heimdall.app.Explanation;
import io.heimdall.app.configuration.SpaceFile;
import io.heimdall.app.service.ShownSweep.Origin;
import io.heimdall.app.service.ShownSweep.Status;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.WorkingDirectory;
import io.heimdall.pipeline.sweep.SweepFolder;
import io.heimdall.pipeline.sweep.SweepPlan;
import io.heimdall.pipeline.sweep.SweepState;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.tracking.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sweeps of {@code heimdall sweep} in a workspace, to be looked at; by several threads at once. */
final class FolderSweeps {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSweeps.class);

    private final WorkingDirectory working;
    private final TrainingSettings defaults;

    /** What was said last of each sweep that cannot be shown. */
    private final Map<String, String> faults = new ConcurrentHashMap<>();

    /**
     * Looks at no sweep yet.
     *
     * @param working directory that has them
     * @param defaults of trainings, for what their files leave out
     */
    FolderSweeps(WorkingDirectory working, TrainingSettings defaults) {
        this.working = working;
        this.defaults = defaults;
    }

    /** Returns the sweeps that can be read; the others are named in the log. */
    List<ShownSweep> all() throws IOException {
        List<ShownSweep> sweeps = new ArrayList<>();
        for (SweepFolder folder : SweepFolder.all(working)) {
            try {
                sweeps.add(shown(folder));
            } catch (IOException | PipelineException | IllegalArgumentException e) {
                say(folder.name(), Explanation.of(e));
            }
        }
        return sweeps;
    }

    /**
     * Returns the sweep of a name; empty if there is none.
     *
     * @throws Problem if its files cannot be understood
     */
    Optional<ShownSweep> find(String name) {
        if (!SweepFolder.isName(name)) {
            return Optional.empty();
        }
        try {
            SweepFolder folder = SweepFolder.of(working, name);
            return folder.begun() ? Optional.of(shown(folder)) : Optional.empty();
        } catch (IOException | PipelineException | IllegalArgumentException e) {
            say(name, Explanation.of(e));
            throw Problem.conflict("the sweep cannot be shown: the service's log has the reason");
        }
    }

    /** The page asks every few seconds, and the same again is no news. */
    private void say(String name, String fault) {
        if (!fault.equals(faults.put(name, fault))) {
            LOG.warn("the sweep {} cannot be shown: {}", name, fault);
        }
    }

    private ShownSweep shown(SweepFolder folder) throws IOException {
        SweepPlan plan = SpaceFile.read(folder.space(), defaults);
        SweepState state = folder.state();
        ShownSweep sweep = new ShownSweep(
                folder.name(),
                Origin.COMMAND,
                status(folder, plan, state),
                Files.getLastModifiedTime(folder.space()).toInstant(),
                plan,
                state,
                List.of(),
                Optional.empty());
        faults.remove(folder.name());
        return sweep;
    }

    private static Status status(SweepFolder folder, SweepPlan plan, SweepState state) throws IOException {
        if (folder.isLed()) {
            return Status.RUNNING;
        }
        if (state.last().isPresent()) {
            return Status.SUCCEEDED;
        }
        if (!plan.isDone(state.trials())) {
            return Status.INTERRUPTED;
        }
        if (state.best().isEmpty()) {
            return Status.FAILED;
        }
        return switch (folder.concluded().orElse(RunStatus.FINISHED)) {
            case FINISHED -> Status.SUCCEEDED; // it was to train no model
            case FAILED -> Status.FAILED;
            default -> Status.INTERRUPTED; // before or during the last training
        };
    }
}
