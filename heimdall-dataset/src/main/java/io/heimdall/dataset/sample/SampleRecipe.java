package io.heimdall.dataset.sample;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link Sample} is made of.
 *
 * @param id of the sample
 * @param channels one recording per channel, empty where the station has none; the same one may fill several
 * @param position of the source, if known
 */
public record SampleRecipe(String id, List<Optional<Measurement>> channels, Optional<GeoPoint> position) {

    /** Copies the list. */
    public SampleRecipe {
        channels = List.copyOf(channels);
    }
}
