package io.heimdall.pipeline.training;

import io.heimdall.pipeline.settings.Choice;
import io.heimdall.pipeline.settings.Decimal;
import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.FieldType;
import io.heimdall.pipeline.settings.Fields;
import io.heimdall.pipeline.settings.Flag;
import io.heimdall.pipeline.settings.Given;
import io.heimdall.pipeline.settings.Moment;
import io.heimdall.pipeline.settings.Names;
import io.heimdall.pipeline.settings.NumberRange;
import io.heimdall.pipeline.settings.Whole;
import io.heimdall.pipeline.settings.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Settings drawn at random from a table: any value that each field may have, the ends of its range among them. */
public final class RandomSettings {
    private static final List<String> SCHEDULES = List.of(
            "constant",
            "warmup-cosine",
            "warmup-cosine:warmup=0.1,floor=0.25",
            "reduce-on-plateau:decrease=0.125,patience=2");
    private static final List<String> LOSSES =
            List.of("likelihood", "gaussian-nll", "density-nll", "huber", "huber:delta=2.5", "beta-nll:beta=0.75");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private final Fields<TrainingSettings> table;
    private final Random random;

    /** Makes a source of settings that draws the same ones for the same seed. */
    public RandomSettings(Fields<TrainingSettings> table, long seed) {
        this.table = table;
        this.random = new Random(seed);
    }

    /** Returns the next settings. */
    public TrainingSettings next() {
        List<Given<TrainingSettings, ?>> given = new ArrayList<>();
        table.all().forEach(field -> given.add(given(field)));
        return table.with(TrainingSettings.seeded(0), given);
    }

    private <T> Given<TrainingSettings, T> given(Field<TrainingSettings, T> field) {
        boolean unset = random.nextInt(4) == 0;
        return new Given<>(
                field, unset ? field.read(TrainingSettings.seeded(random.nextInt(3))) : Optional.of(value(field)));
    }

    private <T> T value(Field<?, T> field) {
        FieldType<T> type = field.type();
        for (int tries = 0; ; tries++) {
            T value = type.ofJson(json(field.name(), type)).orElseThrow();
            if (type.admits(value)) {
                return value;
            }
            if (tries > 100) {
                throw new AssertionError("no value of " + field.name() + " is admitted");
            }
        }
    }

    private Object json(String name, FieldType<?> type) {
        if (type instanceof Whole whole) {
            return whole(name, whole.range());
        } else if (type instanceof Decimal decimal) {
            return decimal(decimal.range());
        } else if (type instanceof Flag) {
            return random.nextInt(4) > 0;
        } else if (type instanceof Choice<?> choice) {
            List<?> words = (List<?>) choice.schema().get("enum");
            return words.get(random.nextInt(words.size()));
        } else if (type instanceof Moment) {
            long days = random.nextInt(9000) + (name.equals("until") ? 20_000 : 0); // after any 'from'
            return Instant.ofEpochSecond(days * 86_400, random.nextInt(1_000_000_000))
                    .toString();
        } else if (type instanceof Names) {
            return IntStream.range(0, 1 + random.nextInt(3))
                    .mapToObj(i -> word() + " " + word() + "è")
                    .toList();
        }
        return switch (name) {
            case "schedule" -> one(SCHEDULES);
            case "loss" -> one(LOSSES);
            case "pretrain" -> one(List.of("auto", "off", Integer.toString(1 + random.nextInt(1_000_000))));
            default -> {
                List<String> known = ((Word<?>) type).known().get();
                yield known.isEmpty() ? word() : one(known);
            }
        };
    }

    /** The lower end of a band is below any upper one. */
    private Object whole(String name, NumberRange range) {
        long least =
                name.equals("max_frequency_hz") ? 1_000_000_000 : range.least().longValueExact();
        long most =
                name.equals("min_frequency_hz") ? 1_000_000_000 : range.most().longValueExact();
        return switch (random.nextInt(6)) {
            case 0 -> least;
            case 1 -> most;
            default -> least + Math.floorMod(random.nextLong(), Math.max(1, most - least));
        };
    }

    private Object decimal(NumberRange range) {
        double least = range.least().doubleValue();
        double most = range.most().doubleValue();
        return switch (random.nextInt(6)) {
            case 0 -> least;
            case 1 -> most;
            case 2 -> range.mayBeInfinite() ? "Infinity" : (Object) Math.nextDown(most);
            default -> least + (most - least) * Math.pow(random.nextDouble(), 4);
        };
    }

    private String word() {
        return random.ints(1 + random.nextInt(9), 0, LETTERS.length())
                .collect(StringBuilder::new, (text, i) -> text.append(LETTERS.charAt(i)), StringBuilder::append)
                .toString();
    }

    private String one(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
