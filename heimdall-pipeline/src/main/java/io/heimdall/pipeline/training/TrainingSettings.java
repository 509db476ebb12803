package io.heimdall.pipeline.training;

import io.heimdall.model.network.NetworkFamily;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.data.DataSettings;
import io.heimdall.pipeline.data.StreamChoice;
import io.heimdall.pipeline.input.Augmentation;
import io.heimdall.pipeline.input.Producer;
import io.heimdall.pipeline.input.Producers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a training.
 *
 * @param plan of the epochs
 * @param data and its split
 * @param augmentation of the training samples
 * @param network by name: {@code resnet18}
 * @param pretraining on simulated sessions
 * @param pretrained file with the backbone's weights to begin with, safetensors or torchvision's {@code .pth}
 * @param initial the run, or the version or alias of the model, whose weights the training goes on from
 * @param backend by id; empty for the first that can run here
 * @param modelName that the result is registered under
 * @param experiment that the run belongs to
 */
public record TrainingSettings(
        TrainingPlan plan,
        DataSettings data,
        Augmentation augmentation,
        String network,
        Pretraining pretraining,
        Optional<Path> pretrained,
        Optional<String> initial,
        Optional<String> backend,
        String modelName,
        String experiment) {

    /** Name of the registered model, unless the user gives another. */
    public static final String MODEL_NAME = "heimdall-localization";

    /** Name of the experiment, unless the user gives another. */
    public static final String EXPERIMENT = "heimdall-training";

    /** The alias that points at the newest version. */
    public static final String ALIAS = "newest";

    /**
     * Checks that there is such a network.
     *
     * @throws IllegalArgumentException listing the networks there are
     */
    public TrainingSettings {
        Networks.named(network);
    }

    /** Returns the defaults: the network of sets, the plan's and the data's defaults. */
    public static TrainingSettings seeded(long seed) {
        return new TrainingSettings(
                TrainingPlan.seeded(seed),
                DataSettings.seeded(seed),
                Augmentation.DEFAULT,
                Networks.names().get(0),
                Pretraining.AUTO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                MODEL_NAME,
                EXPERIMENT);
    }

    /**
     * Returns these settings with the loss that the network's output decides, as a run keeps them.
     *
     * @throws IllegalArgumentException if there is no such network, or the loss does not fit its output
     */
    public TrainingSettings decided() {
        return withPlan(plan.decidedFor(example().output()));
    }

    /** Returns what makes the network's input: the chosen layout's producer, or the network's own where it reads no channels. */
    Producer producer() {
        List<String> readable = Networks.named(network).producers();
        String chosen = data.layout().producer();
        return Producers.named(readable.contains(chosen) ? chosen : readable.get(0));
    }

    /** Returns the settings by which the data is read: {@code ON} is asked in vain of a network that {@link #streamsNothing}. */
    DataSettings dataToRead() {
        return streamsNothing() ? data.withStream(StreamChoice.AUTO) : data;
    }

    /** Returns whether epochs are to be streamed of a network that reads no spectrograms in them. */
    boolean streamsNothing() {
        return data.stream() == StreamChoice.ON
                && !producer()
                        .readsSpectrograms(
                                Networks.named(network).network(producer().example()));
    }

    /** Returns the network for an input of the smallest size. */
    NetworkSpec example() {
        return example(Networks.named(network));
    }

    /** Returns a network for an input of the smallest size. */
    static NetworkSpec example(NetworkFamily family) {
        return family.network(Producers.named(family.producers().get(0)).example());
    }

    /** Returns these settings with another plan. */
    public TrainingSettings withPlan(TrainingPlan newPlan) {
        return new TrainingSettings(
                newPlan, data, augmentation, network, pretraining, pretrained, initial, backend, modelName, experiment);
    }

    /** Returns these settings with data made otherwise. */
    public TrainingSettings withData(DataSettings newData) {
        return new TrainingSettings(
                plan, newData, augmentation, network, pretraining, pretrained, initial, backend, modelName, experiment);
    }

    /**
     * Returns the settings of a member of the ensemble, from 1: no two have the same first weights and the same order of sessions, and
     * they share the time.
     */
    TrainingSettings ofMember(int number) {
        double minutes = Math.max(0.01, plan.maxMinutes() / data.folds().orElse(1)); // the least that can be set
        return withPlan(plan.withSeed(plan.seed() + ((long) number << Integer.SIZE))
                        .withMaxMinutes(minutes))
                .withData(data.withoutFolds());
    }

    /** Returns these settings with another augmentation. */
    public TrainingSettings withAugmentation(Augmentation newAugmentation) {
        return new TrainingSettings(
                plan, data, newAugmentation, network, pretraining, pretrained, initial, backend, modelName, experiment);
    }

    /** Returns these settings with a backend. */
    public TrainingSettings withBackend(String id) {
        return withBackend(Optional.of(id));
    }

    /** Returns these settings with a backend, or with the first that can run. */
    public TrainingSettings withBackend(Optional<String> id) {
        return new TrainingSettings(
                plan, data, augmentation, network, pretraining, pretrained, initial, id, modelName, experiment);
    }

    /** Returns these settings with another network. */
    public TrainingSettings withNetwork(String name) {
        return new TrainingSettings(
                plan, data, augmentation, name, pretraining, pretrained, initial, backend, modelName, experiment);
    }

    /** Returns these settings with another pretraining. */
    public TrainingSettings withPretraining(Pretraining newPretraining) {
        return new TrainingSettings(
                plan, data, augmentation, network, newPretraining, pretrained, initial, backend, modelName, experiment);
    }

    /** Returns these settings with a file of weights to begin with, or without. */
    public TrainingSettings withPretrained(Optional<Path> file) {
        return new TrainingSettings(
                plan, data, augmentation, network, pretraining, file, initial, backend, modelName, experiment);
    }

    /** Returns these settings with a model to go on from, or without. */
    public TrainingSettings withInitial(Optional<String> model) {
        return new TrainingSettings(
                plan, data, augmentation, network, pretraining, pretrained, model, backend, modelName, experiment);
    }

    /** Returns these settings with another name for the model. */
    public TrainingSettings withModelName(String name) {
        return new TrainingSettings(
                plan, data, augmentation, network, pretraining, pretrained, initial, backend, name, experiment);
    }

    /** Returns these settings with another experiment. */
    public TrainingSettings withExperiment(String name) {
        return new TrainingSettings(
                plan, data, augmentation, network, pretraining, pretrained, initial, backend, modelName, name);
    }
}
