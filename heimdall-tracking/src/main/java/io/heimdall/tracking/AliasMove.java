package io.heimdall.tracking;

import java.util.Map;
import java.util.OptionalInt;

/**
 * A move of an alias from one version of a model to another, with its trace: it is done only from where the alias is said to
 * point.
 *
 * @param alias that is moved: {@code champion}
 * @param from version that it points at before; empty if at none
 * @param to version that it points at after
 * @param former alias that points at {@code from} after: {@code previous}
 * @param tags of the version {@code to}, which say why; written before the alias is moved
 */
public record AliasMove(String alias, OptionalInt from, int to, String former, Map<String, String> tags) {

    /**
     * Checks the names and copies the tags.
     *
     * @throws IllegalArgumentException for a name or value that no record takes, and if nothing would move
     */
    public AliasMove {
        Names.alias(alias);
        Names.alias(former);
        if (alias.equals(former)) {
            throw new IllegalArgumentException("alias and former are both '" + alias + "', two names are expected");
        }
        if (from.isPresent() && from.getAsInt() == to) {
            throw new IllegalArgumentException("version " + to + " is " + alias + " already");
        }
        tags = Names.versionTags(tags);
    }

    /**
     * Checks that the alias points where the move begins.
     *
     * @param now version that it points at; empty if at none
     * @throws TrackingException if it points elsewhere; the call may then be made again from there
     */
    public void checkBegins(String model, OptionalInt now) {
        if (!now.equals(from)) {
            throw conflict(model, now, "");
        }
    }

    /** Returns what is thrown where another process has moved the alias. */
    public TrackingException conflict(String model, OptionalInt now, String after) {
        return new TrackingException(
                "model " + model,
                alias + " of the model " + model + " is " + text(now) + " now, and not "
                        + (after.isEmpty() ? text(from) : after)
                        + ": another process has moved it; look at the versions"
                        + " and try again",
                null,
                true);
    }

    private static String text(OptionalInt version) {
        return version.isPresent() ? "version " + version.getAsInt() : "no version";
    }
}
