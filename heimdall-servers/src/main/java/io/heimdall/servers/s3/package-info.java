/** A server that speaks S3, MinIO above all, as the object store. */
package io.heimdall.servers.s3;
