package sluice.entry.cli.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes the signature of a request as it came over the wire, as AWS does, to compare it with the one it carries.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create a
 *     signed request</a>
 */
record SignatureCheck(String secret, String date, String region, String service) {

    String of(String method, String rawPath, String rawQuery, Map<String, String> headers, String signed, String body) {
        String canonical = String.join(
                "\n",
                method,
                rawPath.replace("%", "%25"), // every service but S3 encodes the path once more
                rawQuery == null
                        ? ""
                        : Arrays.stream(rawQuery.split("&")).sorted().collect(Collectors.joining("&")),
                Arrays.stream(signed.split(";"))
                        .map(name -> name + ":" + headers.get(name).strip().replaceAll(" +", " ") + "\n")
                        .collect(Collectors.joining()),
                signed,
                sha256(body));
        String day = date.substring(0, 8);
        String scope = String.join("/", day, region, service, "aws4_request");
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        return HexFormat.of()
                .formatHex(hmac(key, String.join("\n", "AWS4-HMAC-SHA256", date, scope, sha256(canonical))));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
