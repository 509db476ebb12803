/**
 * An S3 server, such as MinIO, as the object store: {@link io.heimdall.servers.s3.MinioObjectStore}, with a cache on
 * the local disk.
 */
package io.heimdall.servers.s3;
