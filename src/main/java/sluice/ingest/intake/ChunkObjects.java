package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.TimeChunk;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of a time chunk as they are in S3 now. S3's listing is consistent, so what was put is in it. */
@ApplicationScoped
class ChunkObjects {

    private final S3Client s3;

    ChunkObjects(S3Client s3) {
        this.s3 = s3;
    }

    /** All input objects whose keys tell this chunk, empty ones too. */
    List<InputObject> list(ObjectLayout layout, TimeChunk chunk) {
        String bucket = layout.source().bucket();
        List<InputObject> objects = new ArrayList<>();
        for (String prefix : layout.prefixes(chunk)) {
            for (S3Object object : s3.listObjectsV2Paginator(
                            request -> request.bucket(bucket).prefix(prefix))
                    .contents()) {
                if (layout.matches(bucket, object.key())
                        && layout.chunkOf(object.key()).equals(Optional.of(chunk))) {
                    objects.add(new InputObject(
                            bucket, object.key(), unquoted(object.eTag()), object.size(), object.lastModified()));
                }
            }
        }
        return List.copyOf(objects);
    }

    /** S3 quotes ETags in its API, and not in its notifications. */
    private static String unquoted(String etag) {
        return etag.replace("\"", "");
    }
}
