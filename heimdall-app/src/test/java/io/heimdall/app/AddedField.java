package io.heimdall.app;

import io.heimdall.model.train.Schedule;
import io.heimdall.pipeline.settings.Caption;
import io.heimdall.pipeline.settings.Decimal;
import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.Fields;
import io.heimdall.pipeline.training.TrainingFields;
import io.heimdall.pipeline.training.TrainingSettings;
import java.util.List;

/** A setting that this library does not have: the last learning rate as a part of the largest one. Its entry is all there is. */
public final class AddedField {
    /** The entry. */
    public static final Field<TrainingSettings, Double> ENTRY = Field.of(
            "last_rate",
            Decimal.in("0", "0.5"),
            settings -> settings.plan().schedule().numbers().get("floor"),
            (settings, share) -> settings.withPlan(settings.plan().withSchedule(new Schedule.WarmupCosine(0.3, share))),
            Caption.of("SHARE", "Last rate", "The last learning rate as a part of the largest one"));

    /** The table with it. */
    public static final Fields<TrainingSettings> TABLE = TrainingFields.table().and(new Fields<>(List.of(ENTRY)));

    private AddedField() {}
}
