package io.heimdall.model.backend;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The error file that a Java process leaves when native code brings it down ({@code hs_err_pid1234.log}).
 *
 * <p>A killed process leaves no log, and neither does one that the C library aborts, for instance because its heap is
 * damaged.
 *
 * @param file the whole of it
 * @param cause the signal or the fault: {@code SIGSEGV (0xb)}
 * @param frame the function that it happened in, as far as its name is known
 */
public record CrashLog(Path file, String cause, String frame) {
    private static final int HEAD_LINES = 40;
    private static final Pattern CAUSE = Pattern.compile(
            "#\\s+((?:SIG\\w+|EXCEPTION_\\w+) \\(0x[0-9a-f]+\\)|Internal Error[^,]*|There is insufficient memory[^.]*|Out of Memory Error[^,]*).*");
    private static final String OPTION = "-XX:ErrorFile=";
    private static final String FRAME = "# Problematic frame:";

    /** Returns where this process would leave its error file: as {@code -XX:ErrorFile} says, or in the working directory. */
    public static Path ofThisProcess() {
        String pid = Long.toString(ProcessHandle.current().pid());
        return Path.of(pattern().replace("%p", pid)).toAbsolutePath().normalize();
    }

    private static String pattern() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith(OPTION))
                .map(argument -> argument.substring(OPTION.length()))
                .reduce("hs_err_pid%p.log", (former, last) -> last);
    }

    /**
     * Reads the head of an error file.
     *
     * @return empty if there is no such file, or it is none of Java's
     */
    public static Optional<CrashLog> read(Path file) {
        List<String> head;
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            head = lines.limit(HEAD_LINES).toList();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
        return head.stream()
                .map(CAUSE::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(found -> new CrashLog(file, found.group(1).strip(), frame(head)));
    }

    private static String frame(List<String> head) {
        return IntStream.range(1, head.size())
                .filter(i -> head.get(i - 1).startsWith(FRAME))
                .mapToObj(i -> head.get(i).substring(1).strip())
                .findFirst()
                .orElse("");
    }

    /** Returns one line for messages: {@code SIGSEGV (0xb) in C [libc.so.6+0x9d4b1], see /tmp/hs_err_pid12.log}. */
    @Override
    public String toString() {
        return cause + (frame.isEmpty() ? "" : " in " + frame.replaceAll("\\s+", " ")) + ", see " + file;
    }
}
