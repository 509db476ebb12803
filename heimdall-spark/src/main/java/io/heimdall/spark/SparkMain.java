package io.heimdall.spark;

import io.heimdall.app.Explanation;
import io.heimdall.app.Printable;
import io.heimdall.app.configuration.NumberOptions;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code heimdall spark} command, also the class that spark-submit runs: parses the arguments and runs one command on a cluster. */
@Command(
        name = "heimdall spark",
        description = "The work that outgrows one machine, on a cluster with Apache Spark (docs/SPARK.md).",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        subcommands = {
            FeaturesCommand.class,
            StatisticsCommand.class,
            QualityCommand.class,
            LocateCommand.class,
            SimulateCommand.class
        },
        footer = {"", "'heimdall spark COMMAND --help' explains a command. Exit codes: 0 done, 1 failed, 2 wrong usage."
        })
public final class SparkMain implements Runnable {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    private SparkMain() {}

    /**
     * Runs the command line and ends the JVM with its exit code.
     *
     * @param args as typed
     */
    public static void main(String[] args) {
        System.exit(run(args, System.getenv(), System.out, System.err));
    }

    /**
     * Runs the command line in this JVM, which must have been started with the options that Spark needs.
     *
     * @param args as typed
     * @param environment the variables that settings are taken from
     * @param out for results
     * @param err for progress, messages and errors
     * @return 0 done, 1 failed, 2 wrong usage
     */
    public static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        boolean debug = List.of(args).contains("--debug");
        if (debug) { // before the first logger exists
            System.setProperty("heimdall.log.level", "DEBUG");
        }
        PrintWriter errors = new PrintWriter(err, true, StandardCharsets.UTF_8);
        IFactory usual = CommandLine.defaultFactory();
        IFactory factory = new IFactory() {
            @Override
            public <T> T create(Class<T> type) throws Exception {
                return type == ClusterOptions.class ? type.cast(new ClusterOptions(environment)) : usual.create(type);
            }
        };
        return NumberOptions.strict(new CommandLine(new SparkMain(), factory))
                .setErr(errors)
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((failure, arguments) -> usageError(failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(errors, failure, debug))
                .execute(args);
    }

    /** Answers a call without a command, which is wrong usage. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    private static int usageError(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName(" ");
        command.getErr().println(name + ": " + Printable.lines(failure.getMessage()));
        command.getErr().println("Try '" + name + " --help'.");
        return WRONG_USAGE;
    }

    private static int failed(PrintWriter errors, Throwable failure, boolean debug) {
        errors.println("heimdall spark: " + Printable.lines(Explanation.of(failure)));
        if (debug) {
            failure.printStackTrace(errors);
        }
        return FAILED;
    }
}
