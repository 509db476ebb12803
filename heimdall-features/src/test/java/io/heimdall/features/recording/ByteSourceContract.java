package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link ByteSource} does: recordings read from it as from a local file, with the same samples and messages. */
public abstract class ByteSourceContract {
    private static final int BLOCK = 1_000;

    @TempDir
    Path directory;

    /** Where files of one folder are put. */
    public interface Place {

        /** Returns the source of a name in the folder, which need not be there. */
        ByteSource source(String name);

        /** Returns what messages say before the name. */
        String before();
    }

    /** Stores files beside each other, and nothing else beside them. */
    protected abstract Place place(Map<String, byte[]> files) throws IOException;

    @Test
    void wholeRecordingsAreThoseOfFiles() throws IOException {
        SourceFolders.Folder whole = SourceFolders.whole();
        Place place = place(whole.files());
        requireSame(whole, place);
        assertThat(place.source("rows_f4.npy").name()).isEqualTo("rows_f4.npy");
        assertThat(place.source("rows_f4.npy").exists()).isTrue();
        assertThat(place.source("missing.npy").exists()).isFalse();
        for (String stream : Recordings.streams(place.source("archive.sigmf"))) {
            ReadOptions options = ReadOptions.defaults().withStream(stream);
            assertThat(outcome(place.source("archive.sigmf"), options, place.before()))
                    .contains("RecordingInfo");
        }
        assertThat(Recordings.files(place.source("east.sigmf-data"), ReadOptions.defaults()))
                .extracting(ByteSource::name)
                .containsExactly("east.sigmf-meta", "east.sigmf-data");
    }

    @Test
    void brokenRecordingsFailWithTheMessagesOfFiles() throws IOException {
        for (SourceFolders.Folder broken : SourceFolders.broken()) {
            requireSame(broken, place(broken.files()));
        }
    }

    /** Runs what the fuzzer found, each input or some of them. */
    protected final void requireSameOfFuzzed(int step) throws IOException {
        List<SourceFolders.Folder> fuzzed = SourceFolders.fuzzed();
        assertThat(fuzzed).hasSizeGreaterThan(100);
        for (int i = 0; i < fuzzed.size(); i += step) {
            requireSame(fuzzed.get(i), place(fuzzed.get(i).files()));
        }
    }

    private void requireSame(SourceFolders.Folder folder, Place place) throws IOException {
        Path files = Files.createTempDirectory(directory, "folder");
        for (Map.Entry<String, byte[]> file : folder.files().entrySet()) {
            Files.write(files.resolve(file.getKey()), file.getValue());
        }
        List<String> ofFiles = new ArrayList<>();
        List<String> ofPlace = new ArrayList<>();
        for (String name : folder.opened()) {
            for (ReadOptions options : List.of(
                    ReadOptions.defaults(),
                    ReadOptions.defaults().withChannel(1).withCapture(1).withoutChecksum())) {
                ofFiles.add(name + ": " + outcome(ByteSources.of(files.resolve(name)), options, files + "/"));
                ofPlace.add(name + ": " + outcome(place.source(name), options, place.before()));
            }
        }
        assertThat(ofPlace).as(folder.title()).isEqualTo(ofFiles);
    }

    /** What a recording says and the checksum of its samples, or the fault. */
    private static String outcome(ByteSource source, ReadOptions options, String before) {
        try (Recording recording = Recordings.open(source, options)) {
            CRC32 samples = new CRC32();
            float[] block = new float[2 * BLOCK];
            long at = 0;
            for (int read = recording.read(at, block, 0, BLOCK); read > 0; read = recording.read(at, block, 0, BLOCK)) {
                at += read;
                for (int i = 0; i < 2 * read; i++) {
                    int bits = Float.floatToRawIntBits(block[i]);
                    samples.update(bits);
                    samples.update(bits >> 8);
                    samples.update(bits >> 16);
                    samples.update(bits >> 24);
                }
            }
            return recording.info() + ", " + at + " samples " + samples.getValue();
        } catch (IOException | IllegalArgumentException e) {
            return e.getClass().getName() + ": " + e.getMessage().replace(before, "");
        }
    }
}
