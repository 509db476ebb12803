package io.heimdall.app.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/**
 * {@code heimdall spark} where the module of that name is not built: says how to build it. Where it is, {@code ./heimdall} starts it in
 * place of this program, since Spark is on nobody else's class path.
 */
@Command(
        name = "spark",
        description = {
            "Work on a cluster with Apache Spark: features of millions of recordings, statistics, quality, positions, simulation"
                    + " (docs/SPARK.md).",
            "It is a module of its own, which has to be built once in the source tree. That fetches 300 MB:",
            "  " + SparkCommand.BUILD
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall spark --help",
            "      lists the commands, once the module is built",
            "  heimdall spark features --workspace network --master spark://127.0.0.1:7077"
        })
public final class SparkCommand implements Callable<Integer> {

    /** Builds the module, as {@code ./heimdall} builds the others. */
    static final String BUILD = "dev/spark.sh build";

    @Mixin
    private Output output;

    @Unmatched
    private List<String> forSpark;

    SparkCommand() {}

    /** Returns 1: nothing was done. */
    @Override
    public Integer call() {
        output.note(
                "heimdall spark: the module heimdall-spark is not built. Build it in the source tree, once (it fetches"
                        + " 300 MB):");
        output.note("  " + BUILD);
        return 1;
    }
}
