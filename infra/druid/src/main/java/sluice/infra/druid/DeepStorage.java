package sluice.infra.druid;

import java.util.Map;
import java.util.Objects;

/** Where segments and the logs of tasks are kept. */
sealed interface DeepStorage {

    Map<String, String> properties();

    /**
     * An S3 server.
     *
     * @param endpoint its address, such as http://127.0.0.1:9000
     * @param bucket   must exist
     */
    record S3(String endpoint, String bucket) implements DeepStorage {

        public S3 {
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(bucket, "bucket");
        }

        @Override
        public Map<String, String> properties() {
            return Map.ofEntries(
                    Map.entry("druid.storage.type", "s3"),
                    Map.entry("druid.storage.bucket", bucket),
                    Map.entry("druid.storage.baseKey", "segments"),
                    Map.entry("druid.storage.disableAcl", "true"),
                    Map.entry("druid.indexer.logs.type", "s3"),
                    Map.entry("druid.indexer.logs.s3Bucket", bucket),
                    Map.entry("druid.indexer.logs.s3Prefix", "task-logs"),
                    Map.entry("druid.indexer.logs.disableAcl", "true"),
                    Map.entry("druid.s3.accessKey", "sandbox"),
                    Map.entry("druid.s3.secretKey", "sandbox"),
                    Map.entry("druid.s3.endpoint.url", endpoint),
                    Map.entry("druid.s3.endpoint.signingRegion", "us-east-1"),
                    Map.entry("druid.s3.protocol", "http"),
                    Map.entry("druid.s3.enablePathStyleAccess", "true"),
                    Map.entry("druid.s3.disableChunkedEncoding", "true"));
        }
    }

    /** A folder of this machine, for a Druid whose extension for S3 cannot be had. */
    record Local(String folder) implements DeepStorage {

        public Local {
            Objects.requireNonNull(folder, "folder");
        }

        @Override
        public Map<String, String> properties() {
            return Map.of(
                    "druid.storage.type",
                    "local",
                    "druid.storage.storageDirectory",
                    folder + "/segments",
                    "druid.indexer.logs.type",
                    "file",
                    "druid.indexer.logs.directory",
                    folder + "/task-logs");
        }
    }
}
