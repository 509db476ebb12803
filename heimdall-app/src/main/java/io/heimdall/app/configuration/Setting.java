package io.heimdall.app.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that can be set, by three names.
 *
 * @param key in the file: {@code database.url}
 * @param variable in the environment: {@code HEIMDALL_DATABASE_URL}, or the name that other tools have for it
 * @param option on the command line: {@code --epochs}; nothing where there is none
 * @param secret whether its value must never be shown
 * @param meaning for the table in the documentation
 */
public record Setting(String key, String variable, Optional<String> option, boolean secret, String meaning) {

    private static final String TRAINING = "training.";
    private static final int MOST_DIGITS = 18;

    /** Everything that can be set, in the order of the documentation. */
    private static final List<Setting> ALL = List.of(
            option("workspace", "--workspace", "directory of the embedded catalogue, of caches, checkpoints and runs"),
            plain("database.url", "HEIMDALL_DATABASE_URL", "`jdbc:postgresql://host:port/database`"),
            plain("database.user", "HEIMDALL_DATABASE_USER", "who asks the database"),
            secret("database.password", "HEIMDALL_DATABASE_PASSWORD", "of that user"),
            plain("objects.endpoint", "HEIMDALL_S3_ENDPOINT", "`http://host:port` of MinIO or another S3 store"),
            plain("objects.region", "AWS_REGION", "where the store insists on one"),
            secret("objects.access-key", "AWS_ACCESS_KEY_ID", "who asks the object store"),
            secret("objects.secret-key", "AWS_SECRET_ACCESS_KEY", "of that access key"),
            plain("mlflow.uri", "MLFLOW_TRACKING_URI", "`http://host:port` of the MLflow server"),
            plain("mlflow.username", "MLFLOW_TRACKING_USERNAME", "who asks MLflow"),
            secret("mlflow.password", "MLFLOW_TRACKING_PASSWORD", "of that user"),
            secret("mlflow.token", "MLFLOW_TRACKING_TOKEN", "instead of user and password"),
            plain(
                    "mlflow.s3-endpoint",
                    "MLFLOW_S3_ENDPOINT_URL",
                    "of the store that MLflow's clients write artifacts to, if not `objects.endpoint`"),
            plain("mlflow.timeout", "MLFLOW_HTTP_REQUEST_TIMEOUT", "seconds for one call, 1..3600"),
            plain("mlflow.retries", "MLFLOW_HTTP_REQUEST_MAX_RETRIES", "after a call that failed, 0..19"),
            secret(
                    "service.token",
                    "HEIMDALL_TOKEN",
                    "that requests to `heimdall serve` must bring, 16 characters or more"),
            option(
                    "service.connections",
                    "--connections",
                    "of `heimdall serve`, at a time; beyond them clients get 503"),
            training("epochs", "at most"),
            training("batch-size", "sessions per step"),
            training("learning-rate", "the largest one"),
            training("weight-decay", "AdamW's, decoupled"),
            training("clip-norm", "largest gradient norm"),
            training("schedule", "`warmup-cosine`, `reduce-on-plateau` or `constant`"),
            training("loss", "`likelihood`, `gaussian-nll`, `beta-nll`, `huber` or `density-nll`"),
            training("patience", "epochs without a better validation loss"),
            training("network", "`set`, `set-cnn`, `set-resnet18`, `resnet18`, `resnet34` or `small`"),
            training("pretrain", "`auto`, `off`, or batches of simulated sessions to learn from first"),
            training("pretrained", "file with a backbone to begin with"),
            training("freeze-backbone", "epochs that train the heads alone"),
            training("layout", "`stations` or `single-receiver`"),
            training("from", "date or moment: only sessions that started then or later"),
            training("until", "date or moment: only sessions that started before that"),
            training("min-frequency", "Hz: only sessions at this frequency or above"),
            training("max-frequency", "Hz: only sessions at this frequency or below"),
            training("station", "only what these stations heard; commas between them"),
            training("training-dataset", "only the measurements of one of the database's training datasets"),
            training("session", "only these sessions; commas between them"),
            training("sessions-file", "only the sessions that a file names, an id a line"),
            training("min-snr", "dB: only recordings of at least this signal-to-noise ratio"),
            training("max-clipped", "only recordings of which at most this share is clipped"),
            training("augment-power-db", "random offset of all levels, its deviation"),
            training("augment-station-db", "random offset of each station's level, its deviation"),
            training("no-augmentation", "`true`: learn from the recordings just as they are"),
            training("split-by", "`source`, `cell`, `day` or `session`"),
            training("folds", "train as many members, and judge each session by the one that has not seen its group"),
            training("backend", "the training engine; `heimdall doctor` lists them"),
            training("threads", "for computation"),
            training("seed", "of all that is drawn at random"),
            training("model-name", "to register the model under"),
            training("experiment", "that the run belongs to"));

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

    private static Setting training(String name, String meaning) {
        return option(TRAINING + name, "--" + name, meaning);
    }

    private static Setting option(String key, String option, String meaning) {
        String variable = "HEIMDALL_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
        String range = SettingRange.ofOption(option)
                .filter(known -> known.most().precision() < MOST_DIGITS) // 64 bits are no news
                .map(known -> ", " + known + (known.mayBeInfinite() ? " or Infinity" : ""))
                .orElse("");
        return new Setting(key, variable, Optional.of(option), false, meaning + range);
    }

    private static Setting plain(String key, String variable, String meaning) {
        return new Setting(key, variable, Optional.empty(), false, meaning);
    }

    private static Setting secret(String key, String variable, String meaning) {
        return new Setting(key, variable, Optional.empty(), true, meaning);
    }
}
