package sluice.simulation.druid;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An input object. */
record InputKey(String bucket, String key) {

    private static final Pattern VIRTUAL_HOST = Pattern.compile("(.+)\\.s3[.-].*");

    /** Reads a presigned address, with the bucket in its host or at the start of its path. */
    static InputKey ofUri(String address) {
        URI uri = URI.create(address);
        String path = uri.getPath().substring(1);
        Matcher host = VIRTUAL_HOST.matcher(uri.getHost());
        return host.matches()
                ? new InputKey(host.group(1), path)
                : new InputKey(path.substring(0, path.indexOf('/')), path.substring(path.indexOf('/') + 1));
    }

    @Override
    public String toString() {
        return bucket + "/" + key;
    }
}
