package io.heimdall.app.configuration;

import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.Fields;
import io.heimdall.pipeline.settings.Flag;
import io.heimdall.pipeline.settings.Names;
import io.heimdall.pipeline.training.TrainingFields;
import io.heimdall.pipeline.training.TrainingSettings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One setting with its key in the file, its environment variable and its option.
 *
 * @param key in the file: {@code database.url}
 * @param variable in the environment: {@code HEIMDALL_DATABASE_URL}, or the name that other tools have for it
 * @param option on the command line: {@code --epochs}; nothing where there is none
 * @param secret whether its value must never be shown
 * @param description gives the text of the table in the documentation
 */
public record Setting(
        String key, String variable, Optional<String> option, boolean secret, Supplier<String> description) {

    private static final String TRAINING = "training.";

    /** Everything that can be set but trainings, in the order of the documentation. */
    private static final List<Setting> OTHERS = List.of(
            option("workspace", "--workspace", "directory of the embedded catalogue, the caches, checkpoints and runs"),
            plain("database.url", "HEIMDALL_DATABASE_URL", "`jdbc:postgresql://host:port/database`"),
            plain("database.user", "HEIMDALL_DATABASE_USER", "user of the database"),
            secret("database.password", "HEIMDALL_DATABASE_PASSWORD", "password of that user"),
            plain("objects.endpoint", "HEIMDALL_S3_ENDPOINT", "`http://host:port` of MinIO or another S3 store"),
            plain("objects.region", "AWS_REGION", "region, for a store that requires one"),
            secret("objects.access-key", "AWS_ACCESS_KEY_ID", "access key of the object store"),
            secret("objects.secret-key", "AWS_SECRET_ACCESS_KEY", "secret key that belongs to the access key"),
            plain(
                    "features.store",
                    "HEIMDALL_FEATURES_STORE",
                    "directory or `s3://bucket/folder` of the features of recordings, which workspaces may share (default:"
                            + " `cache/features` of the workspace)"),
            plain(
                    "features.precision",
                    "HEIMDALL_FEATURES_PRECISION",
                    "precision of stored features: float32 or float16 (default: float32)"),
            plain(
                    "features.endpoint",
                    "HEIMDALL_FEATURES_ENDPOINT",
                    "endpoint of the S3 store of features, where it differs from `objects.endpoint`"),
            plain("mlflow.uri", "MLFLOW_TRACKING_URI", "`http://host:port` of the MLflow server"),
            plain("mlflow.username", "MLFLOW_TRACKING_USERNAME", "user of the MLflow server"),
            secret("mlflow.password", "MLFLOW_TRACKING_PASSWORD", "password of that user"),
            secret("mlflow.token", "MLFLOW_TRACKING_TOKEN", "token, in place of user and password"),
            plain(
                    "mlflow.s3-endpoint",
                    "MLFLOW_S3_ENDPOINT_URL",
                    "endpoint of the S3 store that MLflow's clients write artifacts to, where it differs from"
                            + " `objects.endpoint`"),
            plain("mlflow.timeout", "MLFLOW_HTTP_REQUEST_TIMEOUT", "time limit of one call in seconds, 1..3600"),
            plain("mlflow.retries", "MLFLOW_HTTP_REQUEST_MAX_RETRIES", "number of retries of a failed call, 0..19"),
            secret(
                    "service.token",
                    "HEIMDALL_TOKEN",
                    "token that requests to `heimdall serve` must send, 16 characters or more"),
            option(
                    "service.connections",
                    "--connections",
                    "largest number of open connections of `heimdall serve`; further clients get 503"),
            option(
                    "service.shadow",
                    "--shadow",
                    "version or alias that answers a share of the predictions of `heimdall serve` unseen"),
            option("service.shadow-share", "--shadow-share", "that share (default: 0.1)"),
            option(
                    "service.monitor-minutes",
                    "--monitor-minutes",
                    "minutes between two looks of `heimdall serve` at new sessions, for `/metrics`; 0: none (default: 60)"),
            option(
                    "service.monitor-days",
                    "--monitor-days",
                    "days before each look from which these sessions are (default: 30)"));

    /** Everything that can be set, in the order of the documentation. */
    private static final List<Setting> ALL =
            Stream.concat(OTHERS.stream(), of(TrainingFields.table())).toList();

    /** Returns what the setting is. */
    public String meaning() {
        return description.get();
    }

    /** Returns everything that can be set. */
    public static List<Setting> all() {
        return ALL;
    }

    /** Returns the setting of this name in the file. */
    static Optional<Setting> ofKey(String key) {
        return ALL.stream().filter(setting -> setting.key.equals(key)).findFirst();
    }

    /** Returns whether an option of this name, of this command, is this setting. */
    boolean isOption(String command, String name) {
        return option.filter(name::equals).isPresent() && (!key.startsWith(TRAINING) || command.equals("train"));
    }

    /** Returns whether a name is this setting's variable, or its option without the dashes. */
    boolean isCalled(String name) {
        return variable.equals(name) || option.filter(("--" + name)::equals).isPresent();
    }

    /** Returns the settings of a training, in the order of their table. */
    static Stream<Setting> of(Fields<TrainingSettings> table) {
        return table.all().stream().flatMap(Setting::of);
    }

    private static Stream<Setting> of(Field<TrainingSettings, ?> field) {
        Stream<Setting> file = field.type() instanceof Names names
                ? names.file().stream().map(option -> training(option.name(), option::description))
                : Stream.empty();
        return Stream.concat(Stream.of(training(field.option(), () -> meaning(field))), file);
    }

    private static String meaning(Field<TrainingSettings, ?> field) {
        if (field.type() instanceof Flag flag) {
            return "`true`: " + flag.refusal();
        }
        String description = field.description();
        String hint = field.type().hint();
        String values = hint.isEmpty() || description.endsWith(hint) ? "" : "; " + hint;
        String unit = field.caption().unit();
        String usual = field.usual(TrainingSettings.seeded(1))
                .map(value -> " (default: " + value + ")")
                .orElse("");
        return description + values + (unit.isEmpty() ? "" : " " + unit) + usual;
    }

    private static Setting training(String name, Supplier<String> meaning) {
        return new Setting(TRAINING + name, variable(TRAINING + name), Optional.of("--" + name), false, meaning);
    }

    private static String variable(String key) {
        return "HEIMDALL_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static Setting option(String key, String option, String meaning) {
        String range =
                SettingRange.ofOption(option).map(known -> ", " + known.range()).orElse("");
        return new Setting(key, variable(key), Optional.of(option), false, () -> meaning + range);
    }

    private static Setting plain(String key, String variable, String meaning) {
        return new Setting(key, variable, Optional.empty(), false, () -> meaning);
    }

    private static Setting secret(String key, String variable, String meaning) {
        return new Setting(key, variable, Optional.empty(), true, () -> meaning);
    }
}
