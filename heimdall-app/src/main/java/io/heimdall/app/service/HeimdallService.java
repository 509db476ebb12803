package io.heimdall.app.service;

import io.heimdall.app.jobs.TrainingJobs;
import io.heimdall.pipeline.Services;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running training service.
 *
 * <p>Closing the service leaves the jobs and services open that the caller passed to it.
 */
public final class HeimdallService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeimdallService.class);
    private static final int MOST_THREADS = 96;
    private static final int LARGEST_HEADER = 16 << 10;

    /** Features are a hundred kilobytes and more; Jetty's 8 KB would take them in many steps. */
    private static final int INPUT_BUFFER = 64 << 10;

    /** What the system keeps of answers that a client does not read. */
    private static final int OUTPUT_BUFFER = 256 << 10;

    private static final int WAITING_TO_CONNECT = 1024;
    private static final long STOP_MILLIS = 2000;

    private final Javalin server;
    private final Connections connections;
    private final JobEvents events;
    private final ModelChoice models;
    private final OpenModels open;
    private final PredictionQueue predictions;
    private final Readiness readiness;
    private final Measurements measurements;
    private final Shadow shadow;
    private final Optional<ModelWatch> watch;

    private HeimdallService(Services services, TrainingJobs jobs, ServiceOptions options) throws IOException {
        TrainRoutes train = new TrainRoutes(jobs, services.working(), options);
        SweepRoutes sweeps = new SweepRoutes(jobs, services.working(), options);
        this.models = new ModelChoice(services.tracker());
        ServiceLimits limits = options.limits();
        this.connections = new Connections(limits.connections());
        this.events = new JobEvents(jobs, Math.max(1, limits.connections() / 2));
        this.open = new OpenModels(models::file);
        this.predictions = new PredictionQueue(limits.waitingPredictions());
        this.readiness = new Readiness(services.catalog(), services.destination(), jobs);
        this.measurements = new Measurements(jobs, predictions, events, connections);
        OpenApi description = OpenApi.load();
        StatusRoutes status = new StatusRoutes(readiness, measurements, description, new PagePolicies(options.tiles()));
        this.shadow = new Shadow(options.shadow(), models, measurements);
        PredictRoutes predict = new PredictRoutes(models, open, predictions, new RecordingPredictions(limits), shadow);
        this.watch = options.monitor()
                .map(when -> new ModelWatch(
                        services.sessions(), services.tracker(), models, measurements.monitored(), when));
        this.server = Javalin.create(config -> {
            FrontDoor door = new FrontDoor(options, connections, measurements, status::isKnown);
            configure(config, options, connections, door);
            config.routes.before(context -> Problem.HARDENED.forEach(context::header));
            config.routes.before(description::checkMethod);
            status.register(config.routes);
            train.register(config.routes, events);
            sweeps.register(config.routes);
            predict.register(config.routes);
            errors(config);
            config.requestLogger.http((context, millis) -> measurements.request(context, millis));
        });
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if the address cannot be listened on
     */
    public static HeimdallService start(Services services, TrainingJobs jobs, ServiceOptions options)
            throws IOException {
        HeimdallService service = new HeimdallService(services, jobs, options);
        try {
            service.server.start();
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw new IOException(
                    "cannot listen on " + options.host() + ":" + options.port() + ": " + root(e)
                            + "; is another service there?",
                    e);
        }
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Returns the port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Returns what it answers to: {@code GET /health} and so on. */
    List<String> routes() {
        return server.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
                .toList();
    }

    private static void configure(
            JavalinConfig config, ServiceOptions options, Connections connections, FrontDoor door) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.router.ignoreTrailingSlashes = false;
        config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, 4, 30_000);
        config.jetty.addConnector((jetty, http) -> connector(jetty, http, options, connections));
        config.jetty.modifyServer(jetty -> limit(jetty, door));
    }

    private static ServerConnector connector(
            Server jetty, HttpConfiguration http, ServiceOptions options, Connections connections) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(LARGEST_HEADER);
        http.setInputBufferSize(INPUT_BUFFER);
        http.setIdleTimeout(options.limits().idle().toMillis());
        http.setUriCompliance(UriCompliance.DEFAULT);
        ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(options.limits().idle().toMillis());
        connector.setAcceptQueueSize(WAITING_TO_CONNECT);
        connector.setAcceptedSendBufferSize(OUTPUT_BUFFER);
        connector.addBean(connections);
        connector.addBean(new NetworkConnectionLimit(options.limits().connections() + Connections.SPARE, connector));
        return connector;
    }

    private static void limit(Server jetty, FrontDoor door) {
        jetty.setErrorHandler(new ProblemHandler());
        jetty.setStopTimeout(STOP_MILLIS);
        jetty.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarting(LifeCycle starting) { // when Javalin has put its own handlers in
                jetty.insertHandler(new WholeAnswers());
                jetty.insertHandler(door);
            }
        });
    }

    private static void errors(JavalinConfig config) {
        config.routes.exception(Problem.class, (problem, context) -> Answers.problem(context, problem));
        config.routes.exception(
                HttpResponseException.class, (refusal, context) -> Answers.problem(context, problem(refusal)));
        config.routes.exception(EofException.class, (gone, context) -> context.status(400));
        config.routes.exception(Exception.class, HeimdallService::unexpected);
    }

    private static Problem problem(HttpResponseException refusal) {
        return refusal.getStatus() == 404
                ? Problem.notFound("there is nothing at this path; /openapi.json lists all paths")
                : new Problem(
                        refusal.getStatus(),
                        String.valueOf(HttpStatus.getMessage(refusal.getStatus())),
                        "the request cannot be answered");
    }

    /** What went wrong inside stands in the log: it is nobody else's business, and may name what is secret. */
    private static void unexpected(Exception e, Context context) {
        LOG.error(
                "{} {}: {}",
                context.method(),
                context.path(),
                Answers.withoutCredentials(e.getClass().getSimpleName() + ": " + e.getMessage()));
        LOG.debug("that is", e);
        Answers.problem(context, new Problem(500, "Internal error", "the service failed; its log says why"));
    }

    /** Stops listening; requests under way have two seconds to end, those that take longer are cut off. */
    @Override
    public void close() {
        watch.ifPresent(ModelWatch::stop); // it ends while the requests do
        events.close();
        stop();
        connections.close();
        shadow.close();
        predictions.close();
        open.close();
        watch.ifPresent(ModelWatch::close);
        models.close();
        readiness.close();
        measurements.close();
    }

    private void stop() {
        try {
            server.jettyServer().server().stop();
        } catch (Exception e) { // as LifeCycle declares it
            LOG.info("requests were still under way after {} ms and are cut off: {}", STOP_MILLIS, e.toString());
        }
    }
}
