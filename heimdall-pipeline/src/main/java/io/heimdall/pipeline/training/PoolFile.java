package io.heimdall.pipeline.training;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.evidence.LevelGrid;
import io.heimdall.model.evidence.LogPool;
import io.heimdall.model.weights.Safetensors;
import io.heimdall.model.weights.Weights;
import io.heimdall.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The evidence beside a network in the folder of its training, as safetensors. */
record PoolFile(Path file) {
    private static final String NAME = "evidence.safetensors";
    private static final String CELLS = "cells";
    private static final String STATIONS = "stations";
    private static final String EXPECTED = "expected_db";
    private static final String DEVIATION = "deviation_db";

    static PoolFile in(Path folder) {
        return new PoolFile(folder.resolve(NAME));
    }

    /** Writes the evidence; where there is none, no file is left of an earlier one. */
    void write(Optional<LogPool> pool) throws IOException {
        if (pool.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        LevelGrid grid = pool.get().grid();
        LevelGrid.Cells cells = grid.cells();
        LevelGrid.Stations stations = grid.stations();
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        tensors.put(CELLS, rows(cells.eastM(), cells.northM(), cells.logPrior()));
        tensors.put(STATIONS, rows(stations.common(), stations.thresholdDb(), stations.dropOut()));
        tensors.put(EXPECTED, rows(stations.expectedDb()));
        tensors.put(DEVIATION, rows(stations.deviationDb()));
        Safetensors.write(file, new Weights(tensors), numbers(pool.get()));
    }

    private static Map<String, String> numbers(LogPool pool) {
        LevelGrid.Scalars scalars = pool.grid().scalars();
        Map<String, String> numbers = new LinkedHashMap<>();
        numbers.put("network_exponent", Double.toString(pool.networkExponent()));
        numbers.put("grid_exponent", Double.toString(pool.gridExponent()));
        numbers.put("side_m", Double.toString(pool.grid().cells().sideM()));
        numbers.put("slope", Double.toString(scalars.slope()));
        numbers.put("nearest_m", Double.toString(scalars.nearestM()));
        numbers.put("freedom", Double.toString(scalars.freedom()));
        numbers.put("exponent", Double.toString(scalars.exponent()));
        numbers.put("mean_db", Double.toString(scalars.meanDb()));
        numbers.put("unit_db", Double.toString(scalars.unitDb()));
        numbers.put("unit_m", Double.toString(scalars.unitM()));
        return numbers;
    }

    /**
     * Reads the evidence.
     *
     * @return empty if the training has none
     * @throws PipelineException if the file is not whole
     */
    Optional<LogPool> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<String, FloatTensor> tensors = Safetensors.read(file).tensors();
        Map<String, String> numbers = Safetensors.metadata(file);
        try {
            float[][] cells = columns(tensors, CELLS);
            float[][] stations = columns(tensors, STATIONS);
            LevelGrid grid = new LevelGrid(
                    new LevelGrid.Stations(
                            stations[0],
                            stations[1],
                            stations[2],
                            columns(tensors, EXPECTED),
                            columns(tensors, DEVIATION)),
                    new LevelGrid.Cells(cells[0], cells[1], cells[2], number(numbers, "side_m")),
                    new LevelGrid.Scalars(
                            number(numbers, "slope"),
                            number(numbers, "nearest_m"),
                            number(numbers, "freedom"),
                            number(numbers, "exponent"),
                            number(numbers, "mean_db"),
                            number(numbers, "unit_db"),
                            number(numbers, "unit_m")));
            return Optional.of(
                    new LogPool(grid, number(numbers, "network_exponent"), number(numbers, "grid_exponent")));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new PipelineException(
                    file.toString(), file + " does not describe evidence: " + e.getMessage(), e, false);
        }
    }

    private static FloatTensor rows(float[]... rows) {
        int columns = rows[0].length;
        FloatTensor tensor = FloatTensor.zeros(rows.length, columns);
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, tensor.values(), i * columns, columns);
        }
        return tensor;
    }

    private static float[][] columns(Map<String, FloatTensor> tensors, String name) {
        FloatTensor tensor = tensors.get(name);
        if (tensor == null || tensor.shape().length != 2) {
            throw new IllegalArgumentException("expected a tensor '" + name + "' of two axes");
        }
        int columns = tensor.shape()[1];
        float[][] rows = new float[tensor.shape()[0]][columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(tensor.values(), i * columns, rows[i], 0, columns);
        }
        return rows;
    }

    private static double number(Map<String, String> numbers, String name) {
        String text = numbers.get(name);
        if (text == null) {
            throw new IllegalArgumentException("expected a number '" + name + "' in its metadata");
        }
        return Double.parseDouble(text);
    }
}
