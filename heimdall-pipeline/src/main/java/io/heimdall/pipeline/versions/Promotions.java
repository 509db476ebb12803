package io.heimdall.pipeline.versions;

import io.heimdall.files.Machine;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.tracking.AliasMove;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.Tracker;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Promotes versions of a model, and returns to the version before. Each move leaves a trace as a tag of the version that the alias
 * points at after.
 *
 * @param tracker that has the versions
 * @param modelName of the registered model
 * @param alias that is moved: {@value #CHAMPION}
 */
public record Promotions(Tracker tracker, String modelName, String alias) {
    /** Alias of the version that is served. */
    public static final String CHAMPION = "champion";

    /** Alias of a version that a training has put up against the champion. */
    public static final String CHALLENGER = "challenger";

    /** Alias of the version that was the champion before. */
    public static final String PREVIOUS = "previous";

    /** Start of the name of the tags. */
    public static final String TRACE = "heimdall.";

    private static final int LONGEST_REASON = 1000;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * Checks the alias.
     *
     * @throws IllegalArgumentException if it is one that this moves by itself
     */
    public Promotions {
        if (alias.equals(PREVIOUS) || alias.startsWith(PREVIOUS + "-")) {
            throw new IllegalArgumentException(
                    "'" + alias + "' is kept for the version before; promote to another alias");
        }
    }

    /** Returns the version that the alias points at. */
    public Optional<ModelVersion> holder() {
        return tracker.byAlias(modelName, alias);
    }

    /** Returns the alias that keeps the version before. */
    public String former() {
        return alias.equals(CHAMPION) ? PREVIOUS : PREVIOUS + "-" + alias;
    }

    /**
     * Checks a reason that a person gives.
     *
     * @throws IllegalArgumentException if it is blank or long
     */
    public static void checkReason(String because) {
        if (because.isBlank() || because.length() > LONGEST_REASON) {
            throw new IllegalArgumentException(
                    "the reason has " + because.strip().length() + " characters, expected are 1.." + LONGEST_REASON);
        }
    }

    /**
     * Moves the alias to a version.
     *
     * @param from version that it must point at now
     * @param because reason of a person; empty where the rule decided
     * @param ruling rule and verdict; empty where nothing was compared
     * @throws io.heimdall.tracking.TrackingException if another process has moved the alias meanwhile
     */
    public Promotion promote(
            OptionalInt from,
            int to,
            Optional<String> because,
            Optional<Promotion.Ruling> ruling,
            Optional<ModelComparison> comparison) {
        because.ifPresent(Promotions::checkReason);
        return move(new Promotion(Promotion.PROMOTE, alias, from, to, who(), now(), because, ruling, comparison));
    }

    /**
     * Moves the alias to the version before, which changes places with the present one: a second return undoes the first.
     *
     * @throws PipelineException if there is no version before
     * @throws io.heimdall.tracking.TrackingException if another process has moved the alias meanwhile
     */
    public Promotion rollback(Optional<String> because) {
        because.ifPresent(Promotions::checkReason);
        ModelVersion present = holder().orElseThrow(() -> new PipelineException(
                "the model '" + modelName + "' has no " + alias + ": 'heimdall promote VERSION' makes one"));
        ModelVersion before = tracker.byAlias(modelName, former())
                .filter(version -> version.version() != present.version())
                .orElseThrow(() -> new PipelineException("v" + present.version() + " is the first " + alias
                        + " of the model '" + modelName + "': there is none before it to return to"));
        return move(new Promotion(
                Promotion.ROLLBACK,
                alias,
                OptionalInt.of(present.version()),
                before.version(),
                who(),
                now(),
                because,
                Optional.empty(),
                Optional.empty()));
    }

    private Promotion move(Promotion promotion) {
        String tag = TRACE + alias + "." + MOMENT.format(promotion.when());
        tracker.move(
                modelName,
                new AliasMove(alias, promotion.from(), promotion.to(), former(), Map.of(tag, promotion.trace())));
        return promotion;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String who() {
        return System.getProperty("user.name", "unknown") + "@" + Machine.name();
    }
}
