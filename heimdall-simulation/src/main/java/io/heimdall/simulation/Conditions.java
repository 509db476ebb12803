package io.heimdall.simulation;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Objects;

/**
 * What makes a world more than one law for all sessions.
 *
 * @param field shadowing that belongs to the place, the same in all bands; none where stations move
 * @param bands that transmitters send in, each as often; none where the world has a single one
 * @param moving names of stations that are elsewhere in each session, uniformly in the box
 * @param service when stations are in service
 * @param clocks of the stations, where they state how good these are
 */
public record Conditions(
        ShadowingField field, List<RadioBand> bands, List<String> moving, Service service, Clocks clocks) {
    /** One law, all stations fixed and always in service. */
    public static final Conditions PLAIN = new Conditions(ShadowingField.NONE, List.of(), List.of(), Service.ALWAYS);

    /** Makes conditions in which nothing is stated of clocks. */
    public Conditions(ShadowingField field, List<RadioBand> bands, List<String> moving, Service service) {
        this(field, bands, moving, service, Clocks.UNSTATED);
    }

    /** Copies the lists, and checks that no two bands overlap. */
    @JsonCreator
    public Conditions {
        Objects.requireNonNull(clocks, "clocks");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(service, "service");
        bands = List.copyOf(bands);
        moving = List.copyOf(moving);
        if (!field.isNone() && !moving.isEmpty()) {
            throw new IllegalArgumentException(
                    "shadowing that belongs to the place and moving stations cannot be combined: the"
                            + " field would have to be known between any two places");
        }
        for (RadioBand band : bands) {
            if (bands.stream()
                            .filter(other -> other.holds(band.firstChannelHz()))
                            .count()
                    > 1) {
                throw new IllegalArgumentException("two bands hold the frequency " + band.firstChannelHz() + " Hz");
            }
        }
    }

    /** Returns these conditions with a field. */
    Conditions withField(ShadowingField other) {
        return new Conditions(other, bands, moving, service, clocks);
    }

    /** Returns these conditions with other bands. */
    Conditions withBands(List<RadioBand> other) {
        return new Conditions(field, other, moving, service, clocks);
    }

    /** Returns these conditions with other moving stations. */
    Conditions withMoving(List<String> other) {
        return new Conditions(field, bands, other, service, clocks);
    }

    /** Returns these conditions with another service. */
    Conditions withService(Service other) {
        return new Conditions(field, bands, moving, other, clocks);
    }

    /** Returns these conditions with other clocks. */
    Conditions withClocks(Clocks other) {
        return new Conditions(field, bands, moving, service, other);
    }

    /** Returns whether a session has a row of each station in service, also of one that heard nothing. */
    public boolean tellsSilence() {
        return !moving.isEmpty() || service.share() < 1;
    }
}
