package io.heimdall.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackingTest {
    private static final long GIB = 1L << 30;

    private static List<Sized<String>> rows(long... bytes) {
        List<Sized<String>> rows = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            rows.add(new Sized<>(i, "row " + i, bytes[i]));
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({"1, 1024, 2", "31, 1024, 2", "1000, 1024, 2", "20000, 1024, 2", "20000, 1024, 64", "77, 5, 3"})
    void everyRowIsInOneTaskAndNoTaskHasTooMany(int number, int mostRows, int slots) {
        SplittableRandom random = new SplittableRandom(1);
        List<Sized<String>> rows = rows(LongStream.generate(() -> random.nextLong(1 << 20))
                .limit(number)
                .toArray());

        List<ArrayList<Sized<String>>> tasks = new Packing(mostRows, GIB, slots).tasks(rows);

        assertThat(tasks.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(tasks).allSatisfy(task -> assertThat(task).hasSizeBetween(1, mostRows));
    }

    @Test
    void tasksReadAboutTheSame() {
        SplittableRandom random = new SplittableRandom(2);
        List<Sized<String>> rows = rows(LongStream.generate(() -> (long) Math.exp(random.nextDouble(10, 18)))
                .limit(2000)
                .toArray());

        List<ArrayList<Sized<String>>> tasks = new Packing(1024, GIB, 4).tasks(rows);

        long[] bytes = tasks.stream()
                .mapToLong(task -> task.stream().mapToLong(Sized::bytes).sum())
                .sorted()
                .toArray();
        assertThat(bytes[bytes.length - 1]).isLessThan(bytes[0] * 102 / 100);
    }

    @Test
    void aLargeRecordingHasATaskOfItsOwn() {
        List<ArrayList<Sized<String>>> tasks = new Packing(1024, GIB, 1).tasks(rows(3 * GIB, 10, 10, 10));

        assertThat(tasks)
                .anySatisfy(task -> assertThat(task).extracting(Sized::number).containsExactly(0L));
    }

    @Test
    void nothingIsNoTask() {
        assertThat(new Packing(1024, GIB, 4).tasks(List.<Sized<String>>of())).isEmpty();
    }

    @Test
    void sameRowsGiveTheSameTasks() {
        List<Sized<String>> rows = rows(5, 5, 5, 5, 9, 1);

        assertThat(new Packing(2, GIB, 2).tasks(rows)).isEqualTo(new Packing(2, GIB, 2).tasks(rows));
    }
}
