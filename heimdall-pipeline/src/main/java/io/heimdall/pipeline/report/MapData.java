package io.heimdall.pipeline.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.dataset.Session;
import io.heimdall.export.Location;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.Prediction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a map shows of a located session, as JSON for a program: the scene of {@code GroundMap.scene} of {@link MapScripts#script()}, with
 * underscores in its names. Places are longitude and latitude, degrees.
 */
public final class MapData {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(ScriptData.numbersOrNull())
            .build();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private MapData() {}

    /**
     * Returns the outlines of the regions, the density, the stations, and what delays and bearings say.
     *
     * @param session that was located
     */
    public static Map<String, Object> of(Prediction prediction, Session session) {
        return fields(
                prediction instanceof Prediction.ByEvidence all
                        ? MappedSession.of(all.located())
                        : MappedSession.of(((Prediction.ByLevels) prediction).estimate(), session));
    }

    /** Returns the outlines of the regions and the density of a location whose stations are not known. */
    public static Map<String, Object> of(Location location) {
        return fields(MappedSession.of(new Estimate("", "", Optional.empty(), List.of(), location)));
    }

    private static Map<String, Object> fields(MappedSession session) {
        Map<String, Object> fields = JSON.convertValue(session, FIELDS);
        fields.remove("id"); // stands beside it
        return fields;
    }
}
