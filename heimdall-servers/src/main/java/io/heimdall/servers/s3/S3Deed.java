package io.heimdall.servers.s3;

import io.heimdall.files.ObjectKey;
import java.util.Optional;

/**
 * What is asked of an object store, as messages say it.
 *
 * @param verb such as {@code reading}
 * @param subject the object or the bucket
 * @param wanted the object that has to be there for it
 */
record S3Deed(String verb, String subject, Optional<ObjectKey> wanted) {

    /** Returns one that needs the object to be there. */
    static S3Deed with(String verb, ObjectKey key) {
        return new S3Deed(verb, key.toString(), Optional.of(key));
    }

    static S3Deed storing(ObjectKey key) {
        return new S3Deed("storing", key.toString(), Optional.empty());
    }

    static S3Deed listing(String bucket) {
        return new S3Deed("listing bucket", bucket, Optional.empty());
    }

    @Override
    public String toString() {
        return verb + " " + subject;
    }
}
