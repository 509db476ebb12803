package io.heimdall.spark;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.files.ObjectFiles;
import io.heimdall.model.ModelException;
import io.heimdall.pipeline.location.EvidenceKind;
import io.heimdall.pipeline.prediction.Prediction;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import io.heimdall.pipeline.prediction.SessionPredictor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Locates sessions one by one, as {@code heimdall predict} does. One by one, since the last bits of what ONNX Runtime computes depend on the
 * size of a batch, and a session's row must not depend on its neighbours.
 *
 * @param place of recordings and features
 * @param model of all tasks
 * @param tries how often Spark tries a task. A fault that may pass fails the task; in the last try it leaves the session out
 */
record LocateWork(WorkPlace place, Broadcast<CarriedModel> model, int tries) implements RowWork<String, LocateOutcome> {

    @Override
    public Opened<String, LocateOutcome> open() throws IOException {
        OpenFeatures features = OpenFeatures.at(place);
        try {
            SessionLocalizer localizer =
                    SessionLocalizer.with(model.value().open(), features.objects(), features.cache(), 1);
            boolean last = TaskContext.get().attemptNumber() + 1 >= tries;
            return new Task(model.value(), features, localizer, predictor(localizer, features.objects()), last);
        } catch (IOException | RuntimeException e) {
            features.close();
            throw e;
        }
    }

    /** Returns what locates by all kinds of evidence, and by none less where a server is away. */
    static SessionPredictor predictor(SessionLocalizer localizer, ObjectFiles recordings) {
        return new SessionPredictor(localizer, recordings, EnumSet.allOf(EvidenceKind.class)).strict();
    }

    private record Task(
            CarriedModel model,
            OpenFeatures features,
            SessionLocalizer localizer,
            SessionPredictor predictor,
            boolean last)
            implements Opened<String, LocateOutcome> {

        @Override
        public LocateOutcome of(String row) throws IOException {
            Session session = Rows.parse(row, Session.class);
            LocateOutcome outcome;
            try {
                outcome = located(session);
            } catch (DatasetException e) {
                if (e.mayPassLater() && !last) {
                    throw new IOException("session " + session.id() + ": " + e.getMessage(), e);
                }
                outcome = LocateOutcome.leftOut(fault(session, e));
            } catch (CancellationException e) {
                throw new IOException("the task was stopped", e);
            } catch (ModelException
                    | IllegalStateException e) { // not of this session: the task is tried again elsewhere
                throw new IOException("session " + session.id() + ": " + e.getMessage(), e);
            } catch (RuntimeException e) { // a file that its reader does not expect; the others are worth their places
                outcome = LocateOutcome.leftOut(Fault.of(session.id(), e.toString(), false));
            }
            features.check();
            return outcome;
        }

        private LocateOutcome located(Session session) {
            if (!predictor.takesLevels(session) && !predictor.mayFuse(session)) {
                return nothing(session, localizer.nothingIn("session " + session.id()));
            }
            List<String> warnings = new ArrayList<>();
            LocateOutcome outcome = new LocateOutcome(new ArrayList<>(), new ArrayList<>());
            List<Prediction> predictions = predictor.predict(List.of(session), warnings::add);
            predictions.forEach(prediction -> outcome.rows().add(LocatedRow.of(prediction, model, warnings)));
            return predictions.isEmpty() ? nothing(session, String.join("; ", warnings)) : outcome;
        }

        private static LocateOutcome nothing(Session session, String reason) {
            return LocateOutcome.leftOut(Fault.of(session.id(), reason, false));
        }

        /** Returns the fault of the recording that the exception is about, or that one behind it is; else of the session. */
        private static Fault fault(Session session, DatasetException e) {
            for (Throwable cause = e; cause instanceof DatasetException about; cause = cause.getCause()) {
                for (Measurement measurement : session.measurements()) {
                    if (measurement
                            .recorded()
                            .filter(recorded -> recorded.key().toString().equals(about.subject()))
                            .isPresent()) {
                        return Fault.of(session.id(), measurement, e.getMessage(), e.mayPassLater());
                    }
                }
            }
            return Fault.of(session.id(), e.getMessage(), e.mayPassLater());
        }

        @Override
        public void close() throws IOException {
            try (features) {
                localizer.close();
            }
        }
    }
}
