package io.heimdall.pipeline.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The errors of the sessions whose transmitters stood in one cell of a grid.
 *
 * @param south edge, degrees
 * @param west edge, degrees
 * @param north edge, degrees
 * @param east edge, degrees
 * @param errors of the sessions in it
 */
record ErrorCell(double south, double west, double north, double east, ErrorSlice errors) {
    private static final int LONGER_SIDE = 10;
    private static final double SMALLEST_DEGREES = 1e-4;

    /** Returns the cells that have sessions; the grid has ten cells along its longer side, and they are square on the ground. */
    static List<ErrorCell> of(List<JudgedSession> sessions) {
        if (sessions.isEmpty()) {
            return List.of();
        }
        double south =
                sessions.stream().mapToDouble(JudgedSession::latitude).min().orElseThrow();
        double north =
                sessions.stream().mapToDouble(JudgedSession::latitude).max().orElseThrow();
        double west =
                sessions.stream().mapToDouble(JudgedSession::longitude).min().orElseThrow();
        double east =
                sessions.stream().mapToDouble(JudgedSession::longitude).max().orElseThrow();
        double squeeze = Math.max(0.01, Math.cos(Math.toRadians((south + north) / 2)));
        double height = Math.max(SMALLEST_DEGREES, Math.max(north - south, (east - west) * squeeze) / LONGER_SIDE);
        double width = height / squeeze;
        int columns = (int) Math.max(1, Math.ceil((east - west) / width));
        int rows = (int) Math.max(1, Math.ceil((north - south) / height));
        Map<Integer, List<JudgedSession>> cells = sessions.stream()
                .collect(Collectors.groupingBy(
                        s -> columns * index(s.latitude() - south, height, rows)
                                + index(s.longitude() - west, width, columns),
                        TreeMap::new,
                        Collectors.toList()));
        return cells.entrySet().stream()
                .map(cell -> {
                    double cellSouth = south + height * (cell.getKey() / columns);
                    double cellWest = west + width * (cell.getKey() % columns);
                    return new ErrorCell(
                            cellSouth,
                            cellWest,
                            cellSouth + height,
                            cellWest + width,
                            ErrorSlice.of("", cell.getValue()));
                })
                .toList();
    }

    private static int index(double offset, double step, int count) {
        return Math.min(count - 1, (int) (offset / step));
    }
}
