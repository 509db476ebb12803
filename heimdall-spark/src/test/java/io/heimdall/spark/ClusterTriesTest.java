package io.heimdall.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a task is tried, as Spark's documentation of master URLs and of spark.task.maxFailures says. */
class ClusterTriesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "local | 1",
                "local[2] | 1",
                "local[*] | 1",
                "local[2,5] | 5",
                "local[*, 3] | 3",
                "local-cluster[2,1,1024] | 4",
                "spark://127.0.0.1:7077 | 4",
                "yarn | 4"
            })
    void masterSaysHowOftenATaskIsTried(String master, int tries) {
        assertThat(Cluster.tries(master, new SparkConf(false))).isEqualTo(tries);
    }

    @ParameterizedTest
    @CsvSource({"spark://127.0.0.1:7077,9", "local[2],1"})
    void settingCountsOnClustersOnly(String master, int tries) {
        SparkConf configuration = new SparkConf(false).set("spark.task.maxFailures", "9");
        assertThat(Cluster.tries(master, configuration)).isEqualTo(tries);
    }
}
