package io.heimdall.pipeline.location;

import io.heimdall.export.Location;
import java.util.Optional;

/**
 * Multiplies all evidence of a session, with the exponents and corrections that a training has fitted.
 *
 * @param options how sessions are located
 * @param fitted beside the model; {@link FittedEvidence#NONE} where nothing is
 */
public record FusedLocator(LocationOptions options, FittedEvidence fitted) {

    /**
     * Locates a session.
     *
     * @param session with a delay or a bearing, or with levels
     * @param levels what the model says of the levels; empty for a uniform prior around the stations
     */
    public LocatedSession locate(SessionEvidence session, Optional<Location> levels) {
        return EvidenceProduct.of(options, session, levels, fitted.corrections())
                .located(fitted.exponents());
    }
}
