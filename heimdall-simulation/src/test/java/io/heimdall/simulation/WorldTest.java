package io.heimdall.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.Workspace;
import io.heimdall.files.WholeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorldTest {

    @TempDir
    Path directory;

    @Test
    void sevenStationsStandInABoxOfTenKilometresAround() {
        World world = World.rss();
        assertThat(world.stationNames())
                .containsExactly(
                        "Aquila di Giaveno",
                        "Montanaro",
                        "Torino",
                        "Coazze",
                        "Passo del Giovi",
                        "Genova",
                        "Milano Baggio");
        assertThat(world.box().widthM()).isCloseTo(166_000, within(1000.0));
        assertThat(world.box().heightM()).isCloseTo(140_000, within(1000.0));
        GeoBox around = GeoBox.around(
                world.stations().stream().map(s -> s.station().position()).toList(), 10_000);
        assertThat(world.box().south()).isCloseTo(around.south(), within(1e-3));
        assertThat(world.box().east()).isCloseTo(around.east(), within(1e-3));
    }

    @Test
    void lossAtOneKilometreIsThatOfFreeSpaceAnd30DecibelsADecadeFurther() {
        Propagation propagation = World.rss().propagation();
        double wavelengthM = 299_792_458 / 145e6;
        assertThat(propagation.lossDb(1000)).isCloseTo(20 * Math.log10(4 * Math.PI * 1000 / wavelengthM), within(0.05));
        assertThat(propagation.lossDb(100_000) - propagation.lossDb(10_000)).isCloseTo(30, within(1e-9));
        assertThat(propagation.lossDb(20)).isEqualTo(propagation.lossDb(1000));
    }

    @Test
    void shadowingCovarianceFollowsTheStationsDistances() {
        World world = World.rss().withShadowingDb(8);
        double[][] covariance = world.shadowingCovariance();
        for (int i = 0; i < 7; i++) {
            assertThat(covariance[i][i]).isEqualTo(64);
            for (int j = 0; j < 7; j++) {
                double distance = world.stations()
                        .get(i)
                        .station()
                        .position()
                        .distanceMetres(world.stations().get(j).station().position());
                assertThat(covariance[i][j]).isCloseTo(64 * Math.exp(-distance / 20_000), within(1e-12));
            }
        }
        assertThat(covariance[0][3] / 64).as("Giaveno and Coazze, 2 km apart").isBetween(0.88, 0.94);
    }

    @Test
    void noiseIsThermalNoisePlusFigure() {
        World world = World.rss();
        assertThat(world.recorders().noiseDbm(world.stations().get(0))).isCloseTo(-174 + 40.97 + 5, within(0.01));
        assertThat(world.recorders().thresholdDbm(world.stations().get(0)))
                .isEqualTo(world.recorders().noiseDbm(world.stations().get(0)));
    }

    @Test
    void writtenWorldIsReadAgain() throws Exception {
        World world = World.rss().withShadowingDb(7.25).withSessionsPerSource(3);
        try (Workspace workspace = Workspace.create(directory.resolve("w"))) {
            assertThat(WorldFile.of(workspace)).isEmpty();
            WorldFile.write(workspace.worldFile(), World.rss());
            WorldFile.write(workspace.worldFile(), world);
            assertThat(WorldFile.of(workspace)).contains(world);
            assertThat(workspace.directory()).isDirectoryNotContaining(WholeFile::isPart);
        }
    }

    @Test
    void worldOfANewerReleaseIsRefused() throws Exception {
        Files.writeString(directory.resolve("world.json"), "{\"format\": 4, \"world\": {}}");
        assertThatThrownBy(() -> WorldFile.read(directory.resolve("world.json")))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("world.json has format 4, this release reads formats up to 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"for",
                "[]",
                "{\"format\": \"one\"}",
                "{\"format\": 0}",
                "{\"format\": 1}",
                "{\"format\": 1, \"world\": {\"stations\": []}}",
                "{\"format\": 1, \"world\": 3}"
            })
    void damagedWorldIsRefused(String content) throws Exception {
        Files.writeString(directory.resolve("world.json"), content);
        assertThatThrownBy(() -> WorldFile.read(directory.resolve("world.json")))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("world.json is damaged: ")
                .hasMessageContaining("simulate into a new workspace");
    }

    @ParameterizedTest
    @CsvSource({
        "\"shadowingDb\" : 6.0|\"shadowingDb\" : -6.0, shadowing in dB -6.0 is not in 0.5..30.0",
        "\"shadowingDb\" : 6.0|\"shadowingDb\" : null, world.propagation.shadowingDb",
        "\"shadowingDb\"|\"shadowing\", shadowing",
        "\"dropOut\" : 0.05|\"dropOut\" : \"much\", much",
    })
    void damageInOneValueNamesIt(String change, String message) throws Exception {
        WorldFile.write(directory.resolve("world.json"), World.rss());
        Path file = directory.resolve("world.json");
        String[] fromTo = change.split("\\|");
        String text = Files.readString(file);
        assertThat(text).contains(fromTo[0]);
        Files.writeString(file, text.replace(fromTo[0], fromTo[1]));
        assertThatThrownBy(() -> WorldFile.read(directory.resolve("world.json")))
                .hasMessageContaining("is damaged")
                .hasMessageContaining(message);
    }

    @Test
    void hugeWorldFileIsNotRead() throws Exception {
        Files.writeString(directory.resolve("world.json"), " ".repeat((1 << 20) + 1));
        assertThatThrownBy(() -> WorldFile.read(directory.resolve("world.json")))
                .hasMessageContaining("more than a file of a world may have");
    }

    @Test
    void unknownNamesAndImpossibleWorldsAreRefused() {
        World world = World.rss();
        assertThat(World.named("rss")).isEqualTo(world);
        assertThatThrownBy(() -> World.named("toa")).hasMessageContaining("'toa' is not one of [rss, tdoa,");
        assertThatThrownBy(() -> world.withShadowingDb(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> world.withSessionsPerSource(0)).hasMessageContaining("0.0 is not in 1.0");
        assertThatThrownBy(() -> withStations(world, List.of())).hasMessageContaining("without stations");
        WorldStation first = world.stations().get(0);
        assertThatThrownBy(() -> withStations(world, List.of(first, first))).hasMessageContaining("one name");
        WorldStation beside =
                new WorldStation(new Station("beside", first.station().position()), 0, 5);
        assertThatThrownBy(() -> withStations(world, List.of(first, beside)))
                .hasMessageContaining("'Aquila di Giaveno' and 'beside' are less than 10 m apart");
        assertThatThrownBy(() -> new GeoBox(1, 0, 1, 1)).hasMessageContaining("northern edge 1.0");
        assertThatThrownBy(() -> GeoBox.around(List.<GeoPoint>of(), 1)).hasMessageContaining("no points");
    }

    private static World withStations(World world, List<WorldStation> stations) {
        return new World(stations, world.box(), world.propagation(), world.transmitters(), world.recorders());
    }
}
