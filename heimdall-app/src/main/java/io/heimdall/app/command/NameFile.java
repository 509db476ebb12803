package io.heimdall.app.command;

import io.heimdall.app.Explanation;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/**
 * A file with a name a line; blank lines are none.
 *
 * @param names that it has, one at least
 */
record NameFile(Set<String> names) {

    /**
     * Reads a file that is typed.
     *
     * @throws TypeConversionException if it cannot be read, is no text, or names nothing
     */
    static NameFile read(String file) {
        Set<String> names;
        try {
            names = Files.readAllLines(Path.of(file)).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toSet());
        } catch (CharacterCodingException e) {
            throw new TypeConversionException(file + " is not text in UTF-8");
        } catch (IOException | InvalidPathException e) {
            throw new TypeConversionException(Explanation.of(e));
        }
        if (names.isEmpty()) {
            throw new TypeConversionException(file + " names no session");
        }
        return new NameFile(names);
    }
}
