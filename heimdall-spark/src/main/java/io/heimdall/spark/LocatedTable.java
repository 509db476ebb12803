package io.heimdall.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** A Parquet file of {@linkplain LocatedRow located sessions}, which appears when it is whole, in place of an older one. */
final class LocatedTable implements AutoCloseable {
    private static final MessageType COLUMNS = MessageTypeParser.parseMessageType("""
            message located {
              required binary session (STRING);
              required binary sample (STRING);
              required double latitude;
              required double longitude;
              required double sigma_lat_deg;
              required double sigma_lon_deg;
              required double sigma_east_m;
              required double sigma_north_m;
              required double covariance_east_m2;
              required double covariance_east_north_m2;
              required double covariance_north_m2;
              required double median_latitude;
              required double median_longitude;
              required double area_50_km2;
              required double area_68_km2;
              required double area_90_km2;
              required double area_95_km2;
              required binary evidence (STRING);
              required binary model (STRING);
              required binary model_sha256 (STRING);
              optional binary warnings (STRING);
            }
            """);

    /** Rows are in memory until there are so many bytes of them. */
    private static final long ROW_GROUP_BYTES = 16 << 20;

    private final AsideFile file;
    private final ParquetWriter<Group> rows;

    /**
     * Begins a file.
     *
     * @throws IOException if its folder is not there, or cannot be written to
     */
    LocatedTable(Path file) throws IOException {
        this.file = new AsideFile(file);
        this.rows = ExampleParquetWriter.builder(new LocalOutputFile(this.file.path()))
                .withType(COLUMNS)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .build();
    }

    /** Adds a row of {@link LocatedRow}. */
    void add(Map<String, Object> row) throws IOException {
        Group group = new SimpleGroup(COLUMNS);
        row.forEach((name, value) -> {
            if (value instanceof Double number) {
                group.add(name, number);
            } else {
                group.add(name, (String) value);
            }
        });
        rows.write(group);
    }

    /** Gives the file its name. */
    void publish() throws IOException {
        rows.close();
        file.publish();
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        try (file) {
            rows.close();
        }
    }
}
