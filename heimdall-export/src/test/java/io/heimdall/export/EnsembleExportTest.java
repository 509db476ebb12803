package io.heimdall.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import io.heimdall.model.network.Layer.Named;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Operation;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.output.NormalOutput;
import io.heimdall.model.output.OutputSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.onnx.global.onnx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several networks in one file, whose answer is the mixture of theirs. */
class EnsembleExportTest {
    private static final int MEMBERS = 3;
    private static final double SIGMA_SCALE = 1.5;

    @TempDir
    Path directory;

    /** A network, what it means, and something for it to read. */
    record Example(NetworkSpec network, ModelDescription description, Map<String, FloatTensor> given) {
        @Override
        public String toString() {
            return network.output().text();
        }

        List<EnsembleMember> members() {
            List<EnsembleMember> members = new ArrayList<>();
            for (int k = 0; k < MEMBERS; k++) {
                members.add(new EnsembleMember(network, TinyNetwork.weights(network, 7 + k)));
            }
            return members;
        }

        ModelDescription ofAll() {
            return described(description, EnsembleMember.output(network.output(), MEMBERS));
        }

        /** What each member says of each row, by the definitions. */
        List<List<GaussianDistribution>> expected() {
            return members().stream()
                    .map(member -> BackendAgreement.distributions(
                            described(description, network.output()),
                            Descriptions.naive(
                                    network,
                                    member.weights(),
                                    description.input().prepare(given))))
                    .toList();
        }
    }

    private static ModelDescription described(ModelDescription of, OutputSpec output) {
        return new ModelDescription(of.input(), output, of.scale(), SIGMA_SCALE, of.runId(), of.extra());
    }

    static Stream<Example> examples() {
        NetworkSpec set = SetExportTest.network(false);
        NetworkSpec normal = new NetworkSpec(
                "normal",
                TinyNetwork.SPEC.inputs(),
                TinyNetwork.sequence(
                        new Named("", new Operation.GlobalAveragePool()),
                        new Named("head", new Operation.Linear(2, 5))),
                new NormalOutput(),
                Map.of());
        return Stream.of(
                new Example(set, SetExportTest.description(set), SetExportTest.batch(3, 4, 1)),
                new Example(TinyNetwork.SPEC, Descriptions.LITHUANIA, TinyNetwork.decibels(3, 2, 5)),
                new Example(normal, Descriptions.LITHUANIA, TinyNetwork.decibels(3, 2, 6)));
    }

    private Path exported(Example example) throws IOException {
        Path file = directory.resolve("ensemble.onnx");
        OnnxExporter.writeEnsemble(file, example.members(), example.ofAll());
        onnx.check_model(file.toString(), true, false, false);
        return file;
    }

    private static List<GaussianDistribution> mixed(List<List<GaussianDistribution>> members) {
        List<GaussianDistribution> mixed = new ArrayList<>();
        for (int i = 0; i < members.get(0).size(); i++) {
            int row = i;
            mixed.add(EnsembleMember.mixture(
                    members.stream().map(member -> member.get(row)).toList()));
        }
        return mixed;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theFileGivesTheMixtureOfItsMembers(Example example) throws IOException {
        Path file = exported(example);
        BackendAgreement agreement =
                BackendAgreement.check(file, example.ofAll(), example.given(), mixed(example.expected()));
        assertThat(agreement.largest()).isBetween(0.0, 1e-4);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachMemberCanBeToldFromTheOthers(Example example) throws IOException {
        List<List<GaussianDistribution>> expected = example.expected();
        try (OnnxModel model = OnnxModel.open(exported(example), 1)) {
            List<Location> found = model.predict(example.given());
            for (int member = 0; member < MEMBERS; member++) {
                for (int row = 0; row < found.size(); row++) {
                    Location own = found.get(row).ofMember(member, MEMBERS, 1);
                    GaussianDistribution wanted = expected.get(member).get(row);
                    double east = wanted.mean().east();
                    double north = wanted.mean().north();
                    double nats = wanted.logDensity(east, north);
                    assertThat(own.density().logDensity(east, north))
                            .isCloseTo(nats, within(1e-2 * Math.max(1, Math.abs(nats))));
                    assertThat(own.plane().east(own.longitude())).isCloseTo(east, within(5.0));
                    assertThat(own.plane().north(own.latitude())).isCloseTo(north, within(5.0));
                    assertThat(own.sigmaLatitude() * own.plane().metresPerDegreeNorth())
                            .isCloseTo(wanted.covariance().sigmaNorth(), within(5.0));
                    assertThat(own.sigmaLongitude() * own.plane().metresPerDegreeEast())
                            .isCloseTo(wanted.covariance().sigmaEast(), within(5.0));
                }
            }
        }
    }

    @Test
    void membersShareTheNodesOfTheInput() throws IOException {
        Example set = examples().findFirst().orElseThrow();
        List<String> nodes = ModelProto.parseFrom(Files.readAllBytes(exported(set))).getGraph().getNodeList().stream()
                .map(node -> node.getName())
                .toList();
        Path alone = directory.resolve("alone.onnx");
        OnnxExporter.write(alone, set.network(), set.members().get(0).weights(), set.description());
        List<String> ofOne = ModelProto.parseFrom(Files.readAllBytes(alone)).getGraph().getNodeList().stream()
                .map(node -> node.getName())
                .toList();
        assertThat(nodes.stream().filter(name -> name.startsWith("input_")))
                .isNotEmpty()
                .containsExactlyElementsOf(
                        ofOne.stream().filter(name -> name.startsWith("input_")).toList());
    }

    @Test
    void anEnsembleOfOtherMembersIsFoundOut() throws IOException {
        Example example = examples().findFirst().orElseThrow();
        Path file = exported(example);
        List<List<GaussianDistribution>> two = example.expected().subList(0, 2);
        assertThatThrownBy(() -> BackendAgreement.check(file, example.ofAll(), example.given(), mixed(two)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("disagrees with the backend");
    }

    @Test
    void aDescriptionOfOneMemberIsRefused() {
        Example example = examples().findFirst().orElseThrow();
        assertThatThrownBy(() -> OnnxExporter.writeEnsemble(
                        directory.resolve("no.onnx"), example.members(), example.description()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 networks 'set'")
                .hasMessageContaining("normal-mixture 3");
    }
}
