package io.heimdall.app.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code heimdall doctor}: checks the machine and the servers, and says how to get what is missing. */
@Command(
        name = "doctor",
        description = "Check Java, memory, training engines and servers, and say how to get what is missing.",
        footerHeading = "%nExamples:%n",
        footer = {"  heimdall doctor", "  heimdall doctor --json"})
public final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    DoctorCommand() {}

    /**
     * Returns 0 if all that is needed works, else 1.
     *
     * @throws IOException if the cache directory cannot be looked at
     */
    @Override
    public Integer call() throws IOException {
        List<Finding> findings = new ArrayList<>(Findings.all());
        findings.addAll(ServerFindings.all(output.configuration()));
        for (Finding finding : findings) {
            output.say(String.format("%-4s  %-16s %s", finding.status().word(), finding.what(), finding.found()));
            if (!finding.remedy().isEmpty()) {
                output.say(" ".repeat(23) + finding.remedy());
            }
        }
        boolean ready = findings.stream().noneMatch(finding -> finding.status() == Finding.Status.BROKEN);
        output.json(new Report(ready, findings));
        return ready ? 0 : 1;
    }

    /** What {@code --json} prints. */
    private record Report(boolean ready, List<Finding> findings) {}
}
