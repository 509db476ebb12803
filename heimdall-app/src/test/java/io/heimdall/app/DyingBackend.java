package io.heimdall.app;

import io.heimdall.backend.djl.DjlBackend;
import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.Availability;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.StepResult;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Trains as {@link DjlBackend} does, and takes its process with it at a step: {@code dying.step}. {@code dying.how} is the name of a
 * signal, or {@code fault} for a write to where nothing is; {@code dying.at=load} dies when it is asked whether it can run.
 *
 * <p>It is found on the class path of processes that are to die, by {@code dying/META-INF}, and not in this one.
 */
public final class DyingBackend implements TrainingBackend {
    /** As {@code --backend} names it. */
    public static final String ID = "dying";

    /** For the service loader. */
    public DyingBackend() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Availability probe() {
        if (System.getProperty("dying.at", "").equals("load")) {
            die();
        }
        return new DjlBackend().probe();
    }

    @Override
    public TrainingSession open(NetworkSpec network, SessionOptions options) {
        TrainingSession session = new DjlBackend().open(network, options);
        return new TrainingSession() {
            @Override
            public StepResult step(List<Batch> parts, Loss loss, OptimizerStep optimizer) {
                if (optimizer.step() == Long.getLong("dying.step", Long.MAX_VALUE)) {
                    die();
                }
                return session.step(parts, loss, optimizer);
            }

            @Override
            public FloatTensor predict(Map<String, FloatTensor> inputs) {
                return session.predict(inputs);
            }

            @Override
            public NetworkSpec network() {
                return session.network();
            }

            @Override
            public Weights weights() {
                return session.weights();
            }

            @Override
            public void load(Weights weights) {
                session.load(weights);
            }

            @Override
            public OptimizerState optimizer() {
                return session.optimizer();
            }

            @Override
            public void load(OptimizerState state) {
                session.load(state);
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }

    private static void die() {
        try {
            String how = System.getProperty("dying.how", "fault");
            if (how.equals("fault")) {
                Class<?> unsafe = Class.forName("sun.misc.Unsafe");
                Field only = unsafe.getDeclaredField("theUnsafe");
                only.setAccessible(true);
                unsafe.getMethod("putAddress", long.class, long.class).invoke(only.get(null), 0L, 1L);
            }
            String self = Long.toString(ProcessHandle.current().pid());
            new ProcessBuilder("kill", "-" + how, self).start().waitFor();
            TimeUnit.MINUTES.sleep(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
