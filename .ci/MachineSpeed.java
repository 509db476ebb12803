import java.util.stream.IntStream;

/** Prints how many thousand millions of floating-point operations a second this machine does at the moment, on all its processors. */
final class MachineSpeed {
    private static final int SIZE = 128;
    private static final long NANOS = 3_000_000_000L;

    private MachineSpeed() {}

    /** Multiplies matrices that fit into a processor's own cache, as training does. */
    private static double multiply(long until) {
        float[][] a = new float[SIZE][SIZE];
        float[][] b = new float[SIZE][SIZE];
        float[][] c = new float[SIZE][SIZE];
        long products = 0;
        long begun = System.nanoTime();
        while (System.nanoTime() < until) {
            for (int i = 0; i < SIZE; i++) {
                a[i][i] += 1e-3f * c[i][(i + 1) % SIZE]; // so that nothing can be left out
                for (int k = 0; k < SIZE; k++) {
                    add(c[i], a[i][k] + 1e-6f, b[k]);
                }
            }
            products++;
        }
        return 2.0 * SIZE * SIZE * SIZE * products / (System.nanoTime() - begun);
    }

    private static void add(float[] sum, float factor, float[] row) {
        for (int j = 0; j < SIZE; j++) {
            sum[j] += factor * row[j];
        }
    }

    private static double all(long nanos) {
        int processors = Runtime.getRuntime().availableProcessors();
        long until = System.nanoTime() + nanos;
        double[] each = new double[processors];
        Thread[] threads = IntStream.range(0, processors)
                .mapToObj(n -> new Thread(() -> each[n] = multiply(until)))
                .toArray(Thread[]::new);
        for (Thread thread : threads) {
            thread.start();
        }
        double sum = 0;
        try {
            for (int n = 0; n < processors; n++) {
                threads[n].join();
                sum += each[n];
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return sum;
    }

    public static void main(String[] args) {
        all(NANOS / 3); // until it is compiled
        System.out.printf(java.util.Locale.ROOT, "%.1f%n", all(NANOS));
    }
}
