package io.heimdall.app;

import io.heimdall.app.command.CompareCommand;
import io.heimdall.app.command.CompletionCommand;
import io.heimdall.app.command.DemoCommand;
import io.heimdall.app.command.DoctorCommand;
import io.heimdall.app.command.EvaluateCommand;
import io.heimdall.app.command.ExportCommand;
import io.heimdall.app.command.FeaturesCommand;
import io.heimdall.app.command.IngestCommand;
import io.heimdall.app.command.InitCommand;
import io.heimdall.app.command.InspectCommand;
import io.heimdall.app.command.LocateCommand;
import io.heimdall.app.command.ManCommand;
import io.heimdall.app.command.MigrateCommand;
import io.heimdall.app.command.MonitorCommand;
import io.heimdall.app.command.Output;
import io.heimdall.app.command.PredictCommand;
import io.heimdall.app.command.PromoteCommand;
import io.heimdall.app.command.PushCommand;
import io.heimdall.app.command.RollbackCommand;
import io.heimdall.app.command.RunsCommand;
import io.heimdall.app.command.ServeCommand;
import io.heimdall.app.command.SimulateCommand;
import io.heimdall.app.command.SparkCommand;
import io.heimdall.app.command.SummaryCommand;
import io.heimdall.app.command.SweepCommand;
import io.heimdall.app.command.SyncCommand;
import io.heimdall.app.command.TrainCommand;
import io.heimdall.app.configuration.Configuration;
import io.heimdall.app.configuration.ConfiguredOptions;
import io.heimdall.app.configuration.NumberOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code heimdall} command: parses the arguments, runs one command, turns its exceptions into an exit code. */
@Command(
        name = "heimdall",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Trains models that locate radio transmitters from the recordings of a few receivers.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            SimulateCommand.class,
            IngestCommand.class,
            InspectCommand.class,
            FeaturesCommand.class,
            SummaryCommand.class,
            TrainCommand.class,
            SweepCommand.class,
            EvaluateCommand.class,
            CompareCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            MonitorCommand.class,
            ExportCommand.class,
            PredictCommand.class,
            LocateCommand.class,
            RunsCommand.class,
            ServeCommand.class,
            SyncCommand.class,
            MigrateCommand.class,
            PushCommand.class,
            SparkCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            ManCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall demo",
            "      simulate, train, evaluate and register, in some minutes",
            "  heimdall init first",
            "      write a table, a configuration file and three recordings to begin with",
            "  heimdall features receiver.npy --out mel.npy",
            "      write the mel spectrogram of a recording, as the network reads it",
            "  heimdall doctor",
            "      check this machine, and say how to get what is missing",
            "",
            "'heimdall COMMAND --help' explains a command. Exit codes: 0 done, 1 failed, 2 wrong usage."
        })
public final class Heimdall implements Runnable {

    /** The command did what it was asked. */
    public static final int DONE = 0;

    /** The command failed; standard error says why. */
    public static final int FAILED = 1;

    /** The arguments make no sense; standard error says which. */
    public static final int WRONG_USAGE = 2;

    private static final String CONFIG = "--config";

    @Spec
    private CommandSpec spec;

    @Option(
            names = CONFIG,
            scope = ScopeType.INHERIT,
            paramLabel = "FILE.yaml",
            description = "Settings file; options that are typed win over it (docs/CONFIGURATION.md).")
    private Path config; // read before the arguments are parsed, since it gives their defaults

    Heimdall() {}

    /**
     * Runs the command line and ends the JVM with its exit code.
     *
     * @param args as typed
     */
    public static void main(String[] args) {
        System.exit(run(args, System.getenv(), System.out, System.err));
    }

    /**
     * Runs the command line in this JVM.
     *
     * @param args as typed
     * @param environment the variables that settings are taken from
     * @param out for results
     * @param err for progress, messages and errors
     * @return {@link #DONE}, {@link #FAILED} or {@link #WRONG_USAGE}
     */
    public static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        boolean debug = List.of(args).contains("--debug");
        if (debug) { // before the first logger exists
            System.setProperty("heimdall.log.level", "DEBUG");
            System.setProperty("heimdall.log.trace", "%ex");
        }
        PrintWriter errors = new PrintWriter(err, true, StandardCharsets.UTF_8);
        Configuration configuration;
        try {
            configuration = Configuration.read(typedConfig(args), environment);
        } catch (IOException | IllegalArgumentException e) {
            errors.println("heimdall: " + Printable.lines(Explanation.of(e)));
            return WRONG_USAGE;
        }
        try {
            return commandLine(configuration, errors, debug)
                    .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                    .execute(args);
        } catch (Error failure) { // a missing native library, no memory left: picocli passes these on
            return failed(errors, failure, debug);
        }
    }

    private static CommandLine commandLine(Configuration configuration, PrintWriter errors, boolean debug) {
        IFactory usual = CommandLine.defaultFactory();
        IFactory factory = new IFactory() {
            @Override
            public <T> T create(Class<T> type) throws Exception {
                return type == Output.class ? type.cast(new Output(configuration)) : usual.create(type);
            }
        };
        return NumberOptions.strict(new CommandLine(new Heimdall(), factory))
                .setExecutionStrategy(Heimdall::execute)
                .setErr(errors)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setDefaultValueProvider(new ConfiguredOptions(configuration))
                .setParameterExceptionHandler((failure, arguments) -> usageError(failure, configuration))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(errors, failure, debug));
    }

    private static int execute(ParseResult parsed) {
        ParseResult command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        if (!command.isUsageHelpRequested() && !command.isVersionHelpRequested()) {
            NumberOptions.check(command.commandSpec());
        }
        return new RunLast().execute(parsed);
    }

    /** Picocli will check it again; what it cannot find here, it will complain about. */
    private static Optional<Path> typedConfig(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith(CONFIG + "=")) {
                return Optional.of(Path.of(args[i].substring(CONFIG.length() + 1)));
            }
            if (args[i].equals(CONFIG) && i + 1 < args.length) {
                return Optional.of(Path.of(args[i + 1]));
            }
        }
        return Optional.empty();
    }

    /** Answers a call without a command, which is wrong usage, with the help. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    private static int usageError(ParameterException failure, Configuration configuration) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName(" ");
        List<String> refused = new ConfiguredOptions(configuration).refused(failure);
        command.getErr()
                .println(name + ": "
                        + Printable.lines(configuration.explained(UnknownWords.explained(failure), refused)));
        command.getErr().println("Try '" + name + " --help'.");
        return WRONG_USAGE;
    }

    private static int failed(PrintWriter errors, Throwable failure, boolean debug) {
        errors.println("heimdall: " + Printable.lines(Explanation.of(failure)));
        if (debug) {
            failure.printStackTrace(errors);
        }
        return FAILED;
    }
}
